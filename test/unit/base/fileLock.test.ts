import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { tryLock } from '../../../src/base/fileLock.ts';
import { temporaryFolder } from '../inference/models/temporaryFolder.ts';

/** What another holder would have written. */
function foreign(pid: number, host = hostname()): string {
  return JSON.stringify({ pid, host, token: 'theirs' });
}

describe('tryLock', () => {
  const folder = temporaryFolder();
  const path = () => join(folder(), 'file.lock');

  it('lets one in at a time', async () => {
    const taken = await Promise.all([1, 2, 3].map(() => tryLock(path())));
    const [lock, ...others] = taken.filter((each) => each !== undefined);
    assert.deepEqual(others, []);
    await lock?.release();
    assert.deepEqual(await readdir(folder()), []);
    await (await tryLock(path()))?.release();
  });

  it('takes over from a process that is gone, but not from one on another machine', async () => {
    const gone = Number(execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }));
    await writeFile(path(), foreign(gone, 'elsewhere'));
    assert.equal(await tryLock(path()), undefined);
    await writeFile(path(), foreign(gone));
    const lock = await tryLock(path());
    assert.deepEqual(await readdir(folder()), ['file.lock']);
    await lock?.release();
    assert.deepEqual(await readdir(folder()), []);
  });

  it('takes over when the heart has stopped for more than a minute', async () => {
    await writeFile(path(), foreign(process.pid, 'elsewhere'));
    const beat = new Date(Date.now() - 61_000);
    await utimes(path(), beat, beat);
    const lock = await tryLock(path());
    assert.ok(lock);
    await lock.release();
  });

  it('respects a lock that is still being written', async () => {
    await writeFile(path(), '');
    assert.equal(await tryLock(path()), undefined);
  });

  it('hears that somebody else has taken over', async () => {
    const lock = await tryLock(path(), { heartbeatMs: 5 });
    assert.ok(lock);
    await setTimeout(20);
    assert.equal(lock.lost.aborted, false);
    await writeFile(path(), foreign(1));
    if (!lock.lost.aborted) await once(lock.lost, 'abort', { signal: AbortSignal.timeout(1000) });
    await lock.release();
  });

  it('does not release what somebody else has taken over', async () => {
    const lock = await tryLock(path());
    await writeFile(path(), foreign(1));
    await lock?.release();
    assert.equal(await readFile(path(), 'utf8'), foreign(1));
  });
});
