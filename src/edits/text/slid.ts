import type { Difference } from './difference.ts';

/**
 * The same differences where a reader would draw them. Lines added between others like them can be said to begin at
 * several places (`}` + a function, or a function + `}`); the one is taken whose first line is indented least, then the
 * one behind a blank line, then the last. After Git's indent heuristic (`xdiff/xdiffi.c`), in small.
 */
export function slid(a: readonly string[], b: readonly string[], all: readonly Difference[]): readonly Difference[] {
  const result: Difference[] = [];
  for (const [index, each] of all.entries()) {
    const previous = result.at(-1);
    const next = all[index + 1];
    if (each.bStart === each.bEnd) {
      const by = bestShift(a, each.aStart, each.aEnd, previous?.aEnd ?? -1, next?.aStart ?? a.length + 1);
      result.push(shifted(each, by));
    } else if (each.aStart === each.aEnd) {
      const by = bestShift(b, each.bStart, each.bEnd, previous?.bEnd ?? -1, next?.bStart ?? b.length + 1);
      result.push(shifted(each, by));
    } else result.push(each);
  }
  return result;
}

/** `after` and `before` are the ends of the neighbours, which it must not touch. */
function bestShift(lines: readonly string[], start: number, end: number, after: number, before: number): number {
  let up = 0;
  while (start + up - 1 > after && isSame(lines, start + up - 1, end + up - 1)) up--;
  let down = 0;
  while (end + down + 1 < before && isSame(lines, start + down, end + down)) down++;
  let best = down;
  for (let by = down - 1; by >= up; by--) if (rank(lines, start + by) < rank(lines, start + best)) best = by;
  return best;
}

function isSame(lines: readonly string[], one: number, other: number): boolean {
  return lines[one] !== undefined && lines[one] === lines[other];
}

/** The lower, the better a place to begin. A blank line begins nothing. */
function rank(lines: readonly string[], start: number): number {
  const indent = /^[ \t]*(?=\S)/.exec(lines[start] ?? '')?.[0].length;
  if (indent === undefined) return Number.MAX_SAFE_INTEGER;
  return 2 * indent + (lines[start - 1]?.trim() ? 1 : 0);
}

function shifted({ aStart, aEnd, bStart, bEnd }: Difference, by: number): Difference {
  return { aStart: aStart + by, aEnd: aEnd + by, bStart: bStart + by, bEnd: bEnd + by };
}
