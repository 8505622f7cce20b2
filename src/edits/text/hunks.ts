import { differences } from './differences.ts';

/** One change that can be accepted or rejected by itself. Lines are counted from 0 and carry their ends. */
export interface Hunk {
  /** [start, end) in the text before. Empty for what is only added. */
  readonly before: LineRange;
  /** [start, end) in the text after, when all hunks are accepted. */
  readonly after: LineRange;
  readonly removed: string;
  readonly added: string;
}

interface LineRange {
  readonly start: number;
  readonly end: number;
}

/** What turns `before` into `after`, least first: no line is changed that could stay. Line ends and a missing one count. */
export function hunksOf(before: string, after: string): readonly Hunk[] {
  const [a, b] = [wholeLines(before), wholeLines(after)];
  return differences(a, b).map(({ aStart, aEnd, bStart, bEnd }) => ({
    before: { start: aStart, end: aEnd },
    after: { start: bStart, end: bEnd },
    removed: a.slice(aStart, aEnd).join(''),
    added: b.slice(bStart, bEnd).join(''),
  }));
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
  const lines = wholeLines(before);
  const parts: string[] = [];
  let from = 0;
  for (const [index, hunk] of hunks.entries()) {
    const { start, end } = hunk.before;
    const removed = lines.slice(start, end).join('');
    if (start < from || end > lines.length || removed !== hunk.removed)
      throw new RangeError(`Hunk ${index} does not belong to this text.`);
    parts.push(lines.slice(from, start).join(''), isAccepted(hunk, index) ? hunk.added : removed);
    from = end;
  }
  return parts.join('') + lines.slice(from).join('');
}

function wholeLines(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+/g) ?? [];
}
