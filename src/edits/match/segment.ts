import type { Difference } from '../text/difference.ts';

/**
 * How a search text lies over a file. `a` are its lines, `b` those of the file; together segments are all of both, in
 * order. `same`: line by line. `loose`: the two are alike as a whole (blank lines, comments, a call laid out in other
 * lines) and may be replaced as a whole. `differs`: the file has something that the search text does not know.
 */
export interface Segment extends Difference {
  readonly kind: 'same' | 'loose' | 'differs';
}

export type Pair = readonly [searchLine: number, fileLine: number];

/** Segments from pairs of the same lines: what lies between them is judged by `kindOf`. */
export function segmentsOf(
  pairs: readonly Pair[],
  whole: Difference,
  kindOf: (gap: Difference) => 'loose' | 'differs',
): readonly Segment[] {
  const segments: Segment[] = [];
  let [a, b] = [whole.aStart, whole.bStart];
  for (const [nextA, nextB] of [...pairs, [whole.aEnd, whole.bEnd] as const]) {
    if (a < nextA || b < nextB) {
      const gap = { aStart: a, aEnd: nextA, bStart: b, bEnd: nextB };
      segments.push({ ...gap, kind: kindOf(gap) });
    }
    const last = segments.at(-1);
    const isEnd = nextA === whole.aEnd && nextB === whole.bEnd;
    [a, b] = [nextA + 1, nextB + 1];
    if (isEnd) continue;
    if (last?.kind === 'same') segments[segments.length - 1] = { ...last, aEnd: a, bEnd: b };
    else segments.push({ kind: 'same', aStart: nextA, aEnd: a, bStart: nextB, bEnd: b });
  }
  return segments;
}

/** The pairs, and between them as many more as are the same right behind one or right before the next. */
export function withNeighbours(
  pairs: readonly Pair[],
  whole: Difference,
  isSame: (searchLine: number, fileLine: number) => boolean,
): readonly Pair[] {
  const result: Pair[] = [];
  let [a, b] = [whole.aStart, whole.bStart];
  for (const [nextA, nextB] of [...pairs, [whole.aEnd, whole.bEnd] as const]) {
    for (; a < nextA && b < nextB && isSame(a, b); a++, b++) result.push([a, b]);
    let back = 0;
    while (nextA - back > a && nextB - back > b && isSame(nextA - back - 1, nextB - back - 1)) back++;
    for (; back > 0; back--) result.push([nextA - back, nextB - back]);
    if (nextA < whole.aEnd) result.push([nextA, nextB]);
    [a, b] = [nextA + 1, nextB + 1];
  }
  return result;
}

/** All pairs of the same lines. */
export function pairsOf(segments: readonly Segment[]): readonly Pair[] {
  return segments
    .filter(({ kind }) => kind === 'same')
    .flatMap(({ aStart, aEnd, bStart }) =>
      Array.from({ length: aEnd - aStart }, (_, i): Pair => [aStart + i, bStart + i]),
    );
}
