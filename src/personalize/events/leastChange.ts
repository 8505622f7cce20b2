import type { TextChange } from './completionEvent.ts';

/**
 * The same edit without the text that it replaced by itself: a formatter may replace a whole document.
 *
 * @param before All text before the edit.
 */
export function leastChange({ start, deletedLength, insertedText }: TextChange, before: string): TextChange {
  const shorter = Math.min(deletedLength, insertedText.length);
  let head = 0;
  while (head < shorter && before.charCodeAt(start + head) === insertedText.charCodeAt(head)) head++;
  const end = start + deletedLength;
  let tail = 0;
  while (
    tail < shorter - head &&
    before.charCodeAt(end - 1 - tail) === insertedText.charCodeAt(insertedText.length - 1 - tail)
  ) {
    tail++;
  }
  return {
    start: start + head,
    deletedLength: deletedLength - head - tail,
    insertedText: insertedText.slice(head, insertedText.length - tail),
  };
}
