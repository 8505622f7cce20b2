import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { silentLogger } from '../../../../src/base/logger.ts';
import { EventStore } from '../../../../src/personalize/events/eventStore.ts';
import { outcome, rows, shown, survival } from './storedEvents.ts';

/** The tables as the first released version made them. */
const version1 = `
  CREATE TABLE completion (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, shownAtMs INTEGER NOT NULL, model TEXT NOT NULL,
    languageId TEXT NOT NULL, path TEXT NOT NULL, origin TEXT NOT NULL, latencyMs REAL NOT NULL,
    characters INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX completionLatency ON completion (model, latencyMs);
  CREATE TABLE outcome (
    id INTEGER PRIMARY KEY, completion INTEGER NOT NULL REFERENCES completion ON DELETE CASCADE,
    kind TEXT NOT NULL, atMs INTEGER NOT NULL, characters INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX outcomeCompletion ON outcome (completion);
  CREATE TABLE survival (
    completion INTEGER NOT NULL REFERENCES completion ON DELETE CASCADE, afterS INTEGER NOT NULL,
    atMs INTEGER NOT NULL, characters INTEGER NOT NULL, keptCharacters INTEGER NOT NULL, stillThere INTEGER NOT NULL,
    PRIMARY KEY (completion, afterS)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE example (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, acceptedAtMs INTEGER NOT NULL, stillThere INTEGER,
    model TEXT NOT NULL, languageId TEXT NOT NULL, path TEXT NOT NULL,
    prefix TEXT NOT NULL, text TEXT NOT NULL, suffix TEXT NOT NULL
  ) STRICT;
  CREATE INDEX exampleGone ON example (id) WHERE stillThere = 0;
  PRAGMA user_version = 1;`;

const token = `ghp_${randomBytes(18).toString('hex')}`;

describe('the schema, in a file of version 1', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hearth-schema-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** A file with examples by key, each a prefix and a text; then what a store adds to it. */
  async function upgraded(examples: Readonly<Record<string, readonly [string, string]>>): Promise<void> {
    const database = new DatabaseSync(join(folder, 'events.sqlite'));
    database.exec(version1);
    database.exec('BEGIN');
    for (const [key, [prefix, text]] of Object.entries(examples)) {
      database
        .prepare(
          `INSERT INTO completion (key, shownAtMs, model, languageId, path, origin, latencyMs, characters)
           VALUES (?, 1, 'starter', 'python', 'a.py', 'model', 9, 10)`,
        )
        .run(key);
      database
        .prepare(
          `INSERT INTO example (key, acceptedAtMs, stillThere, model, languageId, path, prefix, text, suffix)
           VALUES (?, 7, 1, 'starter', 'python', 'a.py', ?, ?, ';')`,
        )
        .run(key, prefix, text);
    }
    database.exec(`
      INSERT INTO survival SELECT id, 15, 1, 10, 10, 1 FROM completion WHERE key = 'changed';
      INSERT INTO survival SELECT id, 60, 1, 10, 4, 0 FROM completion WHERE key = 'changed';
      COMMIT;`);
    database.close();
    await using store = new EventStore({
      dataFolder: folder,
      mayStore: async () => true,
      log: silentLogger,
      onProblem: (problem) => assert.fail(JSON.stringify(problem)),
    });
    for (const event of [shown('new'), outcome('new', 'rejected'), survival('unseen', 15, 10)]) store.add('', event);
    await store.flush();
    assert.deepEqual((await store.statistics(1)).models[0]?.shown, Object.keys(examples).length + 1);
  }

  it('gets its new columns, and keeps all that it held', async () => {
    await upgraded({ changed: ['x = ', 'total(a)'], unseen: ['y = ', 'sum(a)'] });
    assert.deepEqual(rows(folder, 'PRAGMA user_version'), [[2]]);
    assert.deepEqual(rows(folder, 'PRAGMA integrity_check'), [['ok']]);
    assert.deepEqual(
      rows(
        folder,
        `SELECT key, acceptedAtMs, languageId, prefix, text, suffix, kind, folder, became, offered, kept, snippets, excluded
         FROM example ORDER BY id`,
      ),
      [
        ['changed', 7, 'python', 'x = ', 'total(a)', ';', 'accepted', '', null, null, 0.4, '[]', 0],
        ['unseen', 7, 'python', 'y = ', 'sum(a)', ';', 'accepted', '', null, null, 1, '[]', 0],
      ],
    );
  });

  it('holds no secret any more', async () => {
    const many = Array.from({ length: 250 }, (_, i) => [`k${i}`, [`t${i} = "${token}"\nx = `, 'total(a)']] as const);
    await upgraded({ ...Object.fromEntries(many), own: ['t = "', token] });
    assert.equal((await readFile(join(folder, 'events.sqlite'))).includes(token), false);
    assert.deepEqual(rows(folder, "SELECT key FROM example WHERE key = 'own'"), []);
    assert.deepEqual(rows(folder, "SELECT prefix FROM example WHERE key = 'k249'"), [['t249 = "[secret]"\nx = ']]);
    assert.deepEqual(rows(folder, 'SELECT count(*) FROM example'), [[250]]);
  });
});
