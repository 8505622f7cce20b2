import { uniform } from '../random.mjs';

const resamples = 1000;

/** The mean, and the 95 % interval of the means of samples drawn from the same values again. */
export function meanWithInterval(values, seed = 1) {
  const next = uniform(seed);
  const means = Array.from({ length: resamples }, () => {
    let sum = 0;
    for (let at = 0; at < values.length; at++) sum += values[Math.floor(next() * values.length)];
    return sum / values.length;
  }).toSorted((a, b) => a - b);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, low: means[Math.floor(resamples * 0.025)], high: means[Math.ceil(resamples * 0.975) - 1] };
}

/** What is asked of ranks. */
export const measures = {
  'recall@1': (rank) => Number(rank <= 1),
  'recall@5': (rank) => Number(rank <= 5),
  'recall@10': (rank) => Number(rank <= 10),
  MRR: (rank) => 1 / rank,
};
