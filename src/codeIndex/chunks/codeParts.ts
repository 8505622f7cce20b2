import type { OutlineItem } from '../../syntax/outline.ts';
import type { FileLines } from './fileLines.ts';
import type { Part } from './part.ts';

/** An outline in whole lines: what begins on a line that is taken already is left to what has taken it. */
export function codeParts(items: readonly OutlineItem[], lines: FileLines, text: string): readonly Part[] {
  return partsWithin(items, { lines, text }, 0, lines.count);
}

interface File {
  readonly lines: FileLines;
  readonly text: string;
}

function partsWithin(items: readonly OutlineItem[], file: File, from: number, to: number): readonly Part[] {
  const parts: Part[] = [];
  let taken = from;
  for (const { kind, names, start: first, end: last, signature, children } of items) {
    const start = Math.max(taken, file.lines.lineAt(first));
    const end = Math.min(to, file.lines.lineAt(lastCharacter(file.text, first, last)) + 1);
    if (start >= end) continue;
    taken = end;
    const ownLine = Math.max(start, Math.min(end - 1, file.lines.lineAt(signature)));
    parts.push({ kind, names, start, end, signature: ownLine, children: partsWithin(children, file, start, end) });
  }
  return parts;
}

/** Some grammars count the line end to a node, and the line after is not its own. */
function lastCharacter(text: string, start: number, end: number): number {
  let last = end - 1;
  while (last > start && text.charCodeAt(last) <= 32) last--;
  return last;
}
