/** What one retriever found: keys with their scores, in any order. */
export interface RankedList {
  readonly weight: number;
  readonly scores: ReadonlyMap<string, number>;
  /** Scores between 0 and 1 that mean something: they count themselves, 1 as much as the first rank. */
  readonly graded?: boolean;
}

/**
 * Reciprocal rank fusion: each list gives `weight / (rankConstant + rank)`, ranks from 1, and what several lists found adds
 * up. Equal scores share the best of their ranks.
 */
export function fuse(lists: readonly RankedList[], rankConstant: number): ReadonlyMap<string, number> {
  const fused = new Map<string, number>();
  const add = (key: string, value: number) => fused.set(key, (fused.get(key) ?? 0) + value);
  for (const { weight, scores, graded = false } of lists) {
    if (weight === 0) continue;
    if (graded) for (const [key, score] of scores) add(key, (weight * score) / (rankConstant + 1));
    else for (const [key, rank] of ranksOf(scores)) add(key, weight / (rankConstant + rank));
  }
  return fused;
}

function ranksOf(scores: ReadonlyMap<string, number>): readonly (readonly [key: string, rank: number])[] {
  let rank = 0;
  let before = Number.NaN;
  return [...scores]
    .toSorted(([, a], [, b]) => b - a)
    .map(([key, score], at) => {
      if (score !== before) rank = at + 1;
      before = score;
      return [key, rank] as const;
    });
}
