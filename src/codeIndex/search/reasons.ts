import { passageOf } from '../passage.ts';
import { declaredTerm, searchTerms } from '../terms.ts';
import type { Reason } from './hit.ts';
import type { Nearness } from './nearness.ts';
import { matchedPathWords } from './pathScores.ts';
import type { Query } from './query.ts';
import type { Ranked } from './selection.ts';

const maxWords = 8;

/** Why a chunk answers the query; `similarity` is there when the vectors found it. */
export function reasonsOf(
  hit: Ranked & { readonly similarity: number | undefined },
  { terms, names }: Query,
  nearness: Nearness,
): readonly Reason[] {
  const present = new Set(searchTerms(passageOf(hit.chunk)));
  const own = hit.chunk.symbolPath.at(-1);
  const isOwn = names.some((name) => name.toLowerCase() === own?.toLowerCase());
  const named = isOwn ? own : names.find((name) => present.has(declaredTerm(name)));
  const words = whole(terms.filter((term) => present.has(term)));
  const pathWords = whole(matchedPathWords(hit.path, terms));
  return [
    ...(named === undefined ? [] : [{ kind: 'name' as const, name: named }]),
    ...(words.length > 0 ? [{ kind: 'words' as const, words }] : []),
    ...(hit.similarity === undefined ? [] : [{ kind: 'meaning' as const, similarity: hit.similarity }]),
    ...(pathWords.length > 0 ? [{ kind: 'path' as const, words: pathWords }] : []),
    ...nearness.how(hit).map((how) => ({ kind: 'near' as const, how })),
  ];
}

/** Without the parts of names that are there whole. */
function whole(words: readonly string[]): readonly string[] {
  return words.filter((word) => !words.some((other) => other !== word && other.includes(word))).slice(0, maxWords);
}
