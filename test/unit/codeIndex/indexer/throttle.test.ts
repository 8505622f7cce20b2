import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { Throttle } from '../../../../src/codeIndex/indexer/throttle.ts';

describe('a throttle', () => {
  it('calls at once, then seldom, and never forgets the last', async () => {
    let calls = 0;
    using throttle = new Throttle(30, () => calls++);
    for (let turn = 0; turn < 10; turn++) throttle.fire();
    assert.equal(calls, 1);
    await setTimeout(50);
    assert.equal(calls, 2);
    await setTimeout(50);
    assert.equal(calls, 2);
    throttle.fire();
    assert.equal(calls, 3);
  });
});
