import type { TextChange } from './completionEvent.ts';

/** A part of a document that is followed through edits. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
  /** Something of its own was deleted at this end: what is written there next takes its place and belongs to it. */
  readonly isCutAtStart?: boolean;
  readonly isCutAtEnd?: boolean;
  /** An edit across an end put text there: some of what stands in the range is not its own. */
  readonly isBlurred?: boolean;
}

/**
 * Where a range lies after an edit:
 *
 *     x = «total(a)»;   ──type `.n` behind it────────────> x = «total(a)».n;    written after it
 *                       ──delete `(a)`, then type `.n`───> x = «total.n»;       what became of it
 *                       ──replace `= total` by `+= sum`──> x «+= sum(a)»;       taken in, its own or not
 *
 * A line that is broken where the end was cut ends the range: then the user went on.
 */
export function afterChange(range: TextRange, { start, deletedLength, insertedText }: TextChange): TextRange {
  const end = start + deletedLength;
  const growth = insertedText.length - deletedLength;
  const isAtStart = deletedLength === 0 && start === range.start;
  const isAtEnd = deletedLength === 0 && start === range.end;
  const isOneLine = !insertedText.includes('\n');
  const isLineBreak = !isOneLine && insertedText.trim() === '';
  if (isAtStart && isAtEnd) return { ...range, end: start + growth, isCutAtEnd: isOneLine };
  if (isAtStart && range.isCutAtStart === true && !isLineBreak) return { ...range, end: range.end + growth };
  if (isAtEnd && range.isCutAtEnd === true)
    return { ...range, end: range.end + (isLineBreak ? 0 : growth), isCutAtEnd: isOneLine };
  if (end <= range.start) return { ...range, start: range.start + growth, end: range.end + growth };
  if (start >= range.end) return range;
  return {
    start: Math.min(range.start, start),
    end: Math.max(range.end, end) + growth,
    isCutAtStart: range.isCutAtStart === true || start <= range.start,
    isCutAtEnd: range.isCutAtEnd === true || end >= range.end,
    isBlurred: range.isBlurred === true || (insertedText !== '' && (start < range.start || end > range.end)),
  };
}
