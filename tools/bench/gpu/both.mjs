import { join } from 'node:path';
import { silentLogger } from '../../../src/base/logger.ts';
import { fimFormats, lookUpOf } from '../../../src/inference/completion/fimFormats.ts';
import { promptAt } from '../../../src/inference/completion/promptAt.ts';
import { encoded } from '../../../src/personalize/dataset/encoded.ts';
import { fitting } from '../../../src/personalize/dataset/fitting.ts';
import { writeSamples } from '../../../src/personalize/dataset/sampleFile.ts';
import { readGeneralCode } from '../../../src/personalize/general/generalCode.ts';
import { startTrainer } from '../../../src/personalize/training/trainerProcess.ts';
import { root } from '../../install.mjs';
import { startHost } from '../chat/host.mjs';

const never = new AbortController().signal;
const generalCode = join(root, 'models/general-code.jsonl');
const [prompts, writtenTokens] = [6, 128];
/** As the product trains, but in so few steps that it is done in seconds. */
const options = {
  rank: 16,
  alpha: 32,
  rankStabilized: true,
  rate: 1e-3,
  rateOfB: 1,
  passes: 1,
  batchSize: 4,
  seed: 1,
  reach: 0,
  contextWeight: 0.1,
};

/** Goes on with some real files, greedily; the first one tells what the first prompt costs. */
export async function write({ path, gpu }) {
  const { replay } = await readGeneralCode(generalCode);
  const startMs = performance.now();
  return withModel({ path, gpu }, async (host) => {
    const loadMs = performance.now() - startMs;
    const answers = [];
    for (const { prefix } of replay.filter((each) => each.prefix.length > 600).slice(0, prompts))
      answers.push(
        await host.write({ prompt: [{ text: prefix.slice(-1_200) }], maxTokens: writtenTokens, room: 'short' }),
      );
    const sum = (of) => answers.slice(1).reduce((total, { stats }) => total + of(stats), 0);
    return {
      device: host.model.device,
      loadMs,
      firstMs: answers[0].stats.prefillMs,
      prefill:
        (1_000 * sum(({ promptTokens, reusedTokens }) => promptTokens - reusedTokens)) /
        sum(({ prefillMs }) => prefillMs),
      decode: (1_000 * sum(({ generatedTokens }) => generatedTokens - 1)) / sum(({ decodeMs }) => decodeMs),
      texts: answers.map(({ text }) => text),
    };
  });
}

/** Writes the samples that a training on general code would have, as this model encodes them. Resolves to their file. */
export async function samplesOf({ path, folder, every }) {
  return withModel({ path, gpu: 'off' }, async ({ model, encode }) => {
    const encoder = {
      layOut: (place, contextTokens) => promptAt(place, model, contextTokens),
      encode,
      end: model.fimEnd,
      contextTokens: model.contextSize,
    };
    const { replay } = await readGeneralCode(generalCode);
    const places = await fitting(
      replay.filter((_, at) => at % every === 0),
      encoder,
      never,
    );
    const part = (split, some) =>
      encoded(
        some.map(({ place }) => ({ place, weight: 1, split, kind: 'replay' })),
        encoder,
        never,
      );
    const train = await part('train', places);
    const validation = await part(
      'validation',
      places.filter((_, at) => at % 4 === 0),
    );
    const samplesPath = join(folder, 'samples.jsonl');
    await writeSamples(samplesPath, { samples: [...train.samples, ...validation.samples], pairs: [] });
    return samplesPath;
  });
}

/** Trains once. Learns by heart: what it is measured with is among what it was trained on. */
export async function learn({ path, gpu, samplesPath, folder }) {
  const rates = [];
  const order = {
    order: 'train',
    modelPath: path,
    samplesPath,
    folder,
    below: [],
    gpu,
    cores: 8,
    maxBytes: 16e9,
    options,
  };
  const onMessage = (message) => void (message.kind === 'step' && rates.push([performance.now(), message]));
  const trainer = startTrainer({ entry: join(root, 'dist/trainer.js'), order, onMessage, log: silentLogger });
  const end = await trainer.ended;
  if (end.kind !== 'done') throw new Error(`The training ended with ${JSON.stringify(end)}`);
  const { seconds, tokens, steps, device, validation } = end.summary;
  const span = (rates.at(-1)[0] - rates[0][0]) / 1_000;
  return { device, seconds, tokens, validation, tokensPerSecond: (tokens * (steps - 1)) / steps / span };
}

async function withModel({ path, gpu }, work) {
  const host = await startHost({ path, threads: 0, gpu, fimFormats: fimFormats.map(lookUpOf) });
  try {
    return await work(host);
  } finally {
    await host.stop();
  }
}
