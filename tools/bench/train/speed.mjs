import { operationsFor } from './work.mjs';

/**
 * Tokens and floating point operations per second, over the steps that count.
 *
 * @param {number[]} seconds of each step
 * @param {{rows: number, learned: number}[][]} batches the sequences of each step
 * @param {{shape: object, rank: number, reach?: number, warmUp: number}} training the first `warmUp` steps do not count
 */
export function speedOf(seconds, batches, { shape, rank, reach = 0, warmUp }) {
  const total = sumOf(seconds.slice(warmUp), (each) => each);
  const sequences = batches.slice(warmUp).flat();
  const perSecond = (of) => sumOf(sequences, of) / total;
  return {
    tokensPerSecond: perSecond(({ rows }) => rows),
    operationsPerSecond: perSecond((each) => operationsFor(shape, rank, each, reach)),
    /** What it would take to follow all gradients: the same for the same tokens, however they are trained. */
    usefulPerSecond: perSecond((each) => operationsFor(shape, rank, each)),
  };
}

export function sumOf(items, of) {
  return items.reduce((sum, each) => sum + of(each), 0);
}
