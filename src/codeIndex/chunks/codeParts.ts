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
    let start = Math.max(taken, file.lines.lineAt(first));
    let end = Math.min(to, file.lines.lineAt(lastCharacter(file.text, first, last)) + 1);
    if (kind === 'block') {
      while (start > taken && isComment.test(file.lines.line(start - 1))) start--;
      while (end > start + 1 && isComment.test(file.lines.line(end - 1))) end--;
    }
    if (start >= end) continue;
    taken = end;
    const ownLine = Math.max(start, Math.min(end - 1, file.lines.lineAt(signature)));
    parts.push({
      kind: kind === 'members' ? 'scope' : kind,
      names,
      start,
      end,
      signature: ownLine,
      children: partsWithin(children, file, start, end),
    });
  }
  return parts;
}

/** In data, what is written above a key belongs to it, and not to the block that its grammar puts it into. */
const isComment = /^\s*[#;]/;

/** Some grammars count the line end to a node, and the line after is not its own. */
function lastCharacter(text: string, start: number, end: number): number {
  let last = end - 1;
  while (last > start && text.charCodeAt(last) <= 32) last--;
  return last;
}
