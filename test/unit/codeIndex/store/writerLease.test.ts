import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { silentLogger } from '../../../../src/base/logger.ts';
import { holdWriterLease, type LeaseOptions } from '../../../../src/codeIndex/store/writerLease.ts';
import { scratch } from './storeFixture.ts';

/** Long enough for a machine that is busy with other things. */
const beatMs = 150;

const hold = (location: string, more: Partial<LeaseOptions> = {}) =>
  holdWriterLease({ location, signal: new AbortController().signal, log: silentLogger, beatMs, ...more });

describe('the lease of a store that several machines write', () => {
  it('is held by one at a time, however many ask at once', async () => {
    using place = scratch();
    let holders = 0;
    const take = async () => {
      await using _ = await hold(place.location);
      assert.equal(++holders, 1);
      await setTimeout(10);
      holders--;
    };
    await Promise.all([take(), take(), take()]);
    assert.equal(existsSync(place.location), false, 'it lies beside the store');
  });

  it('outlives its beat: nobody takes it from a holder that lives', async () => {
    using place = scratch();
    await using lease = await hold(place.location);
    const said: string[] = [];
    const log = { ...silentLogger, info: (line: string) => void said.push(line) };
    await assert.rejects(hold(place.location, { signal: AbortSignal.timeout(8 * beatMs), log }));
    assert.equal(lease.lost.aborted, false);
    assert.deepEqual(said, [`Another indexer writes ${place.location}; waiting until it is done.`]);
  });

  it('passes from a dead holder to the next, and the dead one hears of it when it wakes', async () => {
    using place = scratch();
    // Its heart beats once an hour: for the others it is dead.
    await using sleeping = await hold(place.location, { beatMs: 3_600_000 });
    await using next = await hold(place.location);
    assert.equal(next.lost.aborted, false);
    await sleeping[Symbol.asyncDispose]();
    await setTimeout(2 * beatMs);
    assert.equal(next.lost.aborted, false, 'what the dead one gives back is not its own any more');
  });

  it('is lost by a holder from whom it was taken', async () => {
    using place = scratch();
    await using slow = await hold(place.location, { beatMs: 10 * beatMs });
    await using next = await hold(place.location);
    await new Promise<void>((done) => slow.lost.addEventListener('abort', () => done()));
    assert.equal(next.lost.aborted, false);
  });
});
