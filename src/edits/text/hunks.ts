import { differences } from './differences.ts';
import { applyEdits } from './fileText.ts';

/** One change that can be accepted or rejected by itself. */
export interface Hunk {
  /** UTF-16 offset in the text before. */
  readonly start: number;
  /** Whole lines with their ends; '' for what is only added. */
  readonly removed: string;
  readonly added: string;
  /** Lines in the text before, and in the text after when all hunks are accepted; counted from 0 by `\n`. */
  readonly before: LineRange;
  readonly after: LineRange;
}

interface LineRange {
  readonly start: number;
  readonly end: number;
}

/** What turns `before` into `after`, in order and with the least lines. Line ends and a missing one count. */
export function hunksOf(before: string, after: string): readonly Hunk[] {
  const [a, b] = [wholeLines(before), wholeLines(after)];
  let [line, start] = [0, 0];
  return differences(a, b).map(({ aStart, aEnd, bStart, bEnd }) => {
    for (; line < aStart; line++) start += a[line]?.length ?? 0;
    return {
      start,
      removed: a.slice(aStart, aEnd).join(''),
      added: b.slice(bStart, bEnd).join(''),
      before: { start: aStart, end: aEnd },
      after: { start: bStart, end: bEnd },
    };
  });
}

/**
 * `before` with the accepted hunks of it: with all of them the text after, with none itself. Throws a `RangeError` when a
 * hunk does not belong to this text.
 */
export function applyHunks(
  before: string,
  hunks: readonly Hunk[],
  isAccepted: (hunk: Hunk, index: number) => boolean = () => true,
): string {
  const edits = hunks.map(({ start, removed, added }, index) => {
    const end = start + removed.length;
    if (before.slice(start, end) !== removed) throw new RangeError(`Hunk ${index} does not belong to this text.`);
    return { start, end, text: added };
  });
  return applyEdits(
    before,
    edits.filter((_, index) => hunks[index] !== undefined && isAccepted(hunks[index], index)),
  );
}

function wholeLines(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+/g) ?? [];
}
