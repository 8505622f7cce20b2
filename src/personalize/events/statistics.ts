import type { ModelStatistics, Statistics } from '../../protocol/messages.ts';
import type { DatabaseSync } from './sqlite.ts';

const dayMs = 24 * 60 * 60 * 1_000;

/**
 * Sums up the store, models with the most completions first. A completion counts once: as accepted whole, else in
 * part, else rejected; typed through or replaced ones are shown only. A text that was not looked at yet counts as kept.
 */
export function readStatistics(database: DatabaseSync, nowMs: number): Statistics {
  const first = database.prepare('SELECT min(shownAtMs) AS atMs FROM completion').get()?.['atMs'];
  const models = database
    .prepare(perModel)
    .all()
    .map((row): ModelStatistics => {
      const model = String(row['model']);
      const number = (column: string) => Number(row[column]);
      return {
        model,
        shown: number('shown'),
        acceptedWhole: number('acceptedWhole'),
        acceptedPart: number('acceptedPart'),
        rejected: number('rejected'),
        acceptedCharacters: number('acceptedCharacters'),
        keptCharacters: number('keptCharacters'),
        latencyMs: latencyPercentiles(database, model, number('shown')),
      };
    });
  return { days: typeof first === 'number' ? Math.max(1, Math.ceil((nowMs - first) / dayMs)) : 0, models };
}

const perModel = `
  WITH fate AS (
    SELECT completion,
      max(kind = 'acceptedWhole') AS whole,
      max(kind IN ('acceptedWord', 'acceptedLine')) AS part,
      max(kind = 'rejected') AS rejected,
      sum(iif(kind LIKE 'accepted%', characters, 0)) AS accepted
    FROM outcome GROUP BY completion
  ),
  -- With max(), SQLite takes the other columns from the row that holds the maximum: the last look.
  look AS (SELECT completion, max(afterS), keptCharacters AS kept FROM survival GROUP BY completion)
  SELECT model,
    count(*) AS shown,
    sum(ifnull(whole, 0)) AS acceptedWhole,
    sum(ifnull(part AND NOT whole, 0)) AS acceptedPart,
    sum(ifnull(rejected AND NOT whole AND NOT part, 0)) AS rejected,
    sum(ifnull(accepted, 0)) AS acceptedCharacters,
    sum(ifnull(min(accepted, ifnull(kept, accepted)), 0)) AS keptCharacters
  FROM completion LEFT JOIN fate ON fate.completion = id LEFT JOIN look ON look.completion = id
  GROUP BY model ORDER BY shown DESC, model`;

/** Nearest rank, from the index on model and latency. */
function latencyPercentiles(database: DatabaseSync, model: string, count: number): ModelStatistics['latencyMs'] {
  const nth = database.prepare('SELECT latencyMs FROM completion WHERE model = ? ORDER BY latencyMs LIMIT 1 OFFSET ?');
  const percentile = (p: number) => Number(nth.get(model, Math.ceil(p * count) - 1)?.['latencyMs'] ?? 0);
  return { p50: percentile(0.5), p95: percentile(0.95), p99: percentile(0.99) };
}
