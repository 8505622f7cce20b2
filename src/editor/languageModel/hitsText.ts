import type { SearchHit, SearchResult } from '../../protocol/indexMessages.ts';
import { describeProblem } from '../../protocol/problems.ts';

/**
 * What a search found, for a model to read: in English, each passage in a code block that nothing in it can end, below its
 * place as `path:from-to` with lines from 1.
 */
export function hitsText({ hits, complete, problem }: SearchResult): string {
  const notes = [
    ...(problem === undefined ? [] : [describeProblem(problem).message]),
    ...(complete ? [] : ['The workspace is still being indexed: there may be more to find.']),
  ];
  const found = hits.length === 0 ? ['Nothing was found.'] : hits.map(passage);
  return [...found, ...notes].join('\n\n');
}

function passage({ path, languageId, symbolPath, startLine, endLine, text }: SearchHit): string {
  const name = symbolPath.length === 0 ? '' : ` (${oneLine(symbolPath.join('.'))})`;
  const shown = text.replace(hidden, '').replace(/\n$/, '');
  const fence = '`'.repeat(Math.max(3, ...Array.from(shown.matchAll(/`{3,}/g), ([marks]) => marks.length + 1)));
  // Lines of hits count from 0, and the last is not in it.
  return `${oneLine(path)}:${startLine + 1}-${endLine}${name}\n${fence}${oneLine(languageId)}\n${shown}\n${fence}`;
}

/** What models read and people do not see, as in the engine's own prompts. */
const hidden = /(?![\t\n\r])[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu;

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}`]+/gu, ' ').trim();
}
