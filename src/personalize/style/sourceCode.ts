import type { Family } from './families.ts';
import { lexes } from './lexis.ts';
import { type Bracket, type Scan, scan } from './scan.ts';

/** A text as the traits look at it. Everything in it is offsets into the same text. */
export interface SourceCode extends Scan {
  readonly family: Family;
  readonly languageId: string;
  /** Relative to its workspace folder, `/`-separated. */
  readonly path: string;
  readonly text: string;
  readonly lines: readonly CodeLine[];
  bracketAt(offset: number): Bracket | undefined;
}

export interface CodeLine {
  readonly start: number;
  /** As written, without its line end. */
  readonly text: string;
  /** Without comments, what strings hold, and the space at its end. */
  readonly code: string;
  /** Characters of space at its beginning. */
  readonly indent: number;
  /** Innermost bracket that is open where the line begins. */
  readonly inside: Bracket | undefined;
  /** Begins inside a string or comment. */
  readonly continues: boolean;
}

export interface SourceText {
  readonly path: string;
  readonly languageId: string;
  readonly text: string;
}

export function readSource({ path, languageId, text }: SourceText, family: Family): SourceCode {
  const scanned = scan(text, lexes[family]);
  let lines: readonly CodeLine[] | undefined;
  let byOffset: ReadonlyMap<number, Bracket> | undefined;
  return {
    ...scanned,
    family,
    languageId,
    path,
    text,
    get lines() {
      return (lines ??= linesOf(text, scanned));
    },
    bracketAt(offset) {
      byOffset ??= new Map(scanned.brackets.map((bracket) => [bracket.offset, bracket]));
      return byOffset.get(offset);
    },
  };
}

export function isTypeScript({ languageId }: SourceCode): boolean {
  return languageId === 'typescript' || languageId === 'typescriptreact';
}

function linesOf(text: string, { code, brackets, strings, comments }: Scan): readonly CodeLine[] {
  const lines: CodeLine[] = [];
  const isContinued = continuations(strings, comments);
  let inside: Bracket | undefined;
  let next = 0;
  for (let start = 0; start <= text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    for (let opened = brackets[next]; opened !== undefined && opened.offset < start; opened = brackets[++next])
      inside = opened;
    while (inside?.close !== undefined && inside.close < start) inside = inside.parent;
    const lineText = text.slice(start, end);
    const indent = lineText.length - lineText.trimStart().length;
    lines.push({
      start,
      text: lineText,
      code: code.slice(start, end).trimEnd(),
      indent,
      inside,
      continues: isContinued(start),
    });
    start = end + 1;
  }
  return lines;
}

/** Whether an offset, asked for in ascending order, lies inside a string or comment. */
function continuations(...kinds: readonly (readonly { readonly start: number; readonly end: number }[])[]) {
  const cursors = kinds.map((pieces) => ({ pieces, at: 0 }));
  return (offset: number): boolean =>
    cursors.some((cursor) => {
      while ((cursor.pieces[cursor.at]?.end ?? offset + 1) <= offset) cursor.at++;
      return (cursor.pieces[cursor.at]?.start ?? offset) < offset;
    });
}
