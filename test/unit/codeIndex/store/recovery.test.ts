import assert from 'node:assert/strict';
import { cpSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { openReader } from '../../../../src/codeIndex/store/openReader.ts';
import { openStore } from '../../../../src/codeIndex/store/openStore.ts';
import { setAside } from '../../../../src/codeIndex/store/setAside.ts';
import { StoreAbsent, StoreBroken } from '../../../../src/codeIndex/store/storeFaults.ts';
import { change, found, optionsFor, scratch, vectorOf } from './storeFixture.ts';

const forever = new AbortController().signal;

const template = scratch();

/** A store with 40 files and 800 chunks, every index built, and one file changed since. */
function usedStore(location: string): void {
  cpSync(template.location, location, { recursive: true });
}

function lines(at: number): string {
  return Array.from({ length: 20 }, (_each, line) => `name${line} word${at}`).join('\n');
}

async function makeTemplate(): Promise<void> {
  const { store } = await openStore(optionsFor(template.location));
  await using _ = store;
  const files = Object.fromEntries(Array.from({ length: 40 }, (_each, at) => [`f${at}.ts`, lines(at)]));
  await store.apply(change(files));
  await store.tidy(forever);
  await store.apply(change({ 'f7.ts': 'changed entirely' }));
}

function filesIn(location: string, pattern: RegExp): string[] {
  const all = readdirSync(location, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = all.map((entry) => join(entry.parentPath, entry.name)).filter((path) => pattern.test(path));
  assert(paths.length > 0, `no file is like ${pattern}`);
  return paths.toSorted((a, b) => statSync(a).mtimeMs - statSync(b).mtimeMs);
}

const damages: Readonly<Record<string, (location: string) => void>> = {
  'an empty manifest': (location) => {
    for (const path of filesIn(location, /chunks-.*\.manifest$/)) truncateSync(path, 0);
  },
  'a manifest cut in half': (location) => {
    for (const path of filesIn(location, /files.*\.manifest$/)) truncateSync(path, statSync(path).size >> 1);
  },
  'a missing data file': (location) => rmSync(filesIn(location, /chunks-[^/]*\/data\/.*\.lance$/)[0] ?? ''),
  'a data file full of garbage': (location) => {
    for (const path of filesIn(location, /chunks-[^/]*\/data\/.*\.lance$/))
      writeFileSync(path, Buffer.alloc(statSync(path).size, 0xa5));
  },
  'a file table that is gone': (location) => rmSync(join(location, 'files.lance'), { recursive: true }),
  'an index whose files are gone': (location) => {
    for (const path of filesIn(location, /_indices\/.*\.lance$/)) rmSync(path);
  },
  'an index full of garbage': (location) => {
    for (const path of filesIn(location, /_indices\/.*\.lance$/))
      writeFileSync(path, Buffer.alloc(statSync(path).size, 0x5a));
  },
  'an identity that is no JSON': (location) => {
    for (const path of filesIn(location, /meta\.lance\/data\//)) writeFileSync(path, 'not a table');
  },
  'no identity': (location) => rmSync(join(location, 'meta.lance'), { recursive: true }),
};

before(makeTemplate);
after(() => template[Symbol.dispose]());

describe('a damaged store', () => {
  for (const [what, damage] of Object.entries(damages))
    it(`is set aside and begun anew: ${what}`, async () => {
      using place = scratch();
      usedStore(place.location);
      damage(place.location);
      await assert.rejects(async () => {
        await using reader = await openReader(optionsFor(place.location));
        await reader.byTerms(['word3'], 3);
      });
      const { store, rebuilt } = await openStore(optionsFor(place.location));
      await using _ = store;
      assert.equal(rebuilt, 'damaged');
      assert.equal(store.files.size, 0);
      await store.apply(change({ 'a.ts': 'alpha one' }));
      assert.deepEqual(found(await store.byTerms(['alpha'], 5)), ['a.ts:alpha one']);
      assert.equal(asides(place.path).length, 1, 'what was there is kept beside it');
      await store.tidy(forever);
      assert.deepEqual(asides(place.path), [], 'until the new one is complete');
    });

  it('says so when its files vanish while it is open', async () => {
    using place = scratch();
    usedStore(place.location);
    const { store } = await openStore(optionsFor(place.location));
    await using _ = store;
    for (const path of filesIn(place.location, /chunks-[^/]*\/data\/.*\.lance$/)) rmSync(path);
    await assert.rejects(store.byVector(vectorOf('name1 word3'), 5), StoreBroken);
    await setAside(place.location);
    await using next = (await openStore(optionsFor(place.location))).store;
    await next.apply(change({ 'a.ts': 'alpha one' }));
    assert.deepEqual(found(await next.byVector(vectorOf('alpha one'), 1)), ['a.ts:alpha one']);
  });

  it('keeps one former store, the newest', async () => {
    using place = scratch();
    for (const chunkerVersion of ['1', '2', '3']) {
      const { store } = await openStore(optionsFor(place.location, { chunkerVersion }));
      await store[Symbol.asyncDispose]();
    }
    assert.equal(asides(place.path).length, 1);
  });
});

describe('a store of something else', () => {
  for (const [reason, other] of [
    ['embedder', { embedderId: 'test-2' }],
    ['embedder', { dimensions: 16 }],
    ['chunker', { chunkerVersion: '2' }],
  ] as const)
    it(`is set aside: another ${JSON.stringify(other)}`, async () => {
      using place = scratch();
      usedStore(place.location);
      await assert.rejects(openReader(optionsFor(place.location, other)), StoreAbsent);
      const { store, rebuilt } = await openStore(optionsFor(place.location, other));
      await using _ = store;
      assert.equal(rebuilt, reason);
      assert.deepEqual(found(await store.byTerms(['word3'], 5)), []);
    });

  it('is set aside when its tables are of another version', async () => {
    using place = scratch();
    usedStore(place.location);
    const meta = filesIn(place.location, /meta\.lance\/data\//).at(-1) ?? '';
    const bytes = readFileSync(meta, 'latin1');
    assert(bytes.includes('"schemaVersion":1'));
    writeFileSync(meta, bytes.replace('"schemaVersion":1', '"schemaVersion":0'), 'latin1');
    const { store, rebuilt } = await openStore(optionsFor(place.location));
    await using _ = store;
    assert.equal(rebuilt, 'version');
  });
});

function asides(folder: string): string[] {
  return readdirSync(folder).filter((name) => basename(name).includes('.aside-'));
}
