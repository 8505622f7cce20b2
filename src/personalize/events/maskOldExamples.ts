import { keepable } from './keepable.ts';
import type { DatabaseSync } from './sqlite.ts';

/** Before version 2 of the schema examples were stored as they were: masks their surroundings, or deletes them. */
export function maskOldExamples(database: DatabaseSync): void {
  const examples = database.prepare('SELECT id, prefix, text, suffix FROM example WHERE id > ? ORDER BY id LIMIT 100');
  const mask = database.prepare('UPDATE example SET prefix = ?, suffix = ? WHERE id = ?');
  const remove = database.prepare('DELETE FROM example WHERE id = ?');
  let last = 0;
  for (;;) {
    const rows = examples.all(last);
    for (const row of rows) {
      last = Number(row['id']);
      const [prefix, text, suffix] = [String(row['prefix']), String(row['text']), String(row['suffix'])];
      const kept = keepable({ prefix, text, suffix });
      if (kept === undefined) remove.run(last);
      else if (kept.prefix !== prefix || kept.suffix !== suffix) mask.run(kept.prefix, kept.suffix, last);
    }
    if (rows.length === 0) return;
  }
}
