import type { Example } from '../examples/example.ts';
import type { DatabaseSync } from './sqlite.ts';

/** What the store keeps of texts to learn from. Windows, without secrets. `key` names the completion or the edit. */
export type ExampleEvent =
  | {
      /** A later one with the key replaces it: another word of the same completion was accepted. */
      readonly kind: 'example';
      readonly key: string;
      readonly atMs: number;
      readonly of: Example['kind'];
      readonly model: string;
      readonly languageId: string;
      readonly path: string;
      readonly folder: string;
      readonly prefix: string;
      readonly text: string;
      readonly suffix: string;
      readonly offered?: string;
      readonly snippets: Example['snippets'];
    }
  | {
      /** What became of an example by now. Changes nothing when it is gone. */
      readonly kind: 'became';
      readonly key: string;
      readonly atMs: number;
      readonly text: string;
      /** 0..1 */
      readonly kept: number;
      /** Absent when it is what it was. */
      readonly suffix?: string;
    }
  | {
      /** Nothing is left of it, or nothing that may be kept. */
      readonly kind: 'withdrawn';
      readonly key: string;
      readonly atMs: number;
    };

/** Whether a text may be learned from, by the user's rules. */
export type MayLearn = (where: { readonly languageId: string; readonly path: string }) => boolean;

/** A look at a text comes this much later than the text, at most: 300 s and the time to write it. */
const longestWaitMs = 600_000;

/**
 * Writes what is known of examples. What the rules forbid is left out, and so is what another window still held in
 * memory when everything was forgotten.
 */
export function exampleWriter(database: DatabaseSync, mayLearn: MayLearn): (event: ExampleEvent) => void {
  const forgotten = Number(database.prepare('SELECT max(untilMs) AS ms FROM forgotten').get()?.['ms'] ?? 0);
  const isForgotten = (atMs: number) => atMs <= forgotten && atMs > forgotten - longestWaitMs;
  const example = database.prepare(`
    INSERT INTO example (key, acceptedAtMs, kind, model, languageId, path, folder, prefix, text, suffix, offered, snippets)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (key) DO UPDATE SET
      acceptedAtMs = excluded.acceptedAtMs, kind = excluded.kind,
      prefix = excluded.prefix, text = excluded.text, suffix = excluded.suffix,
      became = NULL, kept = 1, stillThere = NULL, offered = excluded.offered`);
  // What the model had offered is what was accepted, once that is changed; what the user wrote in place of an offer
  // may come to be just that.
  const became = database.prepare(`
    UPDATE example SET
      became = $text, kept = $kept, suffix = ifnull($suffix, suffix),
      kind = CASE WHEN kind NOT IN ('instead', 'typed') THEN kind WHEN $text = offered THEN 'typed' ELSE 'instead' END,
      offered = CASE kind
        WHEN 'accepted' THEN nullif(text, $text)
        WHEN 'edit' THEN ifnull(offered, nullif(text, $text))
        ELSE offered
      END
    WHERE key = $key`);
  const withdrawn = database.prepare('DELETE FROM example WHERE key = ?');
  const known = database.prepare('SELECT languageId, path FROM example WHERE key = ?');
  const mayChange = (key: string) => {
    const row = known.get(key);
    return row !== undefined && mayLearn({ languageId: String(row['languageId']), path: String(row['path']) });
  };

  return (event) => {
    const { key, atMs } = event;
    switch (event.kind) {
      case 'example': {
        if (isForgotten(atMs) || !mayLearn(event)) return;
        const { of, model, languageId, path, folder, prefix, text, suffix, offered = null } = event;
        const snippets = JSON.stringify(event.snippets);
        example.run(key, atMs, of, model, languageId, path, folder, prefix, text, suffix, offered, snippets);
        break;
      }
      case 'became': {
        const { text, kept, suffix = null } = event;
        if (mayChange(key)) became.run({ $key: key, $text: text, $kept: kept, $suffix: suffix });
        break;
      }
      case 'withdrawn':
        withdrawn.run(key);
        break;
    }
  };
}
