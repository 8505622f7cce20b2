import type { ContextSource, Snippet } from '../types.ts';
import { cursorLine } from './cursorLine.ts';
import { stableWithinLine } from './stableWithinLine.ts';

/** One change of a document, as in LSP: zero-based lines before the change, and the text that replaces them. */
export interface LineChange {
  readonly startLine: number;
  readonly endLine: number;
  readonly text: string;
}

interface Edit {
  readonly uri: string;
  /** Zero-based touched lines, `endLine` inclusive, in the document as it is now. */
  readonly startLine: number;
  readonly endLine: number;
}

const maxEdits = 20;
const maxSnippets = 8;
/** Edits this close are one. */
const neighbourLines = 5;
/** Lines shown of an edit: at least, around it; at most, from its start. */
const leastLines = 10;
const mostLines = 20;
/** What is edited this close to the cursor is in the prompt anyway. */
const nearLines = 100;

/** Remembers where the user edited last, in all files, as line ranges that move along with later changes. */
export class RecentEdits implements ContextSource {
  readonly name = 'recentEdits';
  /** Newest first. */
  #edits: Edit[] = [];
  readonly #documents = new Map<string, { readonly path: string; readonly text: string }>();
  readonly #stable = stableWithinLine({ name: this.name, snippets: async (query) => this.#snippets(query) });

  /** `changes` apply one after the other, as LSP sends them; a change without lines (the whole text) is not an edit. */
  documentChanged(uri: string, path: string, changes: readonly LineChange[], textAfter: string): void {
    for (const change of changes) this.#apply(uri, change);
    this.#documents.set(uri, { path, text: textAfter });
    this.#forgetUnused();
  }

  /** For files that are deleted, or that the user excludes. */
  forget(uri: string): void {
    this.#edits = this.#edits.filter((edit) => edit.uri !== uri);
    this.#documents.delete(uri);
  }

  snippets(...[query, signal]: Parameters<ContextSource['snippets']>): Promise<readonly Snippet[]> {
    return this.#stable.snippets(query, signal);
  }

  #apply(uri: string, change: LineChange): void {
    const newLines = change.text.split('\n').length - 1;
    const delta = newLines - (change.endLine - change.startLine);
    let edit: Edit = { uri, startLine: change.startLine, endLine: change.startLine + newLines };
    const others: Edit[] = [];
    for (const other of this.#edits) {
      const moved = other.uri === uri ? moveAlong(other, change, delta) : other;
      const merged = moved && merge(edit, moved);
      if (merged) edit = merged;
      else if (moved) others.push(moved);
    }
    this.#edits = [edit, ...others].slice(0, maxEdits);
  }

  #forgetUnused(): void {
    for (const uri of this.#documents.keys()) {
      if (!this.#edits.some((edit) => edit.uri === uri)) this.#documents.delete(uri);
    }
  }

  #snippets(query: Parameters<ContextSource['snippets']>[0]): readonly Snippet[] {
    const { line } = cursorLine(query);
    const isNear = ({ uri, startLine, endLine }: Edit) =>
      uri === query.document.uri && startLine <= line + nearLines && endLine >= line - nearLines;
    return this.#edits
      .filter((edit) => !isNear(edit))
      .map((edit, age) => this.#snippet(edit, age))
      .filter((snippet) => snippet !== undefined)
      .slice(0, maxSnippets);
  }

  #snippet(edit: Edit, age: number): Snippet | undefined {
    const document = this.#documents.get(edit.uri);
    if (document === undefined) return undefined;
    const around = Math.max(0, Math.ceil((leastLines - (edit.endLine - edit.startLine + 1)) / 2));
    const start = Math.max(0, edit.startLine - around);
    const end = Math.min(edit.endLine + around + 1, start + mostLines);
    const text = document.text.split('\n').slice(start, end).join('\n').trimEnd();
    return text.trim() === '' ? undefined : { source: this.name, path: document.path, text, score: 1 / (1 + age) };
  }
}

/** Where an edit lies after a later change in its document; undefined when the change removed it. */
function moveAlong(edit: Edit, change: LineChange, delta: number): Edit | undefined {
  if (edit.endLine < change.startLine) return edit;
  if (edit.startLine > change.endLine) {
    return { ...edit, startLine: edit.startLine + delta, endLine: edit.endLine + delta };
  }
  if (edit.startLine > change.startLine && edit.endLine < change.endLine) return undefined;
  const startLine = Math.min(edit.startLine, change.endLine + delta);
  return { ...edit, startLine, endLine: Math.max(startLine, edit.endLine + delta) };
}

/** One edit instead of two that lie close together, unless it grew longer than what is shown of it. */
function merge(one: Edit, other: Edit): Edit | undefined {
  if (one.uri !== other.uri) return undefined;
  const gap = Math.max(one.startLine, other.startLine) - Math.min(one.endLine, other.endLine);
  const startLine = Math.min(one.startLine, other.startLine);
  const endLine = Math.max(one.endLine, other.endLine);
  return gap <= neighbourLines && endLine - startLine < mostLines ? { uri: one.uri, startLine, endLine } : undefined;
}
