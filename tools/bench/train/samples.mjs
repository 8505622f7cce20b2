import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../install.mjs';
import { integer, uniform } from '../random.mjs';
import { examplePlaces } from './places.mjs';

const seed = 1;
/** Of all that is kept, the product holds 15 % out and validates on 10 %: so many per text that is trained on. */
const validationPerTraining = 0.1 / 0.75;

/**
 * What a training on so many examples reads: the examples, the general code that the product adds, and validation, laid
 * out and encoded by the product for the starter.
 *
 * @returns {Promise<{tokens: number[], from: number, markers: number[], weight: number, split: string, kind: string}[]>}
 */
export async function starterSamples(product, model, examples) {
  const next = uniform(seed);
  const { replay } = await product.readGeneralCode(join(root, 'models/general-code.jsonl'));
  const unseen = Math.round(examples * validationPerTraining);
  // Texts as long as those that the general code is completed with: half of them below 35 characters.
  const lengths = Array.from({ length: examples + unseen }, () => replay[integer(next, 0, replay.length)].text.length);
  const own = examplePlaces(lengths, next).map((place, at) => ({
    place,
    weight: 1,
    split: at < examples ? 'train' : 'validation',
    kind: 'accepted',
  }));
  const others = product
    .replayFor(examples, replay, seed)
    .map(({ place, weight }) => ({ place, weight, split: 'train', kind: 'replay' }));
  const { samples } = await encodedFor(product, model, [...own, ...others]);
  return samples;
}

/** Through the model host, as the engine does it. */
async function encodedFor(product, path, chosen) {
  const dataFolder = mkdtempSync(join(tmpdir(), 'hearth-bench-'));
  const runner = product.createModelRunner({
    entry: join(root, 'dist/modelHost.js'),
    dataFolder,
    gpu: 'off',
    threads: 1,
    fimFormats: product.fimFormats.map(product.lookUpOf),
    log: product.silentLogger,
    lingerMs: 50,
  });
  try {
    const loaded = await runner.use({ id: 'bench', name: 'Bench', path });
    const encoder = {
      layOut: (place, contextTokens) => product.promptAt({ snippets: [], ...place }, loaded, contextTokens),
      encode: runner.encode,
      contextTokens: Math.min(product.sampleTokens, loaded.contextSize),
      end: loaded.fimEnd,
    };
    return await product.encoded(chosen, encoder, new AbortController().signal);
  } finally {
    await runner[Symbol.asyncDispose]();
    rmSync(dataFolder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Some of those that are trained on, evenly from the shortest to the longest: few of them stand for all. */
export function evenly(samples, count) {
  const training = samples.filter(({ split }) => split === 'train');
  const sorted = training.toSorted((a, b) => a.tokens.length - b.tokens.length);
  return Array.from({ length: count }, (_, at) => sorted[Math.floor(((at + 0.5) / count) * sorted.length)]);
}

/** Random tokens in their place: for a model with random weights, whose vocabulary is another one. */
export function withRandomTokens(samples, vocabulary) {
  const next = uniform(seed);
  return samples.map((each) => ({ ...each, tokens: each.tokens.map(() => integer(next, 0, vocabulary)) }));
}

/** Texts of which every token but the first is learned. */
export function randomTexts({ rows, count }, vocabulary) {
  const text = {
    tokens: Array.from({ length: rows + 1 }),
    from: 1,
    markers: [],
    weight: 1,
    split: 'train',
    kind: 'typed',
  };
  return withRandomTokens(
    Array.from({ length: count }, () => text),
    vocabulary,
  );
}
