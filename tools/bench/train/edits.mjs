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
  const training = count(({ split }) => split === 'train');
  return {
    seconds,
    steps: stepSeconds.length,
    peakBytes,
    validation,
    edits: training - count(({ kind }) => kind === 'replay'),
    replayed: count(({ kind }) => kind === 'replay'),
    validated: samples.length - training,
    tokens: sumOf(samples, ({ tokens }) => tokens.length),
    passes: options.passes,
  };
}
