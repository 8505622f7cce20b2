import { batchesFor, trainWithHearth } from './hearth.mjs';
import { manners, sizeOf } from './manners.mjs';
import { randomTexts } from './samples.mjs';
import { speedOf } from './speed.mjs';
import { trainVariant } from './variants.mjs';

/** Hearth on a model file, in one of the manners. */
export function hearthOn(file, manner, { product, subject, samples, base, cores }) {
  const { options: change, texts } = manners[manner];
  const options = { ...base, ...change };
  const own = texts === undefined ? samples : randomTexts(texts, subject.shape.vocabulary);
  const warmUp = texts === undefined ? subject.warmUp : 0;
  return {
    kind: 'hearth',
    name: `Hearth ${file.type}, ${manners[manner].label}`,
    manner,
    file,
    async run() {
      const order = { modelPath: file.path, samples: own, options, cores };
      const { stepSeconds, lanes, plannedBytes, peakBytes } = await trainWithHearth(product, order);
      const sizes = sizesFor(product, own, options);
      const speed = speedOf(stepSeconds, sizes, {
        shape: subject.shape,
        rank: base.rank,
        reach: options.reach,
        warmUp,
      });
      return { ...speed, stepSeconds, lanes, plannedBytes, peakBytes };
    },
  };
}

/** PEFT on the same sequences. */
export function peftWith(variant, { python, subject, order, steps }) {
  return {
    kind: 'peft',
    name: `PEFT ${nameOf(variant)}`,
    variant,
    async run() {
      const { stepSeconds, ...rest } = await trainVariant(python, order, variant, steps);
      const speed = speedOf(stepSeconds, steps, { ...order, warmUp: subject.warmUp });
      return { ...speed, stepSeconds, ...rest };
    },
  };
}

/** The sizes of each step's sequences, of which the texts are learned. */
export function sizesFor(product, samples, options) {
  return batchesFor(product, samples, options).map((batch) => batch.map((each) => sizeOf(each, options)));
}

export function nameOf({ dtype, batch, keep, checkpointing }) {
  return [
    `${dtype}, batch ${batch}`,
    ...(keep ? [] : ['all logits']),
    ...(checkpointing ? ['gradient checkpointing'] : []),
  ].join(', ');
}
