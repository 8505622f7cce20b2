import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { crashWindowMs, maxCrashes, recentCrashes } from '../../../src/editor/crashes.ts';

/** How many crashes, `gapMs` apart, it takes until the engine stays down; undefined when it never does. */
function crashesUntilDown(gapMs: number): number | undefined {
  let times: readonly number[] = [];
  for (let crash = 1; crash <= 50; crash++) {
    const nowMs = crash * gapMs;
    times = recentCrashes([...times, nowMs], nowMs);
    if (times.length >= maxCrashes) return crash;
  }
  return undefined;
}

describe('recentCrashes', () => {
  it('lets the fifth crash within three minutes be the last', () => {
    assert.equal(crashesUntilDown(0), 5);
    assert.equal(crashesUntilDown(30_000), 5);
  });

  it('never stays down when crashes are rare', () => {
    assert.equal(crashesUntilDown(60_000), undefined);
  });

  it('keeps exactly the crashes inside the window, in their order', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(2 * crashWindowMs)), (times) => {
        const nowMs = 2 * crashWindowMs;
        const kept = recentCrashes(times, nowMs);
        assert.deepEqual(
          kept,
          times.filter((time) => time > crashWindowMs),
        );
      }),
    );
  });
});
