import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { silentLogger } from '../../../../src/base/logger.ts';
import { EventStore, type EventStoreOptions } from '../../../../src/personalize/events/eventStore.ts';
import type { Example } from '../../../../src/personalize/examples/example.ts';
import { createExampleBook, type ExampleBook } from '../../../../src/personalize/examples/exampleBook.ts';
import type { ExampleQuery } from '../../../../src/personalize/examples/exampleRows.ts';
import { mayLearnIn } from '../../../../src/personalize/examples/learningRules.ts';
import { ProblemError } from '../../../../src/protocol/problems.ts';
import { example, rows, shown } from '../events/storedEvents.ts';

const uri = 'file:///w/a.ts';
/** What is found of the nth example wherever any of its text is. */
const mark = (n: number) => `CANARY-${n}-`;

describe('example book', () => {
  let folder: string;
  let stores: EventStore[];
  let store: EventStore;
  let book: ExampleBook;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hearth-book-'));
    stores = [];
    store = open();
    book = createExampleBook(store);
  });
  afterEach(async () => {
    for (const each of stores) await each[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  function open(options: Partial<EventStoreOptions> = {}): EventStore {
    const opened = new EventStore({
      dataFolder: folder,
      mayStore: async () => true,
      mayLearn: mayLearnIn,
      log: silentLogger,
      onProblem: (problem) => assert.fail(JSON.stringify(problem)),
      ...options,
    });
    stores.push(opened);
    return opened;
  }

  function add(...examples: readonly Parameters<typeof example>[]): void {
    for (const each of examples) store.add(uri, example(...each));
  }

  /** Texts of many sizes, each with its own mark, that grow and shrink: SQLite moves them about. */
  async function fill(count: number): Promise<void> {
    let seed = 23;
    const size = () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      return Math.floor((seed / 2 ** 31) * 500);
    };
    for (let n = 0; n < count; n++) {
      const [prefix, suffix] = [mark(n).padEnd(size(), 'p'), `${'s'.repeat(size())}${mark(n)}`];
      add([`k${n}`, mark(n), { path: `${mark(n)}.ts`, prefix, suffix }]);
      const text = 'b'.repeat(size());
      store.add(uri, { kind: 'became', key: `k${size() % (n + 1)}`, atMs: 5, text, kept: 0.5 });
    }
    await store.flush();
  }

  const texts = async (query: Partial<ExampleQuery> = {}, from = book) =>
    (await from.page({ limit: 100, ...query })).examples.map(({ text }) => text);

  const idOf = async (text: string) => (await book.page({ limit: 100 })).examples.find((e) => e.text === text)?.id ?? 0;

  it('reads examples as they are, the newest first', async () => {
    const snippets = [{ path: 'b.ts', text: 'export {};' }];
    add(['1', 'total(a)'], ['2', 'sum(a)', { of: 'instead', offered: 'total(a)', snippets, folder: '/v', atMs: 9 }]);
    store.add(uri, { kind: 'became', key: '1', atMs: 3_000, text: 'total(b)', kept: 0.875 });
    const around = { languageId: 'typescript', path: 'src/a.ts', prefix: 'before ', suffix: ' after', excluded: false };
    const expected: Example[] = [
      {
        ...around,
        id: 2,
        atMs: 9,
        kind: 'instead',
        text: 'sum(a)',
        offered: 'total(a)',
        kept: 1,
        snippets,
        folder: '/v',
      },
      {
        ...around,
        id: 1,
        atMs: 2_000,
        kind: 'accepted',
        text: 'total(b)',
        offered: 'total(a)',
        kept: 0.875,
        snippets: [],
        folder: '/w',
      },
    ];
    assert.deepEqual(await book.page({ limit: 10 }), { examples: expected });
  });

  it('has nothing, and makes no file, where nothing was stored', async () => {
    assert.deepEqual(await book.page({ limit: 10 }), { examples: [] });
    assert.equal((await book.counts(0)).total, 0);
    assert.deepEqual(await book.rules(), { languages: [], paths: [] });
    await book.delete([1]);
    await book.deleteAll(0);
    assert.deepEqual(await readdir(folder), []);
  });

  it('filters', async () => {
    add(['1', 'a', { languageId: 'c' }], ['2', 'b', { of: 'typed' }], ['3', 'c', { folder: '' }], ['4', 'd']);
    await book.setExcluded(await idOf('d'), true);
    assert.deepEqual(await texts({ languageId: 'c' }), ['a']);
    assert.deepEqual(await texts({ kind: 'typed' }), ['b']);
    assert.deepEqual(await texts({ folder: '' }), ['c']);
    assert.deepEqual(await texts({ excluded: true }), ['d']);
    assert.deepEqual(await texts({ excluded: false }), ['c', 'b', 'a']);
    assert.deepEqual(await texts({ forTraining: true }), ['c', 'b', 'a']);
    assert.deepEqual(await texts({ folder: '/w', excluded: false, kind: 'accepted' }), ['a']);
    assert.deepEqual(await texts({ languageId: "c' OR 1=1 --" }), []);
    await book.setExcluded(await idOf('d'), false);
    assert.deepEqual(await texts({ excluded: true }), []);
  });

  it('turns pages over all examples, each once, while more are coming', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 7 }), fc.nat(15), fc.boolean(), async (limit, count, forTraining) => {
        await store.deleteAll(0);
        for (let i = 0; i < count; i++) add([`k${i}`, `t${i}`, { path: i % 2 === 0 ? 'a.ts' : 'b.ts' }]);
        if (forTraining) await book.setRules({ languages: [], paths: ['b.ts'] });
        const query = forTraining ? ({ limit, forTraining } as const) : { limit };
        const seen: string[] = [];
        let before: number | undefined;
        do {
          const page = await book.page(before === undefined ? query : { ...query, before });
          assert.ok(page.examples.length <= limit);
          seen.push(...page.examples.map(({ text }) => text));
          before = page.next;
          add([`late${seen.length}`, 'late', { path: 'a.ts' }]);
        } while (before !== undefined);
        const all = Array.from({ length: count }, (_, i) => `t${i}`).toReversed();
        const wanted = forTraining ? all.filter((text) => Number(text.slice(1)) % 2 === 0) : all;
        assert.deepEqual(seen, wanted);
      }),
      { numRuns: 25 },
    );
  });

  it('counts', async () => {
    add(['1', 'a', { atMs: 10 }], ['2', 'b', { atMs: 20 }], ['3', 'c', { languageId: 'c', folder: '/v', atMs: 30 }]);
    add(['4', 'd', { atMs: 40 }], ['5', 'e', { atMs: 50, path: 'gen/a.ts' }]);
    store.add(uri, { kind: 'became', key: '2', atMs: 60, text: 'x', kept: 0.19 });
    await book.setExcluded(await idOf('d'), true);
    await book.setRules({ languages: [], paths: ['gen/'] });
    assert.deepEqual(await book.counts(10), {
      total: 5,
      usable: 2,
      fresh: 1,
      languages: [
        { languageId: 'typescript', total: 4, usable: 1, fresh: 0 },
        { languageId: 'c', total: 1, usable: 1, fresh: 1 },
      ],
      folders: [
        { folder: '/w', total: 4, usable: 1, fresh: 0 },
        { folder: '/v', total: 1, usable: 1, fresh: 1 },
      ],
    });
  });

  describe('rules', () => {
    it('are in force when something is noted, in every window, and when it is read for training', async () => {
      add(['1', 'before', { path: 'gen/a.ts' }], ['2', 'sql', { languageId: 'sql' }], ['3', 'other']);
      await book.setRules({ languages: ['sql'], paths: ['*.css', 'gen/'] });
      const other = createExampleBook(open());
      assert.deepEqual(await other.rules(), { languages: ['sql'], paths: ['*.css', 'gen/'] });
      const another = stores[1] ?? assert.fail();
      another.add(uri, example('4', 'after', { path: 'gen/a.ts' }));
      another.add(uri, example('5', 'allowed'));
      assert.deepEqual(await texts({}, other), ['allowed', 'other', 'sql', 'before']);
      assert.deepEqual(await texts({ forTraining: true }, other), ['allowed', 'other']);
      await other.setRules({ languages: [], paths: [] });
      assert.deepEqual(await texts({ forTraining: true }), ['allowed', 'other', 'sql', 'before']);
    });

    it('keep their order, and stay when the examples are deleted', async () => {
      await book.setRules({ languages: [], paths: ['*', '!/src', '!/src/**', '*'] });
      assert.deepEqual((await book.rules()).paths, ['!/src', '!/src/**', '*']);
      await book.setRules({ languages: ['c', 'c'], paths: ['*', '!/src', '!/src/**'] });
      add(['1', 'a']);
      await book.deleteAll(0);
      assert.deepEqual(await book.rules(), { languages: ['c'], paths: ['*', '!/src', '!/src/**'] });
    });
  });

  describe('deletes', () => {
    it('some, so that no file holds any of them, and the others stay', async () => {
      const other = open();
      await writeFile(join(folder, 'events.sqlite.damaged-2026'), mark(7));
      await fill(300);
      await other.statistics(0);
      const some = Array.from({ length: 150 }, (_, i) => 2 * i + 1);
      for (const n of some) assert.ok((await filesWith(folder, mark(n))).length > 0, 'they were there');
      const ids = rows(folder, 'SELECT id FROM example WHERE id % 2 = 0').flat().map(Number);
      await book.delete(ids);
      for (const n of some) assert.deepEqual(await filesWith(folder, mark(n)), [], mark(n));
      assert.deepEqual(await filesWith(folder, mark(4)), ['events.sqlite']);
      await book.delete([5]);
      assert.deepEqual(await filesWith(folder, mark(4)), []);
      assert.equal((await book.counts(0)).total, 149);
    });

    it('so that what is noted later of it does not bring it back', async () => {
      add(['1', 'total(a)']);
      await book.delete([await idOf('total(a)')]);
      store.add(uri, { kind: 'became', key: '1', atMs: 5, text: 'total(b)', kept: 1 });
      assert.deepEqual(await texts(), []);
    });

    it('all examples, and nothing else', async () => {
      store.add(uri, shown('s:1'));
      await fill(60);
      await book.deleteAll(0);
      for (let n = 0; n < 60; n++) assert.deepEqual(await filesWith(folder, mark(n)), []);
      assert.deepEqual(rows(folder, 'SELECT key FROM completion'), [['s:1']]);
    });

    it('everything, rules included', async () => {
      await book.setRules({ languages: [mark(0)], paths: [mark(1)] });
      await fill(2);
      await store.deleteAll(0);
      for (const n of [0, 1]) assert.deepEqual(await filesWith(folder, mark(n)), []);
      assert.deepEqual(await book.rules(), { languages: [], paths: [] });
    });
  });

  it('says why when the store cannot be used', async () => {
    add(['1', 'a']);
    await store.flush();
    const without = createExampleBook(open({ sqlite: undefined }));
    await assert.rejects(without.page({ limit: 1 }), isProblem);
    await assert.rejects(without.counts(0), isProblem);
    await assert.rejects(without.setExcluded(1, true), isProblem);
    await assert.rejects(without.setRules({ languages: [], paths: [] }), isProblem);
    await assert.rejects(without.delete([1]), isProblem);
    assert.deepEqual(await texts(), ['a']);
  });
});

async function filesWith(folder: string, text: string): Promise<string[]> {
  const found: string[] = [];
  for (const name of await readdir(folder)) if ((await readFile(join(folder, name))).includes(text)) found.push(name);
  return found;
}

function isProblem(cause: unknown): boolean {
  return cause instanceof ProblemError && cause.problem.code === 'events.unavailable';
}
