import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { batchesOf } from '../../../../src/personalize/trainer/batches.ts';
import { shares } from '../../../../src/personalize/trainer/lanes.ts';
import { rateAt } from '../../../../src/personalize/trainer/learningRate.ts';

const lengths = fc.array(fc.integer({ min: 1, max: 2_048 }), { minLength: 1, maxLength: 200 });

describe('batches of a pass', () => {
  it('hold every sample once, in any order of passes', () =>
    fc.assert(
      fc.property(lengths, fc.integer({ min: 1, max: 16 }), fc.nat(), fc.nat({ max: 9 }), (all, size, seed, pass) => {
        const batches = batchesOf(all, size, seed, pass);
        assert.deepEqual(
          batches.flat().toSorted((a, b) => a - b),
          [...all.keys()],
        );
        assert.ok(batches.every((batch) => batch.length >= 1 && batch.length <= size));
        assert.equal(batches.length, Math.ceil(all.length / size));
        assert.deepEqual(batchesOf(all, size, seed, pass), batches);
      }),
    ));

  it('differ from pass to pass, and hold samples of like length', () => {
    const all = Array.from({ length: 400 }, (_, at) => ((at * 7_919) % 1_000) + 1);
    assert.notDeepEqual(batchesOf(all, 8, 1, 0), batchesOf(all, 8, 1, 1));
    const spread = (batch: readonly number[]) => {
      const own = batch.map((at) => all[at] ?? 0);
      return Math.max(...own) - Math.min(...own);
    };
    const mean = batchesOf(all, 8, 1, 0).reduce((sum, batch) => sum + spread(batch), 0) / 50;
    assert.ok(mean < 400, `${mean}: eight of any length would be 780 apart`);
  });
});

describe('shares of the lanes', () => {
  it('hold every piece once, and none has much more than another', () =>
    fc.assert(
      fc.property(lengths, fc.integer({ min: 1, max: 8 }), (sizes, count) => {
        const plan = shares(sizes, count);
        assert.equal(plan.length, count);
        assert.deepEqual(
          plan.flat().toSorted((a, b) => a - b),
          [...sizes.keys()],
        );
        const loads = plan.map((pieces) => pieces.reduce((sum, at) => sum + (sizes[at] ?? 0), 0));
        assert.ok(Math.max(...loads) - Math.min(...loads) <= Math.max(...sizes));
      }),
    ));
});

describe('the learning rate', () => {
  const options = { peak: 1e-3, warmUp: 0.1, final: 0.1 };

  it('rises to its peak, falls from there, and ends above nothing', () => {
    const rates = Array.from({ length: 100 }, (_, step) => rateAt(step, 100, options));
    const top = rates.indexOf(Math.max(...rates));
    assert.ok(Math.abs((rates[top] ?? 0) - 1e-3) < 1e-9);
    assert.ok(top >= 9 && top <= 10);
    for (let at = 1; at < 100; at++)
      assert.ok(at <= top ? (rates[at] ?? 0) >= (rates[at - 1] ?? 0) : (rates[at] ?? 0) <= (rates[at - 1] ?? 0));
    assert.ok((rates.at(-1) ?? 0) > 0.99e-4 && (rates.at(-1) ?? 1) < 1.1e-4);
  });

  it('is positive and no higher than its peak, however few steps there are', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), (steps) => {
        for (let step = 0; step < steps; step++) {
          const rate = rateAt(step, steps, options);
          assert.ok(rate > 0 && rate <= 1e-3 + 1e-12);
        }
      }),
    ));
});
