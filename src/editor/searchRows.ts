import type { SearchHit, SearchResult } from '../protocol/indexMessages.ts';
import { describeProblem, type Translate } from '../protocol/problems.ts';
import { plainLine } from './formats.ts';
import { hitLine } from './hitLine.ts';
import type { NoIndex } from './indexText.ts';
import { describeReasons } from './searchReasons.ts';

/** One line of the search. `note`: something to read, and perhaps a command to run. `recent`: a query to ask again. */
export type SearchRow =
  | {
      readonly kind: 'hit';
      readonly hit: SearchHit;
      readonly label: string;
      /** Where it is and why it was found: on a line of its own, so that no long name pushes it out of sight. */
      readonly detail: string;
    }
  | { readonly kind: 'note'; readonly label: string; readonly command?: NoIndex['command'] }
  | { readonly kind: 'recent'; readonly query: string; readonly label: string };

/** The answer as the list shows it, in the engine's order. `shownPath`: how this workspace calls the file. */
export function resultRows(
  result: SearchResult,
  shownPath: (hit: SearchHit) => string,
  t: Translate,
): readonly SearchRow[] {
  const rows: SearchRow[] = result.hits.map((hit) => hitRow(hit, shownPath(hit), t));
  if (result.problem) return [noteRow('warning', describeProblem(result.problem, t).message), ...rows];
  if (rows.length > 0) return rows;
  return [
    noteRow(
      'info',
      result.complete ? t('Nothing found.') : t('Nothing found yet: the workspace is still being indexed.'),
    ),
  ];
}

export function recentRows(queries: readonly string[]): readonly SearchRow[] {
  return queries.map((query) => ({ kind: 'recent', query, label: `$(history) ${plainLine(query)}` }));
}

/** `icon`: a codicon. */
export function noteRow(icon: 'info' | 'warning', text: string, command?: NoIndex['command']): SearchRow {
  return { kind: 'note', label: `$(${icon}) ${plainLine(text)}`, ...(command && { command }) };
}

/** The same place in two answers: what was chosen in one can be found in the next. */
export function isSamePlace(a: SearchHit, b: SearchHit | undefined): boolean {
  return a.uri === b?.uri && a.startLine === b.startLine;
}

function hitRow(hit: SearchHit, path: string, t: Translate): SearchRow {
  return {
    kind: 'hit',
    hit,
    label: plainLine(hit.symbolPath.join(' › ')) || plainLine(textOfLine(hit)) || plainLine(path),
    detail: plainLine([`${path}:${hitLine(hit) + 1}`, describeReasons(hit.reasons, t)].filter(Boolean).join(' · ')),
  };
}

function textOfLine(hit: SearchHit): string {
  const line = hit.text.split('\n')[hitLine(hit) - hit.startLine] ?? '';
  return /[\p{L}\p{N}]/u.test(line) ? line : '';
}
