import { hearthOn, peftWith, sizesFor } from './contenders.mjs';
import { manners } from './manners.mjs';
import { evenly, withRandomTokens } from './samples.mjs';
import { bestVariants, dtypes, hopelessIn, tryVariants } from './variants.mjs';

/**
 * One subject: PEFT's variants are tried, then Hearth and PEFT train the same sequences in turn.
 *
 * @param {object} subject of `subjects.mjs`
 * @param {{product: object, samples: object[], cores: number, rounds: number, python?: string, hopeless: Set<string>, progress: object}} tools
 *   `hopeless`: PEFT's number formats that were given up on a smaller model; those given up on this one come along
 * @returns {Promise<{subject: object, tried: object[], rows: {name: string, kind: string, runs: object[]}[]}>}
 */
export async function measureSubject(subject, tools) {
  const { product, samples, cores, rounds, python, hopeless, progress } = tools;
  const { name, shape, files, parameters, perStep, steps } = subject;
  const base = { ...product.trainOptionsFor({ parameters, samples: perStep }, 1), passes: 1, batchSize: perStep };
  const some = evenly(samples, perStep * steps);
  const own = name === 'starter' ? some : withRandomTokens(some, shape.vocabulary);
  const sizes = sizesFor(product, own, { ...base, ...manners.full.options });
  const order = { shape, rank: base.rank, threads: cores };
  const forHearth = { product, subject, samples: own, base, cores };

  const formats = python === undefined ? [] : dtypes.filter((dtype) => !hopeless.has(dtype));
  const tried =
    formats.length === 0
      ? []
      : await progress.of(`${name}: PEFT's variants`, () => tryVariants(python, subject, formats, order, sizes.at(-1)));
  for (const dtype of hopelessIn(tried)) hopeless.add(dtype);
  const contenders = [
    ...files.map((file) => hearthOn(file, 'full', forHearth)),
    ...bestVariants(tried).map((variant) => peftWith(variant, { python, subject, order, steps: sizes })),
    ...files.map((file) => hearthOn(file, 'product', forHearth)),
  ];
  const rows = await inTurn(contenders, rounds, (contender, round) =>
    progress.of(`${name}: ${contender.name}, round ${round} of ${rounds}`, contender.run),
  );
  // Measured once, and not against anything that runs here.
  const asPrototype = files
    .filter(({ prototype }) => prototype !== undefined)
    .map((file) => hearthOn(file, 'prototype', forHearth));
  const more = await inTurn(asPrototype, 1, (contender) => progress.of(`${name}: ${contender.name}`, contender.run));
  return { subject, tried, rows: [...rows, ...more] };
}

/** One contender after the other in each round, each of them early every other time. */
async function inTurn(contenders, rounds, run) {
  const rows = contenders.map(({ kind, name, manner, file }) => ({ kind, name, manner, file, runs: [] }));
  for (let round = 1; round <= rounds; round++) {
    const order = [...contenders.keys()];
    for (const at of round % 2 === 1 ? order : order.toReversed()) rows[at].runs.push(await run(contenders[at], round));
  }
  return rows;
}
