import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deleteIndex } from '../../../../src/codeIndex/store/setAside.ts';
import { openStore } from '../../../../src/codeIndex/store/openStore.ts';
import { blobOf, change, found, optionsFor, scratch } from './storeFixture.ts';

const forever = new AbortController().signal;
const name = `Zz${randomBytes(12).toString('hex')}`;
const path = `private/${randomBytes(12).toString('hex')}.ts`;
const words = Array.from({ length: 4 }, () => randomBytes(16).toString('hex'));
const content = `${name} ${words.join(' ')}`;
/** Texts are compressed on the disk; names, paths, contents' hashes and vectors are not, and stand for their row. */
const traces = [name, name.toLowerCase(), path, blobOf(content)];

const others = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`f${at}.ts`, `word${at} of others`]));

describe('a deleted file', () => {
  it('is on the disk before, and nowhere after the housekeeping', async () => {
    using place = scratch();
    const { store } = await openStore(optionsFor(place.location));
    await using _ = store;
    await store.apply(change({ ...others, [path]: content }));
    await store.tidy(forever);
    assert.deepEqual(tracesBelow(place.path), traces, 'they would be found if they were there');
    const tables = tablesIn(place.location);

    await store.apply(change({}, { removed: [path] }));
    assert.deepEqual(await store.byTerms([name.toLowerCase(), ...words], 5), [], 'it is not found from now on');
    assert(tracesBelow(place.path).length > 0, 'the files of the store still have it');

    await store.tidy(forever);
    assert.deepEqual(tracesBelow(place.path), []);
    assert(
      tablesIn(place.location).every((table) => !tables.includes(table)),
      'no data file and no index of that time is left, so neither are its compressed words',
    );
    assert.equal(store.files.size, 30);
    assert.deepEqual(found(await store.byTerms(['word7'], 5)), ['f7.ts:word7 of others']);
  });

  it('goes also when the process ended between its deletion and the housekeeping', async () => {
    using place = scratch();
    {
      const { store } = await openStore(optionsFor(place.location));
      await using _ = store;
      await store.apply(change({ ...others, [path]: content }));
      await store.apply(change({}, { removed: [path] }));
    }
    const { store } = await openStore(optionsFor(place.location));
    await using _ = store;
    await store.tidy(forever);
    assert.deepEqual(tracesBelow(place.path), []);
  });

  it('keeps what was changed while the housekeeping was under way', async () => {
    using place = scratch();
    const { store } = await openStore(optionsFor(place.location));
    await using _ = store;
    await store.apply(change({ ...others, [path]: content }));
    await store.apply(change({}, { removed: [path] }));
    const tidied = store.tidy(forever);
    await Promise.all([
      store.apply(change({ 'new.ts': 'brandnew file' })),
      store.apply(change({ 'f3.ts': 'word3 again' })),
      store.apply(change({}, { removed: ['f4.ts'], orphans: 'park' })),
    ]);
    await tidied;
    await store.apply(change({ 'f4.ts': 'word4 of others' }, { chunks: [] }));
    assert.deepEqual(found(await store.byTerms(['brandnew', 'word3', 'word4'], 9)), [
      'f3.ts:word3 again',
      'f4.ts:word4 of others',
      'new.ts:brandnew file',
    ]);
    assert.equal(store.chunkCount, 31);
  });

  it('goes with the next housekeeping when it is deleted during one', async () => {
    using place = scratch();
    const { store } = await openStore(optionsFor(place.location));
    await using _ = store;
    await store.apply(change({ ...others, [path]: content }));
    await store.apply(change({}, { removed: ['f1.ts'] }));
    const tidied = store.tidy(forever);
    // Until the copy has begun.
    while (tablesIn(place.location).length === 1) await new Promise(setImmediate);
    await store.apply(change({}, { removed: [path] }));
    await tidied;
    assert.deepEqual(found(await store.byTerms([name.toLowerCase()], 5)), []);
    await store.tidy(forever);
    assert.deepEqual(tracesBelow(place.path), []);
  });

  it('goes with the whole index', async () => {
    using place = scratch();
    for (const chunkerVersion of ['1', '2']) {
      const { store } = await openStore(optionsFor(place.location, { chunkerVersion }));
      await using _ = store;
      await store.apply(change({ [path]: content }));
    }
    await deleteIndex(place.location);
    assert.deepEqual(readdirSync(place.path), []);
  });
});

function tracesBelow(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const bytes = files.map((file) => readFileSync(join(file.parentPath, file.name)));
  return traces.filter((trace) => bytes.some((each) => each.includes(trace)));
}

function tablesIn(location: string): string[] {
  return readdirSync(location).filter((table) => table.startsWith('chunks-'));
}
