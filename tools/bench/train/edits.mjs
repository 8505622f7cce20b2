import { trainWithHearth } from './hearth.mjs';
import { sumOf } from './speed.mjs';

/**
 * A whole training of the starter, from the start of its process to the adapter: so many accepted edits, with the general
 * code and the validation that the product adds.
 */
export async function trainOnEdits(product, { modelPath, samples, parameters, cores }) {
  const options = product.trainOptionsFor({ parameters, samples: samples.length }, 1);
  const { seconds, stepSeconds, peakBytes, validation } = await trainWithHearth(product, {
    modelPath,
    samples,
    options,
    cores,
  });
  const count = (of) => samples.filter(of).length;
  return {
    seconds,
    steps: stepSeconds.length,
    peakBytes,
    validation,
    edits: count(({ split, kind }) => split === 'train' && kind !== 'replay'),
    replayed: count(({ kind }) => kind === 'replay'),
    validated: count(({ split }) => split === 'validation'),
    tokens: sumOf(samples, ({ tokens }) => tokens.length),
    passes: options.passes,
  };
}
