import { trainWithPeft } from './peft.mjs';

/** Number formats of the weights. */
export const dtypes = ['float32', 'bfloat16'];
/** How long a step may take. */
const stepLimitMs = 90_000;
/** A number format that is slower than this share of the quickest is given up: it is not what anybody would train in. */
const worthwhile = 0.4;
/** Allocations and first calls: done before anything is timed. */
const warmUpStep = [{ rows: 32, learned: 8 }];

/**
 * Looks for PEFT's quickest way to train this: number formats; batch sizes; the logits of all rows instead of those that
 * are learned; checkpointing.
 *
 * @param {string[]} formats those of `dtypes` to try
 * @returns {Promise<{dtype: string, batch: number, keep: boolean, checkpointing: boolean, tokensPerSecond: number, isCutOff: boolean}[]>}
 *   of a variant that was cut off, `tokensPerSecond` is what it stayed below; those after it were not tried
 */
export async function tryVariants(python, { peftBatches, triesAll }, formats, order, step) {
  const plain = peftBatches.map((batch) => ({ batch, keep: true, checkpointing: false }));
  const batch = peftBatches.at(-1);
  const more = [
    { batch, keep: false, checkpointing: false },
    { batch, keep: true, checkpointing: true },
  ];
  const variants = triesAll ? [...plain, ...more] : plain;
  const rows = step.reduce((sum, each) => sum + each.rows, 0);
  const tried = [];
  for (const dtype of formats) {
    const quickest = Math.max(0, ...tried.map(({ tokensPerSecond }) => tokensPerSecond));
    const limitMs = Math.min(stepLimitMs, (rows * 1_000) / (quickest * worthwhile));
    const result = await trainWithPeft(python, { ...order, dtype, variants, steps: [warmUpStep, step] }, limitMs);
    for (const [at, { stepSeconds, isCutOff }] of result.variants.entries()) {
      const seconds = isCutOff ? limitMs / 1_000 : stepSeconds[1];
      tried.push({ dtype, ...variants[at], tokensPerSecond: rows / seconds, isCutOff });
    }
  }
  return tried;
}

/** Those of which no variant came to its end: on a larger model none would either. */
export function hopelessIn(tried) {
  return dtypes.filter((dtype) => {
    const own = tried.filter((each) => each.dtype === dtype);
    return own.length > 0 && own.every(({ isCutOff }) => isCutOff);
  });
}

/** The quickest of each number format that is worth measuring again, the quickest of all first. */
export function bestVariants(tried) {
  const quickest = tried.filter(({ isCutOff }) => !isCutOff).toSorted((a, b) => b.tokensPerSecond - a.tokensPerSecond);
  return quickest.filter(
    ({ dtype, tokensPerSecond }, at) =>
      quickest.findIndex((each) => each.dtype === dtype) === at &&
      tokensPerSecond >= worthwhile * quickest[0].tokensPerSecond,
  );
}

/** Runs one variant in a process of its own, after a warm-up. */
export async function trainVariant(python, order, { dtype, batch, keep, checkpointing }, steps) {
  const variants = [{ batch, keep, checkpointing }];
  const all = [warmUpStep, ...steps];
  const result = await trainWithPeft(python, { ...order, dtype, variants, steps: all }, 2 * stepLimitMs);
  const [{ stepSeconds, peakBytes, isCutOff }] = result.variants;
  if (isCutOff) throw new Error('A step of PEFT took minutes: the machine is busy.');
  const { versions, importBytes } = result;
  return { versions, importBytes, stepSeconds: stepSeconds.slice(1), peakBytes };
}
