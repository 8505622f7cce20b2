import { isCloser, leadingSpace, lineAfter, lineBefore, linesBelow, squeeze } from '../blocks/cursorLine.ts';
import type { PostFilter } from '../types.ts';

/** Removes from the end what already follows the cursor: the rest of its line, and whole lines below. */
export const repeatedSuffix: PostFilter = (text, { prefix, suffix }) => {
  const rest = lineAfter(suffix);
  const below = linesBelow(suffix, 2);
  let kept = text;
  for (;;) {
    const shorter = withoutLinesBelow(withoutRestOfLine(kept, rest), lineBefore(prefix), rest, below);
    if (shorter === kept) return kept;
    kept = shorter;
  }
};

/** White space aside, drops the longest end that the rest of the line begins with. */
function withoutRestOfLine(text: string, rest: string): string {
  const following = squeeze(rest);
  if (following === '') return text;
  const last = text.slice(text.lastIndexOf('\n') + 1);
  const ending = squeeze(last);
  for (let length = Math.min(following.length, ending.length); length > 0; length--) {
    const overlap = following.slice(0, length);
    if (!ending.endsWith(overlap)) continue;
    const kept = ending.slice(0, -length);
    if (!leavesOpen(kept, overlap)) return text.slice(0, text.length - last.length + lengthOf(last, kept.length));
  }
  return text;
}

/** Whether the overlap closes what the text itself opened: the last `)` of `foo()` is not the `)` after the cursor. */
function leavesOpen(kept: string, overlap: string): boolean {
  const count = (char: string) => kept.split(char).length - 1;
  const ownBracket = ['()', '[]', '{}'].some(
    ([open = '', close = '']) => overlap.includes(close) && count(open) > count(close),
  );
  return ownBracket || ['"', "'", '`'].some((quote) => overlap.includes(quote) && count(quote) % 2 === 1);
}

/** Length of the shortest beginning that has so many visible characters. */
function lengthOf(line: string, visible: number): number {
  let length = 0;
  for (let seen = 0; seen < visible; length++) if (!/\s/.test(line.charAt(length))) seen++;
  return length;
}

/** Ends the text before the line from which on it repeats the lines below. */
function withoutLinesBelow(text: string, before: string, rest: string, below: readonly string[]): string {
  const [first, second] = below;
  if (first === undefined || text === '') return text;
  const lines = text.split('\n');
  const full = lines.map((line, i) => (i === 0 ? before : '') + line + (i === lines.length - 1 ? rest : ''));
  for (let i = 0; i < full.length; i++) {
    if (!isSameLine(full[i] ?? '', first)) continue;
    const next = full.slice(i + 1).find((line) => line.trim() !== '');
    const goesOn = next === undefined || second === undefined || isBeginning(next, second);
    if (goesOn) return lines.slice(0, i).join('\n');
  }
  return text;
}

/** Closing lines are the same only at the same depth: an inner `}` above an outer one repeats nothing. */
function isSameLine(line: string, other: string): boolean {
  if (squeeze(line) !== squeeze(other)) return false;
  return !isCloser(line) || leadingSpace(line) === leadingSpace(other);
}

function isBeginning(line: string, whole: string): boolean {
  const visible = squeeze(line);
  return visible === squeeze(whole) || (visible.length >= 2 && squeeze(whole).startsWith(visible));
}
