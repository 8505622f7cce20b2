import assert from 'node:assert/strict';
import { openReader } from '../../../../src/codeIndex/store/openReader.ts';
import { openStore } from '../../../../src/codeIndex/store/openStore.ts';
import { StoreAbsent } from '../../../../src/codeIndex/store/storeFaults.ts';
import { change, found, optionsFor, scratch } from './storeFixture.ts';

describe('a reader of a store', () => {
  it('follows the writer', async () => {
    using place = scratch();
    const { store } = await openStore(optionsFor(place.location));
    await using _ = store;
    await store.apply(change({ 'a.ts': 'alpha one' }));
    await using reader = await openReader(optionsFor(place.location));
    assert.deepEqual(found(await reader.byTerms(['alpha'], 5)), ['a.ts:alpha one']);

    await store.apply(change({ 'b.ts': 'alpha two' }, { removed: ['a.ts'] }));
    await reader.refresh();
    assert.deepEqual(found(await reader.byTerms(['alpha'], 5)), ['b.ts:alpha two']);
    assert.deepEqual([...reader.files.keys()], ['b.ts']);
    assert.equal(reader.chunkCount, 1);

    await store.tidy(AbortSignal.timeout(10_000));
    assert.deepEqual(found(await reader.byName(['alpha'], 5)), ['b.ts:alpha two']);
    await reader.refresh();
    assert.deepEqual(found(await reader.byName(['alpha'], 5)), ['b.ts:alpha two']);
  });

  it('says that there is nothing to read, and leaves it so', async () => {
    using place = scratch();
    await assert.rejects(openReader(optionsFor(place.location)), StoreAbsent);
    const { store } = await openStore(optionsFor(place.location));
    await store[Symbol.asyncDispose]();
    await assert.rejects(openReader(optionsFor(place.location, { embedderId: 'other' })), StoreAbsent);
    await (await openReader(optionsFor(place.location)))[Symbol.asyncDispose]();
  });

  it('notices that another store has taken the place of the one it reads', async () => {
    using place = scratch();
    const first = await openStore(optionsFor(place.location));
    await first.store.apply(change({ 'a.ts': 'alpha one' }));
    await using reader = await openReader(optionsFor(place.location));
    await first.store[Symbol.asyncDispose]();
    const second = await openStore(optionsFor(place.location, { embedderId: 'other' }));
    await using _ = second.store;
    assert.equal(second.rebuilt, 'embedder');
    await second.store.apply(change({ 'b.ts': 'alpha two' }));
    await assert.rejects(reader.refresh(), StoreAbsent);
    await assert.rejects(reader.byTerms(['alpha'], 5), StoreAbsent);
  });
});
