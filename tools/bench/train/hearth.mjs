import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { root } from '../../install.mjs';
import { peakBytesOf } from '../processes.mjs';

const memoryShare = 0.8;
const pollMs = 200;

/**
 * A training by the process that the product starts, from its start to its end.
 *
 * @param {{modelPath: string, samples: object[], options: object, cores: number}} order
 * @returns {Promise<{seconds: number, stepSeconds: number[], lanes: number, plannedBytes: number, peakBytes: number, validation?: object}>}
 *   `stepSeconds` begin when the model is loaded
 */
export async function trainWithHearth(product, { modelPath, samples, options, cores }) {
  const folder = mkdtempSync(join(tmpdir(), 'hearth-bench-'));
  const samplesPath = join(folder, 'samples.jsonl');
  await product.writeSamples(samplesPath, { samples, pairs: [] });
  const startMs = performance.now();
  const timesMs = [];
  let ready;
  const trainer = product.startTrainer({
    entry: join(root, 'dist/trainer.js'),
    order: {
      order: 'train',
      modelPath,
      samplesPath,
      folder: join(folder, 'training'),
      below: [],
      gpu: 'off',
      cores,
      maxBytes: Math.floor(totalmem() * memoryShare),
      options,
    },
    onMessage(message) {
      if (message.kind === 'ready') ready = message;
      if (['ready', 'step'].includes(message.kind)) timesMs.push(performance.now());
    },
    log: { ...product.silentLogger, info: (text) => console.error(text) },
  });
  // Not the summary's: what the system counts there begins with the size of the process that started it.
  let peakBytes = 0;
  const poll = setInterval(() => (peakBytes = peakBytesOf(trainer.pid) ?? peakBytes), pollMs);
  try {
    const end = await trainer.ended;
    if (end.kind !== 'done') throw new Error(`The trainer ended: ${JSON.stringify(end)}`);
    return {
      seconds: (performance.now() - startMs) / 1_000,
      stepSeconds: timesMs.slice(1).map((timeMs, at) => (timeMs - timesMs[at]) / 1_000),
      lanes: ready.lanes,
      plannedBytes: ready.bytes,
      peakBytes,
      validation: end.summary.validation,
    };
  } finally {
    clearInterval(poll);
    await trainer[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The samples of each step, as the trainer will put them together. */
export function batchesFor(product, samples, { batchSize, seed, passes }) {
  const lengths = samples.map(({ tokens }) => tokens.length - 1);
  return Array.from({ length: passes }, (_, pass) => product.batchesOf(lengths, batchSize, seed, pass))
    .flat()
    .map((batch) => batch.map((at) => samples[at]));
}
