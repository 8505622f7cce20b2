import { type Random, randomFrom } from '../../base/random.ts';

/**
 * One pass over the samples, as batches of indices: the same for the same seed and pass. Samples of one batch are of
 * like length, so that lanes end together; batches come in any order.
 */
export function batchesOf(
  lengths: readonly number[],
  size: number,
  seed: number,
  pass: number,
): readonly (readonly number[])[] {
  const random = randomFrom(seed * 1_000_003 + pass);
  const order = shuffled([...lengths.keys()], random);
  const batches: (readonly number[])[] = [];
  for (let first = 0; first < order.length; first += size * batchesSorted) {
    const window = order.slice(first, first + size * batchesSorted);
    window.sort((a, b) => (lengths[a] ?? 0) - (lengths[b] ?? 0) || a - b);
    for (let at = 0; at < window.length; at += size) batches.push(window.slice(at, at + size));
  }
  return shuffled(batches, random);
}

/** Samples are sorted within so many batches only: sorted all over, a batch would be of one kind of code. */
const batchesSorted = 4;

function shuffled<T>(items: readonly T[], random: Random): T[] {
  const result = [...items];
  for (let at = result.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    const [a, b] = [result[at], result[other]];
    if (a !== undefined && b !== undefined) [result[at], result[other]] = [b, a];
  }
  return result;
}
