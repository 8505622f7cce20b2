import assert from 'node:assert/strict';
import { trainOptionsFor } from '../../../../src/personalize/training/trainOptions.ts';

const starter = 13e6;
const passes = (samples: number) => trainOptionsFor({ parameters: starter, samples }, 1).passes;
const rate = (parameters: number) => trainOptionsFor({ parameters, samples: 500 }, 1).rate;

describe('training options', () => {
  it('go over little more often, and over much once', () => {
    assert.deepEqual([60, 130, 240, 450, 5_000].map(passes), [3, 3, 2, 1, 1]);
  });

  it('take smaller steps with larger models', () => {
    assert.equal(rate(1e6), rate(starter));
    assert.ok(rate(0.5e9) < rate(starter) && rate(7e9) < rate(0.5e9));
    assert.ok(rate(7e9) > 2e-4 && rate(7e9) < 8e-4, `${rate(7e9)}`);
  });
});
