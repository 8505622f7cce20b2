import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { openStore } from '../../../../src/codeIndex/store/openStore.ts';
import { DiskFull, isDiskFull, isPassing } from '../../../../src/codeIndex/store/storeFaults.ts';
import { found, optionsFor, scratch } from './storeFixture.ts';

/** In blocks of 512 bytes. A system that is asked for more says EFBIG, and none of the tests needs a small disk. */
const maxFileBlocks = 1_000;

describe('a disk that is full', () => {
  it('refuses the change and keeps what was there', async function () {
    if (process.platform === 'win32') this.skip();
    this.timeout(20_000);
    using place = scratch();
    const script = join(import.meta.dirname, 'smallDisk.ts');
    const limited = `trap '' XFSZ; ulimit -f ${maxFileBlocks}; exec "$0" "$@"`;
    const output = execFileSync('sh', ['-c', limited, process.execPath, script, place.location], { encoding: 'utf8' });
    assert.deepEqual(JSON.parse(output), {
      refusal: 'DiskFull',
      afterwards: ['small.ts:alpha one'],
      later: ['other.ts:alpha two', 'small.ts:alpha one'],
      files: ['small.ts', 'other.ts'],
    });
    const { store, rebuilt } = await openStore(optionsFor(place.location));
    await using _ = store;
    assert.equal(rebuilt, undefined);
    assert.deepEqual(found(await store.byTerms(['alpha', 'big'], 5)), ['other.ts:alpha two', 'small.ts:alpha one']);
  });

  it('is told from a damaged store and from a network by what the system says', () => {
    for (const words of [
      'lance error: LanceError(IO): Generic LocalFileSystem error: Unable to copy data to file: No space left on device (os error 28)',
      'Disk quota exceeded (os error 122)',
      'There is not enough space on the disk. (os error 112)',
      'File too large (os error 27)',
    ])
      assert(isDiskFull(new Error(words)) && !isPassing(new Error(words)), words);
    assert(isDiskFull(new DiskFull('full')));
    assert(isDiskFull(Object.assign(new Error('mkdir failed'), { code: 'ENOSPC' })));
    for (const words of [
      'Too many open files (os error 24)',
      'error sending request for url',
      'Retryable commit conflict',
    ])
      assert(isPassing(new Error(words)) && !isDiskFull(new Error(words)), words);
    for (const path of ['store/chunks.lance/data/1.lance', 'home/me/connection-timeout/ENOSPC/1.lance']) {
      const damaged = new Error(`Not found: ${path}`);
      assert(!isPassing(damaged) && !isDiskFull(damaged), path);
    }
  });
});
