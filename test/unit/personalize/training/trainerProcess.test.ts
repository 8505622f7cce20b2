import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { silentLogger } from '../../../../src/base/logger.ts';
import { writeGguf } from '../../../../src/formats/gguf/ggufWriter.ts';
import { readLoraGguf } from '../../../../src/formats/gguf/loraGguf.ts';
import { type TrainingSample, writeSamples } from '../../../../src/personalize/dataset/sampleFile.ts';
import { writeTinyModel } from '../../../../src/personalize/trainer/tinyModel.ts';
import type { TrainerMessage, TrainOptions, TrainOrder } from '../../../../src/personalize/trainer/trainerProtocol.ts';
import { startTrainer, type TrainerProcess } from '../../../../src/personalize/training/trainerProcess.ts';

const entry = resolve('src/personalize/trainer/main.ts');
const options: TrainOptions = {
  rank: 8,
  alpha: 16,
  rankStabilized: true,
  rate: 2e-2,
  rateOfB: 2,
  passes: 6,
  batchSize: 4,
  seed: 7,
  reach: 0,
  contextWeight: 0.1,
};

/** Texts that count upwards by three, round and round. */
const counting = (first: number, split: TrainingSample['split']): TrainingSample => ({
  tokens: Array.from({ length: 24 }, (_, at) => (first + at * 3) % 20),
  from: 6,
  markers: [0],
  weight: 1,
  split,
  kind: 'accepted',
});

describe('the trainer as a process', function () {
  this.timeout(120_000);
  let folder: string;
  let model: string;
  let samplesPath: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hearth-trainer-'));
    model = join(folder, 'tiny.gguf');
    samplesPath = join(folder, 'samples.jsonl');
    await writeTinyModel(model, 'qwen2');
    const samples = Array.from({ length: 40 }, (_, at) => counting(at * 2, at % 5 === 0 ? 'validation' : 'train'));
    const pairs = [counting(1, 'train'), counting(50, 'train')].map(({ tokens }) => ({
      prompt: tokens.slice(0, 6),
      chosen: tokens.slice(6),
      rejected: [4, 4, 4, 4],
      weight: 1,
      split: 'train' as const,
    }));
    await writeSamples(samplesPath, { samples, pairs });
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const order = (name: string, change: Partial<TrainOrder> = {}): TrainOrder => ({
    order: 'train',
    modelPath: model,
    samplesPath,
    folder: join(folder, name),
    below: [],
    gpu: 'off',
    cores: 2,
    maxBytes: 2e9,
    options,
    ...change,
  });
  const adapterBytes = (name: string) => readFile(join(folder, name, 'adapter.gguf'));

  it('writes the adapter that was best, and says how it went', async () => {
    const messages: TrainerMessage[] = [];
    const end = await start(order('plain'), (message) => void messages.push(message)).ended;
    assert(end.kind === 'done', JSON.stringify(end));
    const { validation, steps, adapterPath, preferencePath } = end.summary;
    assert(validation && adapterPath !== undefined);
    assert.ok(validation.after < validation.before - 0.5, JSON.stringify(validation));
    assert.equal(steps, 48);
    assert.equal(preferencePath, undefined, 'nobody asked for a second stage');
    const { architecture, alpha, modules } = await readLoraGguf(adapterPath);
    assert.equal(architecture, 'qwen2');
    // rsLoRA: alpha / sqrt(rank), written as what llama.cpp divides by the rank.
    assert.ok(Math.abs(alpha - 16 * Math.sqrt(8)) < 1e-4);
    assert.equal(modules.size, 14);
    assert.equal(messages.filter(({ kind }) => kind === 'step').length, 48);
    assert.ok(messages.some(({ kind }) => kind === 'ready'));
  });

  it('goes on where it was killed, and comes to the same adapter', async () => {
    const whole = await adapterBytes('plain');
    for (let round = 0; round < 2; round++) {
      await rm(join(folder, 'killed'), { recursive: true, force: true });
      let isKilled = false;
      const killAt = 7 + round * 20;
      const trainer = start(order('killed'), (message, self) => {
        if (message.kind !== 'step' || message.step < killAt || isKilled) return;
        isKilled = true;
        process.kill(self.pid ?? 0, 'SIGKILL');
      });
      assert.deepEqual(await trainer.ended, { kind: 'died', how: 'SIGKILL' });
      const end = await start(order('killed')).ended;
      assert.equal(end.kind, 'done');
      assert.deepEqual(await adapterBytes('killed'), whole);
    }
  });

  it('begins anew when what it had learned was of other samples', async () => {
    const other = join(folder, 'other.jsonl');
    await writeSamples(other, { samples: [counting(3, 'train'), counting(8, 'validation')], pairs: [] });
    const steps: number[] = [];
    const end = await start(order('plain', { samplesPath: other }), (message) => {
      if (message.kind === 'ready') steps.push(message.step);
    }).ended;
    assert.equal(end.kind, 'done');
    assert.deepEqual(steps, [0]);
  });

  it('stops for a pause, and goes on after it', async () => {
    const heard: string[] = [];
    let stepsWhilePaused = 0;
    const end = await start(order('paused'), (message, trainer) => {
      heard.push(message.kind);
      if (message.kind === 'step' && message.step === 3) trainer.control('pause');
      if (message.kind === 'paused') {
        const before = heard.length;
        setTimeout(() => {
          stepsWhilePaused = heard.length - before;
          trainer.control('resume');
        }, 300);
      }
    }).ended;
    assert.equal(end.kind, 'done');
    assert.equal(stepsWhilePaused, 0);
    assert.deepEqual(
      heard.filter((kind) => kind === 'paused' || kind === 'resumed'),
      ['paused', 'resumed'],
    );
  });

  it('ends when it is cancelled, paused or not', async () => {
    for (const first of ['cancel', 'pause'] as const) {
      const end = await start(order(`cancelled-${first}`), (message, trainer) => {
        if (message.kind === 'step' && message.step === 2) trainer.control(first);
        if (message.kind === 'paused') trainer.control('cancel');
      }).ended;
      assert.deepEqual(end, { kind: 'cancelled' });
    }
  });

  it('learns preferences after texts', async () => {
    const preference = { beta: 0.5, chosen: 0.1, rate: 1e-2, passes: 6 };
    const losses: number[] = [];
    const end = await start(order('pairs', { options: { ...options, preference } }), (message) => {
      if (message.kind === 'step' && message.stage === 'preference') losses.push(message.loss);
    }).ended;
    assert(end.kind === 'done');
    assert.ok(end.summary.preferencePath !== undefined);
    assert.ok((losses.at(-1) ?? 9) < (losses[0] ?? 0), losses.join(' '));
  });

  it('says what it cannot do, in a way that can be told apart', async () => {
    const strange = join(folder, 'strange.gguf');
    await writeGguf(strange, { 'general.architecture': 'mamba' }, [
      { name: 'token_embd.weight', shape: [4], type: 'F32', values: new Float32Array(4) },
    ]);
    const broken = join(folder, 'broken.jsonl');
    await writeFile(broken, 'nonsense');
    const cases: readonly (readonly [Partial<TrainOrder>, string, RegExp])[] = [
      [{ modelPath: strange }, 'untrainable', /mamba/],
      [{ maxBytes: 1e6 }, 'memory', /MB needed, 1 MB free/],
      [{ samplesPath: broken }, 'samples', /Line 1/],
      [{ modelPath: join(folder, 'nowhere.gguf') }, 'other', /ENOENT/],
    ];
    for (const [change, fault, reason] of cases) {
      const end = await start(order('faulty', change)).ended;
      assert(end.kind === 'failed', JSON.stringify(end));
      assert.equal(end.fault, fault);
      assert.match(end.reason, reason);
    }
  });

  it('estimates within half a minute of nothing what takes seconds', async () => {
    const { samplesPath: _, folder: __, below: ___, ...rest } = order('none');
    const trainer = startTrainer({
      entry,
      order: { ...rest, order: 'estimate', tokens: 40 * 24, longestTokens: 24 },
      onMessage: ignore,
      log: silentLogger,
    });
    const end = await trainer.ended;
    assert(end.kind === 'estimate', JSON.stringify(end));
    assert.ok(end.seconds > 0 && end.seconds < 30 && end.bytes > 1e8 && end.bytes < 1e9, JSON.stringify(end));
  });
});

function start(
  order: TrainOrder,
  onMessage: (message: TrainerMessage, trainer: TrainerProcess) => void = ignore,
): TrainerProcess {
  const trainer: TrainerProcess = startTrainer({
    entry,
    order,
    onMessage: (message) => onMessage(message, trainer),
    log: silentLogger,
  });
  return trainer;
}

function ignore(): void {}
