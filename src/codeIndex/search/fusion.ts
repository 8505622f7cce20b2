/** What one retriever found: keys with their scores, in any order; only the ranks count. */
export interface RankedList {
  readonly weight: number;
  readonly scores: ReadonlyMap<string, number>;
}

/**
 * Reciprocal rank fusion: each list gives `weight / (rankConstant + rank)`, ranks from 1, and what several lists found adds
 * up. Equal scores share the best of their ranks.
 */
export function fuse(lists: readonly RankedList[], rankConstant: number): ReadonlyMap<string, number> {
  const fused = new Map<string, number>();
  for (const { weight, scores } of lists) {
    if (weight === 0) continue;
    let rank = 0;
    let before = Number.NaN;
    for (const [at, [key, score]] of [...scores].toSorted(([, a], [, b]) => b - a).entries()) {
      if (score !== before) rank = at + 1;
      before = score;
      fused.set(key, (fused.get(key) ?? 0) + weight / (rankConstant + rank));
    }
  }
  return fused;
}
