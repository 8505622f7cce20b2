import { Edit, type Point } from 'web-tree-sitter';

/**
 * The one edit that turns `before` into `after`: everything between what they share at the start and at the end.
 * Undefined when they share less than half, because deriving a tree then costs more than parsing anew.
 */
export function changeBetween(before: string, after: string): Edit | undefined {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let shared = 0;
  while (
    shared < shorter - start &&
    before.charCodeAt(before.length - 1 - shared) === after.charCodeAt(after.length - 1 - shared)
  ) {
    shared++;
  }
  if ((start + shared) * 2 < Math.max(before.length, after.length)) return undefined;
  const oldEnd = before.length - shared;
  const newEnd = after.length - shared;
  const startPosition = pointAt(before, start);
  return new Edit({
    startIndex: start,
    oldEndIndex: oldEnd,
    newEndIndex: newEnd,
    startPosition,
    oldEndPosition: pointAt(before, oldEnd, start, startPosition),
    newEndPosition: pointAt(after, newEnd, start, startPosition),
  });
}

/** Row and column (UTF-16) of an offset, counted on from a known earlier one. */
function pointAt(text: string, offset: number, from = 0, at: Point = { row: 0, column: 0 }): Point {
  let { row } = at;
  let lineStart = from - at.column;
  for (let next = text.indexOf('\n', from); next !== -1 && next < offset; next = text.indexOf('\n', lineStart)) {
    row++;
    lineStart = next + 1;
  }
  return { row, column: offset - lineStart };
}
