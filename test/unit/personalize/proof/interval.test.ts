import assert from 'node:assert/strict';
import { changeInterval } from '../../../../src/personalize/proof/interval.ts';
import { changeOf, type LossPair } from '../../../../src/personalize/proof/loss.ts';
import { randomFrom } from '../../../../src/base/random.ts';

/** A world in which an adapter changes the loss by a known share; examples differ by far more than that. */
function world(count: number, change: number, seed: number): LossPair[] {
  const random = randomFrom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Array.from({ length: count }, () => {
    const tokens = 5 + Math.floor(random() * 20);
    const before = tokens * Math.exp(0.3 + 0.5 * normal());
    const after = before * (1 + change + 0.15 * normal());
    return { before: { nats: before, tokens }, after: { nats: after, tokens } };
  });
}

function width(pairs: readonly LossPair[]): number {
  const { low, high } = changeInterval(pairs, 1);
  return high - low;
}

describe('the interval of a change in loss', () => {
  it('holds the true change about nine times in ten', function () {
    this.timeout(30_000);
    for (const [count, change, least] of [
      [100, -0.08, 0.85],
      [20, -0.08, 0.8],
      [100, 0, 0.85],
    ] as const) {
      const worlds = 200;
      const inside = Array.from({ length: worlds }, (_, seed) => changeInterval(world(count, change, seed + 1), seed));
      const share = inside.filter(({ low, high }) => low <= change && change <= high).length / worlds;
      assert.ok(share >= least && share <= 0.96, `${share} of ${worlds} worlds with ${count} examples`);
    }
  });

  it('is around what was measured, narrower with more examples, and the same for a seed', () => {
    const few = world(30, -0.1, 5);
    const many = world(300, -0.1, 5);
    const { low, high } = changeInterval(few, 1);
    assert.ok(low < changeOf(few) && changeOf(few) < high);
    assert.ok(width(many) < width(few) / 2);
    assert.deepEqual(changeInterval(few, 1), { low, high });
    assert.notDeepEqual(changeInterval(few, 2), { low, high });
  });

  it('is nothing where nothing changes, and where nothing is measured', () => {
    const same = world(20, -0.1, 3).map(({ before }) => ({ before, after: before }));
    assert.deepEqual(changeInterval(same, 1), { low: 0, high: 0 });
    assert.deepEqual(changeInterval([], 1), { low: 0, high: 0 });
    assert.equal(changeOf([]), 0);
  });
});
