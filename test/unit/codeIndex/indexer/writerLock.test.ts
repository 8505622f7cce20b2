import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { holdWriterLock, tryWriterLock } from '../../../../src/codeIndex/indexer/writerLock.ts';
import { temporaryFolder } from '../../inference/models/temporaryFolder.ts';

describe('the right to write an index', () => {
  const folder = temporaryFolder();

  it('is one window’s, and the next one’s when that is gone', async () => {
    const first = await tryWriterLock(folder());
    assert.ok(first);
    assert.equal(await tryWriterLock(folder()), undefined);
    let second = false;
    const waiting = holdWriterLock(folder(), new AbortController().signal, 5).then((lock) => ((second = true), lock));
    await setTimeout(20);
    assert.equal(second, false);
    await first.release();
    await (await waiting).release();
  });

  it('need not be waited for', async () => {
    const first = await tryWriterLock(folder());
    const waiting = holdWriterLock(folder(), AbortSignal.timeout(10), 5);
    await assert.rejects(waiting, { name: 'TimeoutError' });
    await first?.release();
  });
});
