import assert from 'node:assert/strict';
import { join } from 'node:path';
import { Lanes } from '../../../../src/personalize/trainer/lanes.ts';
import { lossOf, type TextSample, textTasks } from '../../../../src/personalize/trainer/lessons.ts';
import { groupsOf, initialParameters, layoutOf } from '../../../../src/personalize/trainer/loraParameters.ts';
import { randomFrom } from '../../../../src/base/random.ts';
import { beginning, train, type TrainingOptions } from '../../../../src/personalize/trainer/training.ts';
import { readState, type TrainingState, writeState } from '../../../../src/personalize/trainer/trainingState.ts';
import { TinyTrainer, tinyShape } from './tinyTrainer.ts';

const options: TrainingOptions = {
  passes: 12,
  batchSize: 4,
  rate: { peak: 2e-2, warmUp: 0.1, final: 0.1 },
  seed: 1,
  validationsPerPass: 1,
  patience: 100,
};

describe('a training', () => {
  let tiny: TinyTrainer;
  before(async () => (tiny = await TinyTrainer.of('qwen3')));
  after(() => tiny[Symbol.dispose]());

  const lanes = (count: number, reach = Number.POSITIVE_INFINITY) =>
    new Lanes({
      ggml: tiny.ggml,
      device: tiny.cpu,
      model: tiny.model,
      shape: tinyShape,
      below: [],
      reach,
      between: goOn,
      count,
    });
  const begin = () =>
    beginning(initialParameters(layoutOf(tiny.model.shape, tinyShape), tinyShape.rank, randomFrom(3)));
  const run = async (
    count: number,
    from: TrainingState,
    change: Partial<TrainingOptions> = {},
    onStep: (state: TrainingState) => Promise<void> = goOn,
    reach?: number,
  ): Promise<TrainingState> => {
    using own = lanes(count, reach);
    const groups = groupsOf(layoutOf(tiny.model.shape, tinyShape).places, tinyShape.rank, 1);
    const tasks = textTasks(samples, { weight: 0, tokens: 0 });
    const validate = () => lossOf(own, validation);
    return await train({ lanes: own, tasks, groups, validate, onStep }, { ...options, ...change }, from);
  };

  it('learns what it is shown, and what follows the same rule', async () => {
    const state = await run(2, begin());
    const [first = 0] = state.history.losses;
    const last = state.history.losses.at(-1) ?? Number.NaN;
    assert.ok(last < first / 3, `${first} -> ${last}`);
    assert.ok((state.best?.loss ?? Number.NaN) < (state.history.validation[0]?.loss ?? 0) / 2);
  });

  it('learns nearly as well when gradients reach only the end of a text', async () => {
    const state = await run(2, begin(), {}, goOn, 4);
    const last = state.history.losses.at(-1) ?? Number.NaN;
    assert.ok(last < (state.history.losses[0] ?? 0) / 2, String(last));
  });

  it('is the same for the same seed, to the last bit', async () => {
    const [one, other] = [await run(2, begin(), { passes: 2 }), await run(2, begin(), { passes: 2 })];
    assert.deepEqual(one.parameters, other.parameters);
    const another = await run(2, begin(), { passes: 2, seed: 2 });
    assert.notDeepEqual(another.parameters, one.parameters);
  });

  it('comes to the same with another number of lanes, up to rounding', async () => {
    const [one, three] = [await run(1, begin(), { passes: 1 }), await run(3, begin(), { passes: 1 })];
    for (const [at, loss] of one.history.losses.entries())
      assert.ok(Math.abs(loss / (three.history.losses[at] ?? 0) - 1) < 1e-3);
  });

  it('goes on from a state that was written as if it had never stopped', async () => {
    const path = join(tiny.folder, 'state.safetensors');
    const whole = await run(2, begin(), { passes: 3 });
    const interrupted = run(2, begin(), { passes: 3 }, async (state) => {
      if (state.optimizer.step !== 4) return;
      await writeState(path, 'this training', state);
      throw new Error('killed');
    });
    await assert.rejects(interrupted, /killed/);
    assert.equal(await readState(path, 'another training'), undefined);
    const state = await readState(path, 'this training');
    assert(state);
    assert.equal(state.optimizer.step, 4);
    const rest = await run(2, state, { passes: 3 });
    assert.deepEqual(rest.parameters, whole.parameters);
    assert.deepEqual(rest.history, whole.history);
    assert.deepEqual(rest.best, whole.best);
  });

  it('ends when validation has not become better for a while, and keeps the best', async () => {
    const state = await run(2, begin(), { rate: { peak: 3, warmUp: 0.01, final: 1 }, patience: 2, passes: 40 });
    const worse = state.history.validation.filter(({ step }) => step > (state.best?.step ?? 0));
    assert.equal(worse.length, 2);
    assert.equal(state.best?.loss, Math.min(...state.history.validation.map(({ loss }) => loss)));
    assert.ok(state.optimizer.step < 40 * 6);
  });
});

async function goOn(): Promise<void> {}

/** Texts that count upwards: easy to learn, and to learn the rule of. */
const counting = (start: number, step: number): TextSample => ({
  tokens: Array.from({ length: 16 }, (_, at) => (start + at * step) % 96),
  from: 6,
  markers: [],
  weight: 1,
});
const samples = Array.from({ length: 24 }, (_, at) => counting(at * 4, 3));
const validation = Array.from({ length: 6 }, (_, at) => counting(at * 4 + 2, 3));
