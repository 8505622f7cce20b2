import { maskOldExamples } from './maskOldExamples.ts';
import type { DatabaseSync } from './sqlite.ts';

/**
 * Step n takes a database from `user_version` n to n + 1. A step that was released never changes: add another.
 *
 * - `completion`: one row per completion that came up. No text of the user's.
 * - `outcome`: what became of it; one completion can have several (word, word, then the rest).
 * - `survival`: what a look after 15, 60 or 300 s found.
 * - `example`: text to learn from, with what stood around it. It stands alone, so that it outlives the pruning of the
 *   other tables. `text` is what was accepted or first seen, `became` what a later look found; see `Example`.
 * - `learningRule`: languages and paths (gitignore syntax, in order) that are not learned from.
 * - `forgotten`: until when everything was forgotten; at most one row.
 *
 * `key` is the session (one engine process) and the id within it. Lengths are UTF-16 code units.
 */
const migrations: readonly (string | ((database: DatabaseSync) => void))[] = [
  `
  CREATE TABLE completion (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    shownAtMs INTEGER NOT NULL,
    model TEXT NOT NULL,
    languageId TEXT NOT NULL,
    path TEXT NOT NULL,
    origin TEXT NOT NULL,
    latencyMs REAL NOT NULL,
    characters INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX completionLatency ON completion (model, latencyMs);

  CREATE TABLE outcome (
    id INTEGER PRIMARY KEY,
    completion INTEGER NOT NULL REFERENCES completion ON DELETE CASCADE,
    kind TEXT NOT NULL,
    atMs INTEGER NOT NULL,
    characters INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX outcomeCompletion ON outcome (completion);

  CREATE TABLE survival (
    completion INTEGER NOT NULL REFERENCES completion ON DELETE CASCADE,
    afterS INTEGER NOT NULL,
    atMs INTEGER NOT NULL,
    characters INTEGER NOT NULL,
    keptCharacters INTEGER NOT NULL,
    stillThere INTEGER NOT NULL,
    PRIMARY KEY (completion, afterS)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE example (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    acceptedAtMs INTEGER NOT NULL,
    stillThere INTEGER, -- at the last look; NULL before the first
    model TEXT NOT NULL,
    languageId TEXT NOT NULL,
    path TEXT NOT NULL,
    prefix TEXT NOT NULL,
    text TEXT NOT NULL,
    suffix TEXT NOT NULL
  ) STRICT;
  CREATE INDEX exampleGone ON example (id) WHERE stillThere = 0;
  `,
  (database) => {
    database.exec(`
      ALTER TABLE example ADD COLUMN kind TEXT NOT NULL DEFAULT 'accepted';
      ALTER TABLE example ADD COLUMN folder TEXT NOT NULL DEFAULT '';
      ALTER TABLE example ADD COLUMN became TEXT; -- at the last look; NULL before the first
      ALTER TABLE example ADD COLUMN offered TEXT;
      ALTER TABLE example ADD COLUMN kept REAL NOT NULL DEFAULT 1;
      ALTER TABLE example ADD COLUMN snippets TEXT NOT NULL DEFAULT '[]';
      ALTER TABLE example ADD COLUMN excluded INTEGER NOT NULL DEFAULT 0;
      UPDATE example SET kept = ifnull((
        SELECT min(1.0, keptCharacters * 1.0 / max(1, characters))
        FROM survival WHERE completion = (SELECT id FROM completion WHERE completion.key = example.key)
        ORDER BY afterS DESC LIMIT 1
      ), 1);
      CREATE INDEX exampleSummary ON example (languageId, folder, path, kind, excluded, kept, acceptedAtMs);

      CREATE TABLE learningRule (
        id INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        pattern TEXT NOT NULL,
        UNIQUE (kind, pattern)
      ) STRICT;
      CREATE TABLE forgotten (untilMs INTEGER NOT NULL) STRICT;
    `);
    maskOldExamples(database);
  },
];

/** Brings the tables up to date, once, however many processes try at the same time. */
export function migrate(database: DatabaseSync): void {
  const found = versionOf(database);
  if (found === migrations.length) return;
  inTransaction(database, () => {
    const version = versionOf(database);
    if (version > migrations.length) throw new Error('the event store was written by a newer version of Hearth');
    for (const step of migrations.slice(version)) {
      if (typeof step === 'string') database.exec(step);
      else step(database);
    }
    database.exec(`PRAGMA user_version = ${migrations.length}`);
  });
  // Between the rows of an older file there may be copies of what a step masked.
  if (found > 0) database.exec('VACUUM');
}

/** All or nothing. Takes the write lock at once: a lock that is upgraded later can fail half-way. */
export function inTransaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (cause) {
    rollBack(database);
    throw cause;
  }
}

function rollBack(database: DatabaseSync): void {
  try {
    database.exec('ROLLBACK');
  } catch {
    // After some errors (disk full) SQLite has rolled back by itself.
  }
}

function versionOf(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
}
