import assert from 'node:assert/strict';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mock } from 'node:test';
import { silentLogger } from '../../../../src/base/logger.ts';
import { EventStore, type EventStoreOptions } from '../../../../src/personalize/events/eventStore.ts';
import type { ExampleEvent } from '../../../../src/personalize/events/exampleEvent.ts';
import type { StoredEvent } from '../../../../src/personalize/events/storedEvent.ts';
import { example, rows, shown, survival } from './storedEvents.ts';

const uri = 'file:///w/a.ts';

function became(key: string, text: string, facts: { kept?: number; suffix?: string } = {}): ExampleEvent {
  return { kind: 'became', key, atMs: 3_000, text, kept: 1, ...facts };
}

describe('examples in the event store', () => {
  let folder: string;
  let stores: EventStore[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hearth-examples-'));
    stores = [];
  });
  afterEach(async () => {
    for (const store of stores) await store[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  function open(options: Partial<EventStoreOptions> = {}): EventStore {
    const store = new EventStore({
      dataFolder: folder,
      mayStore: async () => true,
      log: silentLogger,
      onProblem: (problem) => assert.fail(JSON.stringify(problem)),
      ...options,
    });
    stores.push(store);
    return store;
  }

  async function kept(events: readonly StoredEvent[], options: Partial<EventStoreOptions> = {}): Promise<unknown[][]> {
    const store = open(options);
    for (const event of events) store.add(uri, event);
    await store.flush();
    return rows(folder, 'SELECT kind, text, became, offered, suffix, kept FROM example ORDER BY id');
  }

  const fixtures: readonly (readonly [what: string, events: readonly StoredEvent[], row: unknown[] | undefined])[] = [
    ['what was accepted', [example('1', 'a')], ['accepted', 'a', null, null, ' after', 1]],
    ['more of it', [example('1', 'a'), example('1', 'a.b')], ['accepted', 'a.b', null, null, ' after', 1]],
    ['that it stayed', [example('1', 'a'), became('1', 'a')], ['accepted', 'a', 'a', null, ' after', 1]],
    [
      'what it became, and what was accepted as what was offered',
      [example('1', 'a.b'), became('1', 'a.c', { kept: 0.7 })],
      ['accepted', 'a.b', 'a.c', 'a.b', ' after', 0.7],
    ],
    [
      'that it became what it was',
      [example('1', 'a.b'), became('1', ''), became('1', 'a.b')],
      ['accepted', 'a.b', 'a.b', null, ' after', 1],
    ],
    [
      'that more of it was accepted after a look',
      [example('1', 'a.b'), became('1', 'a.', { kept: 0.5 }), example('1', 'a.b.c')],
      ['accepted', 'a.b.c', null, null, ' after', 1],
    ],
    [
      'what was written instead, and what stands behind it by now',
      [example('1', 'a', { of: 'instead', offered: 'b' }), became('1', 'c', { suffix: '' })],
      ['instead', 'a', 'c', 'b', '', 1],
    ],
    [
      'that what was written instead came to be what was offered',
      [example('1', 'a', { of: 'instead', offered: 'b' }), became('1', 'b')],
      ['typed', 'a', 'b', 'b', ' after', 1],
    ],
    [
      'an edit with what the model had proposed',
      [example('1', 'a', { of: 'edit', offered: 'b' }), became('1', 'c')],
      ['edit', 'a', 'c', 'b', ' after', 1],
    ],
    [
      'an edit that was changed',
      [example('1', 'a', { of: 'edit' }), became('1', 'c')],
      ['edit', 'a', 'c', 'a', ' after', 1],
    ],
    ['nothing that was withdrawn', [example('1', 'a'), { kind: 'withdrawn', key: '1', atMs: 1 }], undefined],
    ['nothing of what is not there', [became('1', 'a')], undefined],
  ];
  for (const [what, events, row] of fixtures) {
    it(`keep ${what}`, async () => {
      assert.deepEqual(await kept([shown('0'), ...events]), row === undefined ? [] : [row]);
      if (events.length > 1) {
        const again = events.map((event) => ({ ...event, key: '2' }));
        for (const event of again) await kept([event]);
        const [, inTurns = row] = await kept([]);
        assert.deepEqual(inTurns, row, 'the same when each is written by itself');
      }
    });
  }

  it('keep their order with looks, and the no of the user', async () => {
    await kept([example('1', 'a'), survival('1', 15, 0)]);
    assert.deepEqual(rows(folder, 'SELECT stillThere FROM example'), [[0]]);
    rows(folder, 'UPDATE example SET excluded = 1');
    await kept([example('1', 'ab')]);
    assert.deepEqual(rows(folder, 'SELECT text, stillThere, excluded FROM example'), [['ab', null, 1]]);
  });

  it('keep their folder and what the model was given', async () => {
    await kept([example('1', 'a', { folder: '/w', snippets: [{ path: 'b.ts', text: 'export {};' }] })]);
    assert.deepEqual(rows(folder, 'SELECT folder, snippets FROM example'), [
      ['/w', '[{"path":"b.ts","text":"export {};"}]'],
    ]);
  });

  it('are written at once, and what is only counted is not', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    try {
      const store = open();
      store.add(uri, shown('1'));
      for (let turns = 0; turns < 50; turns++) await turn();
      assert.equal(await stat(join(folder, 'events.sqlite')).catch(() => undefined), undefined);
      store.add(uri, example('1', 'a'));
      const began = performance.now();
      while (!(await isWritten(folder))) {
        assert.ok(performance.now() - began < 15_000, 'never written');
        await turn();
      }
    } finally {
      mock.timers.reset();
    }
  });

  it('are kept by the rules that are in force when they are written', async () => {
    let off = 'b.ts';
    const options: Partial<EventStoreOptions> = { mayLearn: () => (where) => where.path !== off };
    await kept([example('1', 'a', { path: 'a.ts' }), example('2', 'b', { path: 'b.ts' })], options);
    off = 'a.ts';
    await kept([became('1', 'a.later'), example('3', 'b', { path: 'b.ts' })], options);
    assert.deepEqual(rows(folder, 'SELECT key, became FROM example ORDER BY id'), [
      ['1', null],
      ['3', null],
    ]);
  });

  it('do not come back from another window when they were deleted', async () => {
    const [store, other] = [open(), open()];
    store.add(uri, example('1', 'a', { atMs: 1_000_000 }));
    await store.flush();
    await store.deleteExamples(1_050_000);
    other.add(uri, became('1', 'a.b'));
    other.add(uri, example('2', 'before', { atMs: 1_040_000 }));
    other.add(uri, example('3', 'after', { atMs: 1_060_000 }));
    // A clock that went wrong in the meantime must not end all learning.
    other.add(uri, example('4', 'long before', { atMs: 10_000 }));
    await other.flush();
    assert.deepEqual(rows(folder, 'SELECT text FROM example ORDER BY id'), [['after'], ['long before']]);
  });

  it('are forgotten with what would become one, and leave the statistics', async () => {
    let forgotten = 0;
    const store = open({ onForget: () => forgotten++ });
    store.add(uri, shown('1'));
    store.add(uri, example('1', 'a'));
    await store.deleteExamples(5);
    assert.equal(forgotten, 1);
    await store.flush();
    assert.deepEqual(rows(folder, 'SELECT count(*) FROM example'), [[0]]);
    assert.deepEqual(rows(folder, 'SELECT key FROM completion'), [['1']]);
  });
});

async function isWritten(folder: string): Promise<boolean> {
  const { size } = (await stat(join(folder, 'events.sqlite-wal')).catch(() => undefined)) ?? { size: 0 };
  return size > 0 && rows(folder, "SELECT 1 FROM sqlite_master WHERE name = 'example'").length > 0
    ? rows(folder, 'SELECT 1 FROM example').length > 0
    : false;
}

/** One turn of the event loop. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
