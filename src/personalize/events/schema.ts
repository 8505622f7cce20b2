import type { DatabaseSync } from './sqlite.ts';

/**
 * Step n takes a database from `user_version` n to n + 1. A step that was released never changes: add another.
 *
 * - `completion`: one row per completion that came up. No text of the user's.
 * - `outcome`: what became of it; one completion can have several (word, word, then the rest).
 * - `survival`: what a look after 15, 60 or 300 s found.
 * - `example`: the text of accepted completions, with what stood around them, to learn from later. It stands alone,
 *   so that it outlives the pruning of the other tables.
 *
 * `key` is the session (one engine process) and the id within it. Lengths are UTF-16 code units.
 */
const migrations: readonly string[] = [
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
];

/** Brings the tables up to date, once, however many processes try at the same time. */
export function migrate(database: DatabaseSync): void {
  if (versionOf(database) === migrations.length) return;
  inTransaction(database, () => {
    const version = versionOf(database);
    if (version > migrations.length) throw new Error('the event store was written by a newer version of Hearth');
    for (const step of migrations.slice(version)) database.exec(step);
    database.exec(`PRAGMA user_version = ${migrations.length}`);
  });
}

/** All or nothing. Takes the write lock at once: a lock that is upgraded later can fail half-way. */
export function inTransaction(database: DatabaseSync, work: () => void): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    work();
    database.exec('COMMIT');
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
