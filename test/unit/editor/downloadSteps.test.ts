import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { downloadStep } from '../../../src/editor/downloadSteps.ts';
import { inEnglish } from '../../../src/protocol/problems.ts';

const at = (receivedBytes: number, totalBytes: number, shownPercent = 0) =>
  downloadStep({ id: 'a', receivedBytes, totalBytes, bytesPerSecond: 12.4e6 }, shownPercent, inEnglish);

describe('downloadStep', () => {
  it('tells percent, size and rate', () => {
    assert.deepEqual(at(0.4e9, 1e9, 30), { percent: 40, increment: 10, message: '40 % of 1.0 GB, 12.4 MB/s' });
  });

  it('starts where a resumed download stands', () => assert.equal(at(0.9e9, 1e9).increment, 90));

  it('stands still without a size', () => assert.equal(at(5, 0).percent, 0));

  it('never goes back, never past the end, and its increments add up to what it shows', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(2000), fc.nat(1000))), (steps) => {
        let shown = 0;
        let sum = 0;
        for (const [received, total] of steps) {
          const step = at(received, total, shown);
          assert.ok(step.increment >= 0 && step.percent <= 100);
          sum += step.increment;
          shown = step.percent;
        }
        assert.ok(Math.abs(sum - shown) < 1e-6);
      }),
    );
  });
});
