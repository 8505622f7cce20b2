import assert from 'node:assert/strict';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { silentLogger } from '../../../../src/base/logger.ts';
import { EventStore, type EventStoreOptions } from '../../../../src/personalize/events/eventStore.ts';
import type { Problem } from '../../../../src/protocol/problems.ts';
import { example, outcome, rows, shown, survival } from './storedEvents.ts';

const uri = 'file:///w/a.ts';
const marker = 'SENTINEL-4711-text-of-the-user';

/** Windows has no file modes; the folder lies in the user's profile there. */
const itWithModes = process.platform === 'win32' ? () => {} : it;

describe('event store', () => {
  let folder: string;
  let stores: EventStore[];
  let problems: Problem[];
  let errors: string[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hearth-events-'));
    stores = [];
    problems = [];
    errors = [];
  });
  afterEach(async () => {
    for (const store of stores) await store[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  function open(options: Partial<EventStoreOptions> = {}): EventStore {
    const store = new EventStore({
      dataFolder: folder,
      mayStore: async () => true,
      log: { ...silentLogger, error: (message) => void errors.push(message) },
      onProblem: (problem) => void problems.push(problem),
      ...options,
    });
    stores.push(store);
    return store;
  }

  const keys = () => rows(folder, 'SELECT key FROM completion ORDER BY id').flat();
  const file = (end = '') => join(folder, `events.sqlite${end}`);
  const reasons = () => problems.map((problem) => ('reason' in problem ? problem.reason : problem.code));

  it('keeps completions, what became of them, and the text of accepted ones', async () => {
    const store = open();
    for (const event of [shown('s:1'), outcome('s:1', 'acceptedWord', 4), outcome('s:1', 'acceptedWhole', 6)])
      store.add(uri, event);
    for (const event of [example('s:1', 'tota'), example('s:1', 'total(a)'), survival('s:1', 15, 4)])
      store.add(uri, event);
    await store.flush();
    store.add(uri, survival('s:1', 60, 8));
    await store.flush();
    assert.deepEqual(rows(folder, 'SELECT key, model, languageId, path, latencyMs, characters FROM completion'), [
      ['s:1', 'starter', 'typescript', 'src/a.ts', 12, 10],
    ]);
    assert.deepEqual(rows(folder, 'SELECT kind, characters FROM outcome ORDER BY id'), [
      ['acceptedWord', 4],
      ['acceptedWhole', 6],
    ]);
    assert.deepEqual(rows(folder, 'SELECT afterS, keptCharacters, stillThere FROM survival ORDER BY afterS'), [
      [15, 4, 0],
      [60, 8, 1],
    ]);
    assert.deepEqual(rows(folder, 'SELECT prefix, text, suffix, stillThere FROM example'), [
      ['before ', 'total(a)', ' after', 1],
    ]);
    assert.deepEqual(problems, []);
  });

  it('writes by itself within a second, and the rest when it is disposed', async () => {
    const store = open();
    const began = performance.now();
    store.add(uri, shown('s:1'));
    while (
      await stat(file()).then(
        ({ size }) => size === 0,
        () => true,
      )
    ) {
      assert.ok(performance.now() - began < 15_000, 'never written');
      await sleep(20);
    }
    store.add(uri, shown('s:2'));
    await store[Symbol.asyncDispose]();
    assert.deepEqual(keys(), ['s:1', 's:2']);
  });

  it('makes nothing until there is something to write', async () => {
    const store = open();
    assert.deepEqual(await store.statistics(0), { days: 0, models: [] });
    await store.deleteAll();
    await store[Symbol.asyncDispose]();
    assert.deepEqual(await readdir(folder), []);
  });

  it('asks just before writing, and drops what it may not store or cannot ask about', async () => {
    const store = open({
      mayStore: async (each) => {
        if (each.endsWith('broken')) throw new Error('no answer');
        return !each.endsWith('.env');
      },
    });
    store.add('file:///w/.env', shown('s:1'));
    store.add('file:///w/broken', shown('s:2'));
    await store.flush();
    assert.deepEqual(await readdir(folder), [], 'not even a file');
    store.add('file:///w/.env', example('s:1', marker));
    store.add(uri, shown('s:3'));
    await store.flush();
    assert.deepEqual(keys(), ['s:3']);
    assert.deepEqual(rows(folder, 'SELECT * FROM example'), []);
  });

  itWithModes('is for its owner only', async () => {
    await write(open(), 's:1');
    for (const end of ['', '-wal', '-shm']) assert.equal((await stat(file(end))).mode & 0o777, 0o600, end);
    await chmod(file(), 0o644);
    await write(open(), 's:2');
    assert.equal((await stat(file())).mode & 0o777, 0o600, 'mended');
  });

  it('waits for another window that is writing, without blocking', async () => {
    const store = open();
    await write(store, 's:1');
    const other = new DatabaseSync(file());
    other.exec('BEGIN IMMEDIATE');
    const writing = write(store, 's:2');
    const first = await Promise.race([writing.then(() => 'written'), sleep(100, 'still waiting')]);
    assert.equal(first, 'still waiting');
    other.exec('COMMIT');
    other.close();
    await writing;
    assert.deepEqual(keys(), ['s:1', 's:2']);
    assert.deepEqual(problems, []);
  });

  it('begins a new file when it was deleted meanwhile', async () => {
    const store = open();
    await write(store, 's:1');
    for (const end of ['', '-wal', '-shm']) await rm(file(end)).catch(() => assert.equal(process.platform, 'win32'));
    await write(store, 's:2');
    assert.equal(keys().at(-1), 's:2');
  });

  describe('when the file is damaged', () => {
    it('sets garbage aside and begins anew', async () => {
      const garbage = Buffer.alloc(20_000, 'not a database');
      await writeFile(file(), garbage);
      await write(open(), 's:1');
      assert.deepEqual(keys(), ['s:1']);
      const [aside = '', ...more] = await setAsideIn(folder);
      assert.deepEqual(more, []);
      assert.deepEqual(await readFile(join(folder, aside)), garbage);
      assert.equal(errors.length, 1);
      assert.deepEqual(problems, []);
    });

    it('does so while it is open, and keeps only the newest damaged file', async () => {
      const store = open();
      await write(store, ...Array.from({ length: 2_000 }, (_, i) => `s:${i}`));
      for (const round of [1, 2]) {
        rows(folder, 'PRAGMA wal_checkpoint(TRUNCATE)');
        const bytes = await readFile(file());
        await writeFile(file(), bytes.fill(0xa5, 4_096));
        await write(store, `new:${round}`);
        assert.deepEqual(keys(), [`new:${round}`]);
        assert.equal((await setAsideIn(folder)).length, 1);
      }
      assert.equal(errors.length, 2);
    });
  });

  describe('records nothing and says why, once', () => {
    it('without SQLite', async () => {
      const store = open({ sqlite: undefined });
      await writeInVain(store);
      assert.deepEqual(problems, [store.problem]);
      assert.match(reasons()[0] ?? '', /SQLite/);
      assert.deepEqual(await readdir(folder), []);
      assert.deepEqual(await store.statistics(0), { days: 0, models: [] });
    });

    it('where no folder can be made', async () => {
      await writeFile(join(folder, 'file'), '');
      await writeInVain(open({ dataFolder: join(folder, 'file', 'hearth') }));
      assert.equal(problems.length, 1);
    });

    it('when the disk is full, and keeps what was there', async () => {
      const store = open({ limits: { maxCompletions: 1_000, maxBytes: 60_000 } });
      await write(store, 's:1');
      store.add(uri, example('s:1', marker.repeat(10_000)));
      store.add(uri, shown('s:2'));
      await store.flush();
      assert.match(reasons()[0] ?? '', /full/);
      assert.deepEqual(keys(), ['s:1']);
      assert.deepEqual(rows(folder, 'PRAGMA integrity_check'), [['ok']]);
    });

    it('in a file of a newer version, which it leaves alone', async () => {
      await write(open(), 's:1');
      rows(folder, 'PRAGMA user_version = 99');
      await writeInVain(open());
      assert.equal(problems.length, 1);
      assert.match(reasons()[0] ?? '', /newer/);
      assert.deepEqual(keys(), ['s:1']);
    });
  });

  describe('deletes all', () => {
    it('so that no file holds any of it, other windows and set aside files included', async () => {
      await writeFile(file(), `${marker}${'garbage'.repeat(1_000)}`);
      const [store, other] = [open(), open()];
      for (const [i, each] of [store, other].entries())
        for (let n = 0; n < 50; n++) {
          each.add(uri, shown(`${i}:${n}`));
          each.add(uri, example(`${i}:${n}`, marker.repeat(40)));
          await each.flush();
        }
      assert.ok((await filesWithMarker(folder)).length >= 2, 'in the file or its log, and in the file set aside');
      store.add(uri, example('0:0', marker));
      await store.deleteAll();
      assert.deepEqual(await filesWithMarker(folder), []);
      for (const table of ['completion', 'outcome', 'survival', 'example'])
        assert.deepEqual(rows(folder, `SELECT * FROM ${table}`), [], table);
      await write(store, 's:1');
      await write(other, 's:2');
      assert.deepEqual(keys(), ['s:1', 's:2']);
      assert.deepEqual(problems, []);
    });

    it('by deleting the file, where it cannot be emptied', async () => {
      await write(open(), 's:1');
      await stores[0]?.[Symbol.asyncDispose]();
      await open({ sqlite: undefined }).deleteAll();
      assert.deepEqual(await readdir(folder), []);
    });
  });

  describe('stays within its limits', () => {
    it('by number, the oldest go, and examples stay', async () => {
      const store = open({ limits: { maxCompletions: 3, maxBytes: 1e9 } });
      for (let i = 1; i <= 5; i++) {
        store.add(uri, example(`s:${i}`, 'text'));
        store.add(uri, outcome(`s:${i}`, 'rejected'));
        await write(store, `s:${i}`);
        store.add(uri, outcome(`s:${i}`, 'acceptedWhole'));
      }
      await store.flush();
      assert.deepEqual(keys(), ['s:3', 's:4', 's:5']);
      assert.equal(rows(folder, 'SELECT * FROM outcome').length, 3, 'outcomes go with their completion');
      assert.equal(rows(folder, 'SELECT * FROM example').length, 5);
    });

    it('by size, first examples that did not last, then the oldest', async () => {
      const maxBytes = 1_500_000;
      const store = open({ limits: { maxCompletions: 1_000, maxBytes } });
      for (let i = 0; i < 600; i++) {
        const key = `s:${String(i).padStart(3, '0')}`;
        store.add(uri, shown(key));
        store.add(uri, example(key, 'x'.repeat(4_000)));
        store.add(uri, survival(key, 15, i % 2 === 0 ? 10 : 0));
        if (i % 50 === 49) await store.flush();
      }
      assert.ok((await stat(file())).size < maxBytes * 1.5, String((await stat(file())).size));
      const examples = rows(folder, 'SELECT key, stillThere FROM example ORDER BY id');
      assert.ok(examples.length > 100, `${examples.length} are left`);
      assert.ok(
        examples.some(([key]) => key === 's:598'),
        'the newest that lasted is left',
      );
      const gone = examples.filter(([, stillThere]) => stillThere === 0).map(([key]) => String(key));
      assert.ok(
        gone.every((key) => key > 's:500'),
        `only the newest of those that did not last: ${gone[0]}`,
      );
      assert.equal(keys().length, 600);
    });
  });
});

async function write(store: EventStore, ...keys: string[]): Promise<void> {
  for (const key of keys) store.add(uri, shown(key));
  await store.flush();
}

/** Fails twice, so that it shows who hears of it how often. */
async function writeInVain(store: EventStore): Promise<void> {
  await write(store, 's:1');
  await write(store, 's:2');
}

async function setAsideIn(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.includes('.damaged-') && !name.endsWith('-wal'));
}

async function filesWithMarker(folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const name of await readdir(folder)) if ((await readFile(join(folder, name))).includes(marker)) found.push(name);
  return found;
}
