import type { Difference } from './difference.ts';
import { slid } from './slid.ts';

/**
 * The least difference between two lists, in order: no item is said to differ that could be said to be the same. After
 * Myers, "An O(ND) Difference Algorithm and Its Variations" (1986), in linear space. Lists of the same items in quite
 * another order, a thousand edits apart, get a difference that is right but not the least.
 */
export function differences(a: readonly string[], b: readonly string[]): readonly Difference[] {
  const number = numbering();
  const [aSide, bSide] = withoutForeigners(a.map(number), b.map(number));
  const pairs: (readonly [number, number])[] = [];
  const wholes = { aLow: 0, aHigh: aSide.items.length, bLow: 0, bHigh: bSide.items.length };
  pairIn(aSide.items, bSide.items, wholes, (i, j) => pairs.push([aSide.indexes[i] ?? 0, bSide.indexes[j] ?? 0]));
  return slid(a, b, between(pairs, a.length, b.length));
}

/** How many items the lists have in common, in the same order. */
export function commonLength(a: readonly string[], b: readonly string[]): number {
  return differences(a, b).reduce((left, { aStart, aEnd }) => left - (aEnd - aStart), a.length);
}

/** Equal texts get equal numbers: comparing those is all that the search does. */
function numbering(): (text: string) => number {
  const numbers = new Map<string, number>();
  return (text) => {
    const known = numbers.get(text);
    if (known === undefined) numbers.set(text, numbers.size);
    return known ?? numbers.size - 1;
  };
}

interface Side {
  readonly items: Int32Array;
  /** Where each item stands in the whole list. */
  readonly indexes: readonly number[];
}

/** What only one list has differs whatever the rest does; left out, a text written anew costs next to nothing. */
function withoutForeigners(a: readonly number[], b: readonly number[]): readonly [Side, Side] {
  return [sideOf(a, new Set(b)), sideOf(b, new Set(a))];
}

function sideOf(all: readonly number[], others: ReadonlySet<number>): Side {
  const indexes = all.flatMap((item, index) => (others.has(item) ? [index] : []));
  return { items: Int32Array.from(indexes, (index) => all[index] ?? -1), indexes };
}

interface Box {
  readonly aLow: number;
  readonly aHigh: number;
  readonly bLow: number;
  readonly bHigh: number;
}

/** Calls `pair` for the items of a longest common subsequence, in order. */
function pairIn(a: Int32Array, b: Int32Array, box: Box, pair: (i: number, j: number) => void): void {
  let { aLow, aHigh, bLow, bHigh } = box;
  while (aLow < aHigh && bLow < bHigh && a[aLow] === b[bLow]) pair(aLow++, bLow++);
  const [aEnd, bEnd] = [aHigh, bHigh];
  while (aLow < aHigh && bLow < bHigh && a[aHigh - 1] === b[bHigh - 1]) {
    aHigh--;
    bHigh--;
  }
  if (aLow < aHigh && bLow < bHigh) {
    const [i, j] = middleOf(a, b, { aLow, aHigh, bLow, bHigh });
    pairIn(a, b, { aLow, aHigh: i, bLow, bHigh: j }, pair);
    pairIn(a, b, { aLow: i, aHigh, bLow: j, bHigh }, pair);
  }
  while (aHigh < aEnd && bHigh < bEnd) pair(aHigh++, bHigh++);
}

/** Beyond so many steps from both ends, the way that has come furthest is taken for the shortest. */
const maxSteps = 500;

/** A point on a shortest way through the box, where the ways from its two corners meet. */
function middleOf(a: Int32Array, b: Int32Array, { aLow, aHigh, bLow, bHigh }: Box): readonly [number, number] {
  const [width, height] = [aHigh - aLow, bHigh - bLow];
  const forward = frontier(width, height, (x, y) => a[aLow + x] === b[bLow + y]);
  const backward = frontier(width, height, (x, y) => a[aHigh - 1 - x] === b[bHigh - 1 - y]);
  const delta = width - height;
  const isOdd = delta % 2 !== 0;
  for (let steps = 0; steps <= maxSteps; steps++) {
    const there = forward.step(steps, (k, x) => isOdd && x + backward.at(delta - k) >= width);
    if (there !== undefined) return [aLow + there.x, bLow + there.y];
    const back = backward.step(steps, (k, x) => !isOdd && x + forward.at(delta - k) >= width);
    if (back !== undefined) return [aHigh - back.x, bHigh - back.y];
  }
  const { x, y } = forward.furthest(maxSteps);
  return [aLow + x, bLow + y];
}

interface Point {
  readonly x: number;
  readonly y: number;
}

interface Frontier {
  /** Goes one edit further on every diagonal, then along what is the same. The first point to have met the others. */
  step(steps: number, hasMet: (k: number, x: number) => boolean): Point | undefined;
  /** The largest x reached on diagonal k, which holds the points with x - y = k. Negative: none. */
  at(k: number): number;
  furthest(steps: number): Point;
}

const unreached = -2;

function frontier(width: number, height: number, isSame: (x: number, y: number) => boolean): Frontier {
  const zero = Math.min(width + height, maxSteps) + 1;
  const reach = new Int32Array(2 * zero + 1).fill(unreached);
  const at = (k: number) => reach[zero + k] ?? unreached;
  return {
    step(steps, hasMet) {
      const lowest = -steps + 2 * Math.max(0, steps - height);
      const highest = steps - 2 * Math.max(0, steps - width);
      for (let k = lowest; k <= highest; k += 2) {
        const [right, down] = [at(k - 1) + 1, at(k + 1)];
        let x = steps === 0 ? 0 : unreached;
        if (right <= width && right - k >= 0) x = Math.max(x, right);
        if (down - k <= height) x = Math.max(x, down);
        while (x >= 0 && x < width && x - k < height && isSame(x, x - k)) x++;
        reach[zero + k] = x;
        if (x >= 0 && hasMet(k, x)) return { x, y: x - k };
      }
      return undefined;
    },
    at,
    furthest(steps) {
      let best = { x: 0, y: 0 };
      for (let k = -steps; k <= steps; k += 2) {
        const x = at(k);
        if (x >= 0 && 2 * x - k > best.x + best.y) best = { x, y: x - k };
      }
      return best;
    },
  };
}

/** The gaps between pairs of the same items. */
function between(
  pairs: readonly (readonly [number, number])[],
  aLength: number,
  bLength: number,
): readonly Difference[] {
  const gaps: Difference[] = [];
  let [aStart, bStart] = [0, 0];
  for (const [aEnd, bEnd] of [...pairs, [aLength, bLength] as const]) {
    if (aStart < aEnd || bStart < bEnd) gaps.push({ aStart, aEnd, bStart, bEnd });
    [aStart, bStart] = [aEnd + 1, bEnd + 1];
  }
  return gaps;
}
