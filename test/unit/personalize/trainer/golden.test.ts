import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { adamWStep, initialState } from '../../../../src/personalize/trainer/adamW.ts';
import { architectures } from '../../../../src/personalize/trainer/architectures.ts';
import { groupsOf, LoraGradients, LoraParameters } from '../../../../src/personalize/trainer/loraParameters.ts';
import { preference, sumOf, supervised } from '../../../../src/personalize/trainer/objective.ts';
import { Pass } from '../../../../src/personalize/trainer/pass.ts';
import { pairOf, sequenceOf } from '../../../../src/personalize/trainer/sequence.ts';
import { type Factors, factorsOf, madeUpParameters, relativeError, TinyTrainer, tinyShape } from './tinyTrainer.ts';

type PackedFactors = Readonly<Record<string, { readonly a: string; readonly b: string }>>;

/** What `fixtures/make.py` writes: see there. */
interface Golden {
  readonly supervised: {
    readonly tokens: number[];
    readonly from: number;
    readonly weights: number[];
    readonly logs: number[];
    readonly gradients: PackedFactors;
  };
  readonly preference: {
    readonly prompt: number[];
    readonly chosen: number[];
    readonly rejected: number[];
    readonly beta: number;
    readonly sums: [number, number];
    readonly base: [number, number];
    readonly loss: number;
    readonly gradients: PackedFactors;
  };
  readonly steps: { readonly losses: number[]; readonly norms: number[]; readonly parameters: PackedFactors };
}

const golden: Readonly<Record<string, Golden>> = JSON.parse(
  readFileSync(join(import.meta.dirname, 'fixtures/golden.json'), 'utf8'),
);
/**
 * PyTorch computed in 64 bits, the trainer in 32: each of some twenty operations in a row is good to 6e-8, so sums of
 * thousands of them are good to about 1e-6. A wrong term in a gradient shows as 1e-2 and more.
 */
const tolerance = 2e-5;

for (const { name: family } of architectures)
  describe(`the trainer's arithmetic against PyTorch and PEFT: ${family}`, () => {
    let tiny: TinyTrainer;
    let adapter: LoraParameters;
    let gradients: LoraGradients;
    let pass: Pass;
    const expected = golden[family];
    assert(expected);

    before(async () => {
      tiny = await TinyTrainer.of(family);
      adapter = new LoraParameters(tiny.device, tiny.model.shape, tinyShape);
      gradients = new LoraGradients(tiny.device, adapter);
      pass = new Pass(tiny.device, { model: tiny.model, adapters: [gradients.lora], reach: Infinity, between: goOn });
    });
    beforeEach(() => {
      adapter.set(madeUpParameters(adapter.lora.places, adapter.length));
      gradients.clear();
    });
    after(() => {
      pass[Symbol.dispose]();
      gradients[Symbol.dispose]();
      adapter[Symbol.dispose]();
      tiny[Symbol.dispose]();
    });

    it('gives each token the same probability, and a weighted text the same gradients', async () => {
      const { tokens, from, weights, logs, gradients: slopes } = expected.supervised;
      const sequence = sequenceOf({ tokens, from });
      const own = await pass.learn(sequence, (each) => supervised(each, Float32Array.from(weights)).weights);
      assert.ok(relativeError(own, logs) < tolerance);
      assert.deepEqual(await pass.score(sequence), own);
      assertSame(factorsOf(adapter.lora.places, gradients.read()), slopes);
    });

    it('gives a pair the same loss and gradients as direct preference optimisation', async () => {
      const { prompt, chosen, rejected, beta, sums, base, loss, gradients: slopes } = expected.preference;
      const sequence = pairOf(prompt, chosen, rejected);
      const [first, second] = sequence.parts;
      assert(first && second);
      adapter.set(new Float32Array(adapter.length));
      const bare = await pass.score(sequence);
      const reference = { chosen: sumOf(bare, first), rejected: sumOf(bare, second) };
      assert.ok(relativeError([reference.chosen, reference.rejected], base) < tolerance);
      adapter.set(madeUpParameters(adapter.lora.places, adapter.length));
      let ownLoss = Number.NaN;
      const logs = await pass.learn(sequence, (each) => {
        const lesson = preference(each, sequence, reference, { beta, chosen: 0 });
        ownLoss = lesson.loss;
        return lesson.weights;
      });
      assert.ok(relativeError([sumOf(logs, first), sumOf(logs, second)], sums) < tolerance);
      assert.ok(Math.abs(ownLoss / loss - 1) < tolerance);
      assertSame(factorsOf(adapter.lora.places, gradients.read()), slopes);
    });

    it('takes the same steps of AdamW, with clipping and decay', async () => {
      const { tokens, from } = expected.supervised;
      const { losses, norms, parameters: ended } = expected.steps;
      const sequence = sequenceOf({ tokens, from });
      const groups = groupsOf(adapter.lora.places, tinyShape.rank, 1);
      const options = { beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: 0.01, clipNorm: 1 };
      const parameters = madeUpParameters(adapter.lora.places, adapter.length);
      let state = initialState(adapter.length);
      for (const [step, loss] of losses.entries()) {
        adapter.set(parameters);
        gradients.clear();
        const each = new Float32Array(sequence.targets.length).fill(1 / sequence.targets.length);
        const logs = await pass.learn(sequence, () => each);
        assert.ok(Math.abs(supervised(logs, each).loss / loss - 1) < tolerance, `loss at step ${step}`);
        const taken = adamWStep(parameters, gradients.read(), state, groups, 2e-3, options);
        assert.ok(Math.abs(taken.norm / (norms[step] ?? 0) - 1) < tolerance, `norm at step ${step}`);
        state = taken.state;
      }
      assertSame(factorsOf(adapter.lora.places, parameters), ended);
    });
  });

async function goOn(): Promise<void> {}

function assertSame(own: Factors, packed: PackedFactors): void {
  assert.deepEqual([...own.keys()].toSorted(), Object.keys(packed).toSorted());
  for (const [name, { a, b }] of own) {
    assert.ok(relativeError(a, floats(packed[name]?.a)) < tolerance, `${name}: A`);
    assert.ok(relativeError(b, floats(packed[name]?.b)) < tolerance, `${name}: B`);
  }
}

function floats(base64 = ''): Float32Array {
  return new Float32Array(new Uint8Array(Buffer.from(base64, 'base64')).buffer);
}
