import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { Lane } from '../../../../src/codeIndex/indexer/lane.ts';

const never = new AbortController().signal;

describe('a lane', () => {
  it('runs one job at a time, urgent ones before others, each in the order they came', async () => {
    const lane = new Lane();
    const order: string[] = [];
    let running = 0;
    const job = (name: string, urgent: boolean) =>
      lane.run(
        async () => {
          assert.equal(++running, 1);
          order.push(name);
          await setImmediate();
          running--;
        },
        urgent,
        never,
      );
    await Promise.all([job('a', false), job('b', false), job('c', false), job('U', true), job('V', true)]);
    assert.deepEqual(order, ['a', 'U', 'V', 'b', 'c']);
    await job('d', false);
    assert.equal(order.at(-1), 'd');
  });

  it('goes on after a job that failed or was given up', async () => {
    const lane = new Lane();
    const abort = new AbortController();
    const failing = lane.run(() => Promise.reject(new Error('no')), false, never);
    const givenUp = lane.run(() => Promise.resolve('never'), false, abort.signal);
    abort.abort();
    await assert.rejects(failing, /no/);
    await assert.rejects(givenUp, { name: 'AbortError' });
    assert.equal(await lane.run(() => Promise.resolve('next'), false, never), 'next');
  });
});
