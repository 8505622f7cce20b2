import type { Example } from '../examples/example.ts';
import { jaccard, type Shingles, shinglesOf, together } from './shingles.ts';

/** Two examples are the same when text and surroundings agree to this share (Jaccard over pairs of words). */
export const sameShare = 0.85;

/**
 * Examples without those that are nearly the same as a newer one: nearly the same text, between nearly the same lines.
 * What was accepted again and again at one place is learned once, as it is written now; the same text elsewhere stays:
 * it is a habit.
 *
 * Exact and near-linear: sets that agree to 85 % share at least one of each other's rarest 15 %, so only those are looked
 * up (Chaudhuri et al., prefix filtering, ICDE 2006). 50,000 examples take one or two seconds, the 8,600 that are looked at a quarter of one.
 *
 * @param examples the newest first, as is what is returned
 */
export function withoutNearDuplicates<T extends Place>(examples: readonly T[]): T[] {
  const sets = examples.map(setsOf);
  const rarest = rarestFirst(sets.map(({ all }) => all));
  const found = new Found(rarest.reduce((sum, { length }) => sum + length, 0));
  const comparedWith = new Int32Array(examples.length).fill(-1);
  return examples.filter((_, at) => {
    const [own, keys] = [sets[at], rarest[at]];
    if (own === undefined || keys === undefined) return false;
    const isSame = (other: number) => {
      const others = sets[other];
      if (others === undefined || comparedWith[other] === at) return false;
      comparedWith[other] = at;
      return areSame(own, others);
    };
    if (keys.some((key) => found.some(key, isSame))) return false;
    for (const key of keys) found.add(key, at);
    return true;
  });
}

/** Under which numbers examples are found. Lists in flat arrays: hundreds of thousands of small ones would take seconds. */
class Found {
  readonly #first = new Int32Array(2 ** 18).fill(-1);
  readonly #next: Int32Array;
  readonly #examples: Int32Array;
  #length = 0;

  constructor(entries: number) {
    this.#next = new Int32Array(entries);
    this.#examples = new Int32Array(entries);
  }

  add(key: number, example: number): void {
    const place = key & (this.#first.length - 1);
    this.#examples[this.#length] = example;
    this.#next[this.#length] = this.#first[place] ?? -1;
    this.#first[place] = this.#length++;
  }

  /** Asks for all examples under the number, and for a few others, until one is it. */
  some(key: number, isIt: (example: number) => boolean): boolean {
    let at = this.#first[key & (this.#first.length - 1)] ?? -1;
    while (at >= 0 && !isIt(this.#examples[at] ?? -1)) at = this.#next[at] ?? -1;
    return at >= 0;
  }
}

type Place = Pick<Example, 'prefix' | 'text' | 'suffix'>;

interface Sets {
  readonly text: Shingles;
  /** The text and the lines around it. */
  readonly all: Shingles;
}

function setsOf({ prefix, text, suffix }: Place): Sets {
  const own = shinglesOf(text);
  return { text: own, all: together([own, shinglesOf(lastLines(prefix), 1), shinglesOf(firstLines(suffix), 2)]) };
}

function areSame(a: Sets, b: Sets): boolean {
  const [smaller, larger] = a.all.length < b.all.length ? [a.all.length, b.all.length] : [b.all.length, a.all.length];
  return smaller >= larger * sameShare && jaccard(a.all, b.all) >= sameShare && jaccard(a.text, b.text) >= sameShare;
}

/** Long lines say enough with this much. */
const lineCharacters = 200;

/** What stands left on the line, and the line above. */
function lastLines(prefix: string): string {
  const near = prefix.slice(-2 * lineCharacters).split('\n');
  return near.slice(-2).join('\n');
}

/** What stands right on the line, and the line below. */
function firstLines(suffix: string): string {
  return suffix
    .slice(0, 2 * lineCharacters)
    .split('\n', 2)
    .join('\n');
}

const rounding = 1e-9;
/** Counts share places in a table that fits into the cache: whatever order they make is an order. */
const countPlaces = 2 ** 18;

/** Of each set, the numbers of which one at least is in every set that agrees with it; the rarest of all. */
function rarestFirst(sets: readonly Shingles[]): number[][] {
  const counts = new Uint32Array(countPlaces);
  for (const set of sets) for (const each of set) counts[each % countPlaces] = (counts[each % countPlaces] ?? 0) + 1;
  const room = new Float64Array(sets.reduce((most, { length }) => Math.max(most, length), 0));
  // Count and number in one double, so that sorting needs no comparison function.
  const keyOf = (shingle: number) => (counts[shingle % countPlaces] ?? 0) * 2 ** 32 + shingle;
  return sets.map((set) => {
    for (let at = 0; at < set.length; at++) room[at] = keyOf(set[at] ?? 0);
    const keys = room.subarray(0, set.length).toSorted();
    const enough = set.length - Math.ceil(set.length * sameShare - rounding) + 1;
    // The number alone again.
    return Array.from(keys.subarray(0, enough), (key) => key | 0);
  });
}
