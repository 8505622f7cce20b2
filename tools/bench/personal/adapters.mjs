import { randomUUID } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../install.mjs';
import { withRefusals, workOf } from './author.mjs';
import { keyOf, remembered, resultsFolder, sourcesAt } from './cache.mjs';
import { recordWork } from './developer.mjs';
import { train, trainAgain } from './training.mjs';

/** What is tried beside the product's own training, from the same samples. */
export const variants = {
  /** The loss on the accepted text only, as fine-tuning is commonly defined. */
  textOnly: { label: 'trained on accepted texts alone', options: (own) => ({ ...own, contextWeight: 0 }) },
  /** A second stage on what was refused and what was written instead; DPO's usual beta, a quarter of the rate. */
  preference: {
    label: 'with a preference stage',
    options: (own) => ({ ...own, preference: { beta: 0.1, chosen: 0.5, rate: own.rate / 4, passes: 1 } }),
  },
};

/** What decides which examples there are, and how they are trained on. */
const madeBy = ['author', 'developer', 'places', 'releases', 'training'].map(
  (part) => `tools/bench/personal/${part}.mjs`,
);

/**
 * An author's adapter as Hearth trains and proves it, and those of the variants; from an earlier run where there is one.
 * @returns {Promise<{key: string, stacks: {own: object[]} & Record<string, object[]>}>} with what `train` says of it
 */
export async function adaptersOf(author, { plan, host, scratch }) {
  const { examples, seed, overrides, fresh } = plan;
  const files = ['models/starter.gguf', 'models/general-code.jsonl'].map((file) =>
    readFileSync(join(root, file), 'hex'),
  );
  const sources = sourcesAt('src/personalize', 'src/engine/personal', ...madeBy);
  const key = keyOf([author, examples, seed, overrides, sources, keyOf(files)]);
  const own = await remembered(`${author.name}-adapter-${key}`, { fresh }, async () => {
    const trained = await trainedByHearth(author, { plan, host, scratch });
    const samplesPath = kept(trained.samplesPath, `${author.name}-${key}-samples.jsonl`);
    return { ...trained, samplesPath, stack: keptStack(trained.stack, `${author.name}-${key}`) };
  });
  const stacks = { own: own.stack };
  for (const name of plan.variantAuthors.includes(author.name) ? Object.keys(variants) : []) {
    const options = variants[name].options(own.options);
    const variantKey = keyOf([key, options]);
    stacks[name] = await remembered(`${author.name}-${name}-${variantKey}`, { fresh }, async () => {
      console.error(`${author.name}: training again, ${variants[name].label}`);
      const { adapterPath, preferencePath } = await trainAgain(own, options, join(scratch, `${author.name}-${name}`));
      const path = preferencePath ?? adapterPath;
      return path === undefined ? [] : keptStack([{ path, scale: 1 }], `${author.name}-${name}-${variantKey}`);
    });
  }
  return { ...own, key, stacks };
}

async function trainedByHearth(author, { plan, host, scratch }) {
  console.error(`${author.name}: writing ${plan.examples} examples`);
  const dataFolder = join(scratch, `${author.name}-data`);
  mkdirSync(dataFolder, { recursive: true });
  const { written } = await workOf(author, { plan, host, scratch });
  const places = await withRefusals(written, { plan, host });
  const work = { folder: join(scratch, author.name), dataFolder, model: host.loaded.id };
  const recorder = await recordWork(places, work);
  try {
    console.error(`${author.name}: training`);
    const startMs = performance.now();
    const trained = await train(recorder.store, {
      folder: join(dataFolder, 'personal'),
      runner: host.runner,
      optionsFrom: (options) => overridden({ ...options, seed: plan.seed }, plan.overrides),
    });
    const seconds = Math.round((performance.now() - startMs) / 1_000);
    console.error(`${author.name}: ${trained.outcome.kind} after ${seconds} s`);
    return { ...trained, seconds };
  } finally {
    await recorder[Symbol.asyncDispose]();
  }
}

/** The scale of an adapter goes with its rank: alpha stays in the same proportion to it. */
function overridden(options, { rank = options.rank, ...others }) {
  return { ...options, ...others, rank, alpha: (options.alpha * rank) / options.rank };
}

function keptStack(stack, name) {
  return stack.map(({ path, scale }, at) => ({ path: kept(path, `${name}-${at}.gguf`), scale }));
}

/** Under a name that nothing had before: to a model host, a path never gets other content. */
function kept(path, name) {
  mkdirSync(resultsFolder, { recursive: true });
  const place = join(resultsFolder, `${randomUUID().slice(0, 8)}-${name}`);
  copyFileSync(path, place);
  return place;
}
