import type { LossPair } from './loss.ts';
import { randomFrom } from '../../base/random.ts';

/** Between which changes the true one lies, nine times in ten. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

const resamples = 2_000;
const outside = 0.1;

/**
 * Bootstrap interval of the change in loss (a share of the loss before), by percentiles: examples are drawn anew, both
 * losses of each together, since what is hard for one stack is hard for the other. The same for the same seed. It takes
 * examples to be independent; those written one after the other are not quite, so it is a little too narrow.
 */
export function changeInterval(pairs: readonly LossPair[], seed: number): Interval {
  const random = randomFrom(seed);
  const before = Float64Array.from(pairs, (pair) => pair.before.nats);
  const after = Float64Array.from(pairs, (pair) => pair.after.nats);
  // Both stacks read the same tokens: their number cancels out.
  const changes = Float64Array.from({ length: resamples }, () => {
    let [sumBefore, sumAfter] = [0, 0];
    for (let draw = 0; draw < pairs.length; draw++) {
      const at = Math.floor(random() * pairs.length);
      sumBefore += before[at] ?? 0;
      sumAfter += after[at] ?? 0;
    }
    return sumBefore === 0 ? 0 : sumAfter / sumBefore - 1;
  }).toSorted();
  const at = (share: number) => changes[Math.round(share * (resamples - 1))] ?? 0;
  return { low: at(outside / 2), high: at(1 - outside / 2) };
}
