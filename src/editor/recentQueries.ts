import { firstCharacters } from './formats.ts';

const maxQueries = 10;
const maxCharacters = 300;

/** The list with `query` first, each query once. Queries can be code: they are kept in memory only, for one window. */
export function rememberQuery(queries: readonly string[], query: string): readonly string[] {
  const asked = query.trim();
  if (asked === '') return queries;
  return [asked, ...queries.filter((each) => each !== asked)].slice(0, maxQueries);
}

/** A selection as a query: one line, and no longer than a person would write. */
export function queryOfSelection(selected: string): string {
  return firstCharacters(selected.replace(/\s+/g, ' ').trim(), maxCharacters);
}
