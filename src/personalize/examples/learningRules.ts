import ignore from 'ignore';
import type { Database } from './exampleStore.ts';

/** What the user does not want learned from. */
export interface LearningRules {
  /** Language ids. */
  readonly languages: readonly string[];
  /** Lines in gitignore syntax, matched against paths relative to their workspace folder; a later one decides. */
  readonly paths: readonly string[];
}

interface Where {
  readonly languageId: string;
  readonly path: string;
}

/** Whether what is written there may be learned from. A path that cannot be matched is not, as soon as there are patterns. */
export function mayLearnBy({ languages, paths }: LearningRules): (where: Where) => boolean {
  const off = new Set(languages);
  const patterns = ignore().add([...paths].map((line) => line.normalize('NFC')));
  const isIgnored = (path: string) => !ignore.isPathValid(path) || patterns.ignores(path.normalize('NFC'));
  return ({ languageId, path }) => !off.has(languageId) && (paths.length === 0 || !isIgnored(path));
}

/** The rules in force, as `mayLearnBy` reads them: what the store asks at every write. */
export function mayLearnIn(database: Database): (where: Where) => boolean {
  return mayLearnBy(readRules(database));
}

export function readRules(database: Database): LearningRules {
  const rows = database.prepare('SELECT kind, pattern FROM learningRule ORDER BY id').all();
  const of = (kind: string) => rows.filter((row) => row['kind'] === kind).map((row) => String(row['pattern']));
  return { languages: of('language'), paths: of('path') };
}

/** Puts rules in the place of all others. */
export function writeRules(database: Database, { languages, paths }: LearningRules): void {
  database.prepare('DELETE FROM learningRule').run();
  const insert = database.prepare('INSERT OR REPLACE INTO learningRule (kind, pattern) VALUES (?, ?)');
  for (const languageId of languages) insert.run('language', languageId);
  for (const pattern of paths) insert.run('path', pattern);
}
