import { searchTerms } from '../terms.ts';

/**
 * How well each path fits the words of the request: those that few of these paths have count more. Paths that have none are
 * left out.
 */
export function pathScores(paths: Iterable<string>, terms: readonly string[]): ReadonlyMap<string, number> {
  const matched = new Map<string, readonly string[]>();
  const frequency = new Map<string, number>();
  for (const path of new Set(paths)) {
    const words = matchedPathWords(path, terms);
    matched.set(path, words);
    for (const word of words) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  }
  const rarity = (word: string): number => Math.log(1 + matched.size / (frequency.get(word) ?? 1));
  return new Map(
    [...matched]
      .filter(([, words]) => words.length > 0)
      .map(([path, words]) => [path, words.reduce((sum, word) => sum + rarity(word), 0)] as const),
  );
}

/** The words of the request that a path has; file endings do not count. */
export function matchedPathWords(path: string, terms: readonly string[]): readonly string[] {
  const words = new Set(searchTerms(path.replace(/\.\w+$/, '')));
  return terms.filter((term) => words.has(term));
}
