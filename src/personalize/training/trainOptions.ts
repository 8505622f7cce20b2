import type { TrainOptions } from '../trainer/trainerProtocol.ts';

/** Tokens of prompt and text of a sample; typing leaves 448 of them free, so prompts have about 450. */
export const sampleTokens = 896;

/**
 * How to train, by the size of the model. One pass at a high rate: from 365 examples of one author, two passes took 10.7
 * instead of 9.6 % off the loss, and two at half the rate 9.8 %, but other code lost 2.9 and 1.8 instead of 1.3 % (starter
 * model). Larger models want smaller steps: LoRA's usual rates are 2e-4 for 7 billion parameters and ten times that for
 * ten millions; in between, a power of the size.
 *
 * @param seed makes the same training from the same samples
 */
export function trainOptionsFor(parameters: number, seed: number): TrainOptions {
  return {
    rank: 16,
    alpha: 32,
    rankStabilized: false,
    rate: 4e-3 * (13e6 / Math.max(13e6, parameters)) ** 0.35,
    rateOfB: 1,
    passes: 1,
    batchSize: 8,
    seed,
    reach: 128,
    contextWeight: 0.3,
  };
}
