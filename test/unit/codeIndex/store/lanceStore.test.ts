import assert from 'node:assert/strict';
import { openStore } from '../../../../src/codeIndex/store/openStore.ts';
import { blobOf, change, found, optionsFor, scratch, vectorOf } from './storeFixture.ts';

describe('a store on the disk', () => {
  it('finds a saved file by words, by meaning and by name', async () => {
    using place = scratch();
    const { store, rebuilt } = await openStore(optionsFor(place.location));
    await using _ = store;
    assert.equal(rebuilt, undefined);
    await store.apply(change({ 'src/a.ts': 'parseHeaders of http\nsendMail to all', 'src/b.ts': 'closeFile at end' }));

    const [byWords] = await store.byTerms(['http', 'nowhere'], 5);
    assert.deepEqual(byWords?.chunk, {
      id: `${blobOf('parseHeaders of http\nsendMail to all')}:0`,
      blob: blobOf('parseHeaders of http\nsendMail to all'),
      languageId: 'typescript',
      kind: 'function',
      symbolPath: ['Outer', 'parseHeaders'],
      startLine: 0,
      endLine: 1,
      header: 'class Outer {',
      text: 'parseHeaders of http',
    });
    assert.deepEqual(byWords?.paths, ['src/a.ts']);
    assert(byWords.score > 0);

    const byMeaning = await store.byVector(vectorOf('closeFile at end'), 2);
    assert.equal(byMeaning[0]?.chunk.text, 'closeFile at end');
    assert(Math.abs((byMeaning[0]?.score ?? 0) - 1) < 1e-5, 'the cosine of a vector with itself is 1');
    assert.equal(byMeaning.length, 2);

    assert.deepEqual(found(await store.byName(['SENDMAIL', 'closefile'], 5)), [
      'src/a.ts:sendMail to all',
      'src/b.ts:closeFile at end',
    ]);
    assert.equal(store.chunkCount, 3);
  });

  it('knows after closing and opening what it knew before', async () => {
    using place = scratch();
    {
      const { store } = await openStore(optionsFor(place.location));
      await using _ = store;
      await store.apply(change({ 'a.ts': 'alpha one', 'b.ts': 'beta two' }));
      await store.apply(change({ 'a.ts': 'gamma three' }, { removed: ['b.ts'], orphans: 'park' }));
    }
    const { store, rebuilt } = await openStore(optionsFor(place.location));
    await using _ = store;
    assert.equal(rebuilt, undefined);
    assert.deepEqual([...store.files.keys()], ['a.ts']);
    assert.equal(store.files.get('a.ts')?.modifiedMs, 1_700_000_000_000.5);
    assert.equal(store.chunkCount, 1);
    assert(store.hasBlob(blobOf('beta two')), 'parked');
    assert.deepEqual(found(await store.byTerms(['alpha', 'beta', 'gamma'], 5)), ['a.ts:gamma three']);
  });
});
