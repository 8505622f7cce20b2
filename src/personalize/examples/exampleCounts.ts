import type { Database } from './exampleStore.ts';
import { leastKept } from './usable.ts';

interface Counts {
  readonly total: number;
  /** Of these, texts to learn from: not excluded, allowed by the rules, and still there. */
  readonly usable: number;
  /** Of the usable ones, those of after the time that was asked for. */
  readonly fresh: number;
}

export interface ExampleCounts extends Counts {
  /** The most first. */
  readonly languages: readonly (Counts & { readonly languageId: string })[];
  /** Workspace folders, absolute, '' for what lies outside one; the most first. */
  readonly folders: readonly (Counts & { readonly folder: string })[];
}

type Group = Counts & { readonly languageId: string; readonly folder: string };

/** Counts the examples, all in one pass over an index. */
export function countExamples(
  database: Database,
  mayLearn: (where: { readonly languageId: string; readonly path: string }) => boolean,
  sinceMs: number,
): ExampleCounts {
  const groups = database
    .prepare(
      `SELECT languageId, folder, path, count(*) AS total,
         sum(excluded = 0 AND kept >= ?) AS usable,
         sum(excluded = 0 AND kept >= ? AND acceptedAtMs > ?) AS fresh
       FROM example GROUP BY languageId, folder, path`,
    )
    .all(leastKept, leastKept, sinceMs)
    .map((row): Group => {
      const languageId = String(row['languageId']);
      const isLearned = mayLearn({ languageId, path: String(row['path']) });
      const number = (column: string) => Number(row[column]);
      return {
        languageId,
        folder: String(row['folder']),
        total: number('total'),
        usable: isLearned ? number('usable') : 0,
        fresh: isLearned ? number('fresh') : 0,
      };
    });
  const byLanguage = Map.groupBy(groups, ({ languageId }) => languageId);
  const byFolder = Map.groupBy(groups, ({ folder }) => folder);
  return {
    ...sum(groups),
    languages: mostFirst([...byLanguage].map(([languageId, each]) => ({ languageId, ...sum(each) }))),
    folders: mostFirst([...byFolder].map(([folder, each]) => ({ folder, ...sum(each) }))),
  };
}

function sum(counts: readonly Counts[]): Counts {
  const of = (which: keyof Counts) => counts.reduce((all, each) => all + each[which], 0);
  return { total: of('total'), usable: of('usable'), fresh: of('fresh') };
}

function mostFirst<T extends Counts>(counts: T[]): T[] {
  return counts.toSorted((a, b) => b.total - a.total);
}
