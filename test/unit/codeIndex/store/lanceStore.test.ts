import assert from 'node:assert/strict';
import type { StoreChange } from '../../../../src/codeIndex/store/indexStore.ts';
import { openStore } from '../../../../src/codeIndex/store/openStore.ts';
import { blobOf, change, found, optionsFor, scratch, vectorOf } from './storeFixture.ts';

const manyFiles = (prefix: string, count: number): StoreChange =>
  change(
    Object.fromEntries(
      Array.from({ length: count }, (_each, at) => [`${prefix}${at}.ts`, `${prefix}${at} of ${prefix}`]),
    ),
  );

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

  it('sees a save at once, before and after any housekeeping', async function () {
    this.timeout(10_000);
    using place = scratch();
    const { store } = await openStore(optionsFor(place.location));
    await using _ = store;
    for (const round of [1, 2, 3]) {
      await store.apply(change({ 'a.ts': `saved${round} text`, [`other${round}.ts`]: `filler${round} text` }));
      assert.deepEqual(found(await store.byTerms(['saved1', 'saved2', 'saved3'], 9)), [`a.ts:saved${round} text`]);
      assert.deepEqual(found(await store.byVector(vectorOf(`saved${round} text`), 1)), [`a.ts:saved${round} text`]);
      assert.deepEqual(found(await store.byName([`saved${round}`], 9)), [`a.ts:saved${round} text`]);
      await store.tidy(new AbortController().signal);
      assert.deepEqual(found(await store.byTerms(['saved1', 'saved2', 'saved3'], 9)), [`a.ts:saved${round} text`]);
    }
  });

  it('names every path of a content, and none that is gone', async () => {
    using place = scratch();
    const { store } = await openStore(optionsFor(place.location));
    await using _ = store;
    await store.apply(change({ 'a.ts': 'same thing', 'b/a.ts': 'same thing' }));
    assert.deepEqual(found(await store.byTerms(['same'], 5)), ['a.ts:same thing', 'b/a.ts:same thing']);
    assert.equal(store.chunkCount, 1);
    await store.apply(change({ 'c.ts': 'same thing' }, { removed: ['a.ts', 'b/a.ts'] }));
    assert.deepEqual(found(await store.byTerms(['same'], 5)), ['c.ts:same thing']);
  });

  it('finds enough behind any number of parked chunks', async () => {
    using place = scratch();
    const { store } = await openStore(optionsFor(place.location));
    await using _ = store;
    for (let branch = 0; branch < 5; branch++) {
      const files = Array.from({ length: 20 }, (_each, at) => [`f${at}.ts`, `common text ${at} of branch ${branch}`]);
      await store.apply(change(Object.fromEntries(files), { orphans: 'park' }));
    }
    await store.apply(change({ 'only.ts': 'common text far from all others in many more words than they have' }));
    const hits = await store.byTerms(['common', 'text'], 21);
    assert.equal(hits.length, 21, 'all that live');
    assert.equal((await store.byVector(vectorOf('anything'), 21)).length, 21);
    assert.equal((await store.byName(['common'], 21)).length, 21);
    assert.equal((await store.byName(['common'], 3)).length, 3);
  });

  it('gives back the vectors of a content by what was embedded', async () => {
    using place = scratch();
    const { store } = await openStore(optionsFor(place.location));
    await using _ = store;
    await store.apply(change({ 'a.ts': 'first line\nsecond line' }));
    const vectors = await store.vectorsOf(blobOf('first line\nsecond line'));
    assert.deepEqual(
      new Map(vectors),
      new Map(
        ['first line', 'second line'].map((text) => [
          `Outer ${text.split(' ')[0]}\nclass Outer {\n${text}`,
          vectorOf(text),
        ]),
      ),
    );
    assert.equal((await store.vectorsOf('unknown')).size, 0);
  });

  it('goes on searching and saving while it tidies up', async function () {
    this.timeout(20_000);
    using place = scratch();
    const { store } = await openStore(optionsFor(place.location));
    await using _ = store;
    await store.apply(manyFiles('first', 1_000));
    await store.tidy(new AbortController().signal);
    await store.apply(manyFiles('second', 700));
    const tidied = store.tidy(new AbortController().signal);
    for (let round = 0; round < 8; round++) {
      await store.apply(change({ 'saved.ts': `saved${round} now` }, { removed: [`first${round}.ts`] }));
      assert.deepEqual(found(await store.byTerms([`saved${round}`, `first${round}`], 5)), [
        `saved.ts:saved${round} now`,
      ]);
    }
    await tidied;
    assert.equal(store.chunkCount, 1_000 + 700 - 8 + 1);
    assert.equal((await store.byTerms(['second', 'first', 'saved7'], 5_000)).length, 1_693);
  });

  it('lets two writers that do not know of each other lose nothing', async () => {
    using place = scratch();
    const one = await openStore(optionsFor(place.location));
    const two = await openStore(optionsFor(place.location));
    await Promise.all(
      [one, two].flatMap(({ store }, writer) =>
        Array.from({ length: 5 }, (_each, at) =>
          store.apply(change({ [`w${writer}-${at}.ts`]: `text${at} by ${writer}` })),
        ),
      ),
    );
    await one.store[Symbol.asyncDispose]();
    await two.store[Symbol.asyncDispose]();
    const { store, rebuilt } = await openStore(optionsFor(place.location));
    await using _ = store;
    assert.deepEqual([rebuilt, store.files.size, store.chunkCount], [undefined, 10, 10]);
    assert.equal((await store.byTerms(['by'], 20)).length, 10);
  });
});
