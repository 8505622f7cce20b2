import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { ExampleEvent } from '../../../../src/personalize/events/exampleEvent.ts';
import type { StoredEvent } from '../../../../src/personalize/events/storedEvent.ts';

type NewExample = Extract<ExampleEvent, { kind: 'example' }>;

/** How many completions `writer.ts` writes in one transaction: enough for a kill to fall into the middle of it. */
export const eventsPerFlush = 40;

const where = { model: 'starter', languageId: 'typescript', path: 'src/a.ts' };

export function shown(key: string, facts: { model?: string; latencyMs?: number; atMs?: number } = {}): StoredEvent {
  return { kind: 'shown', key, atMs: 1_000, ...where, origin: 'model', latencyMs: 12, characters: 10, ...facts };
}

export function outcome(key: string, kind: 'acceptedWhole' | 'acceptedWord' | 'rejected', characters = 0): StoredEvent {
  return { kind, key, atMs: 2_000, characters };
}

export function example(key: string, text: string, facts: Partial<NewExample> = {}): NewExample {
  return {
    kind: 'example',
    key,
    atMs: 2_000,
    of: 'accepted',
    ...where,
    folder: '/w',
    prefix: 'before ',
    text,
    suffix: ' after',
    snippets: [],
    ...facts,
  };
}

export function survival(key: string, afterS: number, keptCharacters: number, characters = 10): StoredEvent {
  return { kind: 'survival', key, atMs: 3_000, afterS, characters, keptCharacters };
}

/** What a query finds in the event store of a data folder, one array per row. */
export function rows(dataFolder: string, query: string): unknown[][] {
  const database = new DatabaseSync(join(dataFolder, 'events.sqlite'));
  try {
    return database
      .prepare(query)
      .all()
      .map((row) => Object.values(row));
  } finally {
    database.close();
  }
}
