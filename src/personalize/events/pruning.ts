import type { DatabaseSync } from './sqlite.ts';

/** The size of the store. */
export interface Limits {
  /** Completions with their outcomes, the newest. */
  readonly maxCompletions: number;
  /** Pages in use; the file stops growing there, because freed pages are used again. */
  readonly maxBytes: number;
}

export const defaultLimits: Limits = { maxCompletions: 200_000, maxBytes: 200_000_000 };

const examplesAtOnce = 100;
const completionsAtOnce = 2_000;
/** Bounds the time that one call takes; the next flush goes on. */
const maxRounds = 10;

/**
 * Keeps the store within its limits. By number, the oldest completions go; examples are not counted. By size, examples
 * go, because they are nearly all of it: first those whose text did not last, oldest first, as least is to be learned
 * from them; then the oldest; and only when none is left, completions.
 */
export function prune(database: DatabaseSync, { maxCompletions, maxBytes }: Limits): void {
  database.prepare('DELETE FROM completion WHERE id <= (SELECT max(id) FROM completion) - ?').run(maxCompletions);
  for (let round = 0; round < maxRounds && usedBytes(database) > maxBytes; round++) {
    const deleted =
      deleteOldest(database, 'example', 'stillThere = 0', examplesAtOnce) ||
      deleteOldest(database, 'example', 'TRUE', examplesAtOnce) ||
      deleteOldest(database, 'completion', 'TRUE', completionsAtOnce);
    if (deleted === 0) break;
  }
}

function deleteOldest(database: DatabaseSync, table: 'example' | 'completion', where: string, count: number): number {
  const oldest = `SELECT id FROM ${table} WHERE ${where} ORDER BY id LIMIT ${count}`;
  return Number(database.prepare(`DELETE FROM ${table} WHERE id IN (${oldest})`).run().changes);
}

function usedBytes(database: DatabaseSync): number {
  const pragma = (name: string) => Number(database.prepare(`PRAGMA ${name}`).get()?.[name] ?? 0);
  return (pragma('page_count') - pragma('freelist_count')) * pragma('page_size');
}
