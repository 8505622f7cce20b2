import type { AcceptedKind } from './completionEvent.ts';
import { type ExampleEvent, exampleWriter, type MayLearn } from './exampleEvent.ts';
import type { DatabaseSync } from './sqlite.ts';

/** What the store keeps, as plain rows. `key` names the completion: session and id. */
export type StoredEvent = StatisticEvent | ExampleEvent;

/** What is counted. No text of the user's. */
type StatisticEvent =
  | {
      readonly kind: 'shown';
      readonly key: string;
      readonly atMs: number;
      readonly model: string;
      readonly languageId: string;
      readonly path: string;
      readonly origin: string;
      readonly latencyMs: number;
      readonly characters: number;
    }
  | {
      readonly kind: AcceptedKind | 'typedThrough' | 'rejected';
      readonly key: string;
      readonly atMs: number;
      readonly characters: number;
    }
  | {
      readonly kind: 'survival';
      readonly key: string;
      readonly atMs: number;
      readonly afterS: number;
      readonly characters: number;
      readonly keptCharacters: number;
    };

/** Writes events in their order. What belongs to a completion that is gone (pruned, deleted) is left out. */
export function insertEvents(database: DatabaseSync, events: readonly StoredEvent[], mayLearn: MayLearn): void {
  const completion = database.prepare(`
    INSERT INTO completion (key, shownAtMs, model, languageId, path, origin, latencyMs, characters)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING`);
  const outcome = database.prepare(`
    INSERT INTO outcome (completion, kind, atMs, characters) SELECT id, ?, ?, ? FROM completion WHERE key = ?`);
  const survival = database.prepare(`
    INSERT OR REPLACE INTO survival (completion, afterS, atMs, characters, keptCharacters, stillThere)
    SELECT id, ?, ?, ?, ?, ? FROM completion WHERE key = ?`);
  const judged = database.prepare('UPDATE example SET stillThere = ? WHERE key = ?');
  const writeExample = exampleWriter(database, mayLearn);

  for (const event of events) {
    const { key, atMs } = event;
    switch (event.kind) {
      case 'shown': {
        const { model, languageId, path, origin, latencyMs, characters } = event;
        completion.run(key, atMs, model, languageId, path, origin, latencyMs, characters);
        break;
      }
      case 'example':
      case 'became':
      case 'withdrawn':
        writeExample(event);
        break;
      case 'survival': {
        // Still there: less than half of it was changed or is gone.
        const stillThere = event.keptCharacters * 2 > event.characters ? 1 : 0;
        survival.run(event.afterS, atMs, event.characters, event.keptCharacters, stillThere, key);
        judged.run(stillThere, key);
        break;
      }
      case 'acceptedWhole':
      case 'acceptedWord':
      case 'acceptedLine':
      case 'typedThrough':
      case 'rejected':
        outcome.run(event.kind, atMs, event.characters, key);
        break;
    }
  }
}
