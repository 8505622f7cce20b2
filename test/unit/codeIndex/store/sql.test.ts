import assert from 'node:assert/strict';
import { openStore } from '../../../../src/codeIndex/store/openStore.ts';
import { sqlIn, sqlInBatches, sqlText } from '../../../../src/codeIndex/store/sql.ts';
import { change, fileWith, found, optionsFor, scratch, vectorOf } from './storeFixture.ts';

/** Each is a path, a name and a content hash at once. */
const hostile = [
  "it's",
  "'",
  "''",
  "' OR 1=1 --",
  "x') OR ('a'='a",
  '\\',
  "\\'",
  "\\\\'",
  '"double"',
  '`tick`',
  'per%cent_',
  'tab\there',
  'line\nbreak',
  '${name}',
  '$1 ? :name @x',
  '/* comment */ --',
  'ÄÖÜ ß é é',
  '名前 이름 имя',
  '\u{1f600}\u200d\u{1f4bb}',
  '\u202egnp.exe',
  ';DROP TABLE chunks;',
];

describe('texts in filters', () => {
  it('have only quotes doubled', () => {
    assert.equal(sqlText('it\'s \\ "x"'), "'it''s \\ \"x\"'");
    assert.equal(sqlIn('name', ['a', "b'"]), "name IN ('a', 'b''')");
    assert.equal(sqlIn('name', []), 'false');
    assert.deepEqual([...sqlInBatches('b', ['1', '2', '3'], 2)], ["b IN ('1', '2')", "b IN ('3')"]);
    assert.deepEqual([...sqlInBatches('b', [])], []);
  });

  it('mean themselves to LanceDB, whatever they hold', async function () {
    this.timeout(20_000);
    using place = scratch();
    const { store } = await openStore(optionsFor(place.location));
    await using _ = store;
    const all = hostile.map((text, at) => {
      const { file, chunks } = fileWith(text, `content ${at}`);
      return {
        file: { ...file, blob: text },
        chunks: chunks.map((chunk) => ({ ...chunk, id: `${text}:0`, blob: text, symbolPath: [text] })),
      };
    });
    await store.apply({
      ...change({}),
      files: all.map(({ file }) => file),
      chunks: all.flatMap(({ chunks }) => chunks),
    });
    for (const [at, text] of hostile.entries()) {
      const [hit, ...more] = await store.byName([text], 30);
      assert.deepEqual([hit?.paths, hit?.chunk.symbolPath, more], [[text], [text], []], JSON.stringify(text));
      const vectors = [...(await store.vectorsOf(text)).values()];
      assert.deepEqual(vectors, [vectorOf(`content ${at}`)], JSON.stringify(text));
    }
    for (const [at, text] of hostile.entries()) {
      await store.apply(change({}, { removed: [text] }));
      assert.equal(store.files.size, hostile.length - at - 1);
      const left = new Set(found(await store.byVector(vectorOf('content 0'), 50)));
      assert.equal(left.size, hostile.length - at - 1, `exactly ${JSON.stringify(text)} went`);
    }
  });
});
