import type { HunkView } from '../../protocol/editMessages.ts';

/** Lines as an editor has them, without their ends. */
export interface LineChange {
  readonly startLine: number;
  readonly startCharacter: number;
  readonly endLine: number;
  readonly endCharacter: number;
  readonly text: string;
}

/** A hunk that waits for a yes or no, where it stands in the text of now. */
export interface ReviewedHunk extends HunkView {
  readonly id: number;
  /** The text of now has its lines there. */
  readonly fits: boolean;
}

export function reviewedHunks(hunks: readonly HunkView[]): readonly ReviewedHunk[] {
  return hunks.map((hunk, id) => ({ ...hunk, id, fits: true }));
}

/**
 * The hunks after the text was changed: moved by what changed above them, and fitting while their own lines are as they
 * were. One whose lines come back, as by undo, fits again.
 *
 * @param changes of one event, each in lines of the text before all of them
 * @param textAfter with `\n` line ends
 */
export function movedHunks(
  hunks: readonly ReviewedHunk[],
  changes: readonly LineChange[],
  textAfter: string,
): readonly ReviewedHunk[] {
  const lines = linesOf(textAfter);
  return hunks.map((hunk) => {
    const by = changes.filter((change) => isAbove(change, hunk.line)).reduce((sum, change) => sum + growth(change), 0);
    const line = Math.max(0, hunk.line + by);
    return { ...hunk, line, fits: fitsAt(lines, line, hunk.removed) };
  });
}

/** The text with some of its hunks. They all have to fit. */
export function withHunks(text: string, hunks: readonly ReviewedHunk[]): string {
  const lines = linesOf(text);
  const parts: string[] = [];
  let from = 0;
  for (const { line, removed, added } of hunks.toSorted((a, b) => a.line - b.line)) {
    if (line < from || !fitsAt(lines, line, removed)) throw new RangeError('A change does not fit any more.');
    parts.push(...lines.slice(from, line), added);
    from = line + linesOf(removed).length;
  }
  return [...parts, ...lines.slice(from)].join('');
}

/** As a unified diff shows it, without its head. */
export function diffOf({ removed, added }: Pick<HunkView, 'removed' | 'added'>): string {
  return [...marked('-', removed), ...marked('+', added)].join('\n');
}

function marked(mark: string, text: string): readonly string[] {
  return linesOf(text).map((line) => mark + line.replace(/\n$/, ''));
}

function isAbove({ endLine, endCharacter }: LineChange, line: number): boolean {
  return endLine < line || (endLine === line && endCharacter === 0);
}

function growth({ startLine, endLine, text }: LineChange): number {
  return text.split('\n').length - 1 - (endLine - startLine);
}

function fitsAt(lines: readonly string[], line: number, removed: string): boolean {
  const wanted = linesOf(removed);
  if (line > lines.length) return false;
  return wanted.every((text, at) => lines[line + at] === text);
}

/** With their ends. */
function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+/g) ?? [];
}
