import type { SearchRequest } from './hit.ts';

type Retriever = 'terms' | 'vector' | 'name' | 'path';

/** Every number that decides an order, so that a benchmark can leave parts out and try others. */
export interface Tuning {
  /** Of reciprocal rank fusion: the smaller, the more the first ranks count. */
  readonly rankConstant: number;
  readonly weights: Readonly<Record<SearchRequest['kind'], Readonly<Record<Retriever, number>>>>;
  /** How much each next name of a request counts of the one before it. */
  readonly nextName: number;
  /** Factor on the score of chunks that are hardly more than imports. */
  readonly imports: number;
  /** Factors on the fused score. */
  readonly boosts: Readonly<Record<'imported' | 'recentlyEdited' | 'sameFolder', number>>;
}

/** Chosen on other repositories than those of docs/benchmarks.md. */
export const defaultTuning: Tuning = {
  rankConstant: 10,
  weights: {
    question: { terms: 0.6, vector: 0.4, name: 0.3, path: 0.15 },
    code: { terms: 0.4, vector: 0.2, name: 2, path: 0.2 },
  },
  nextName: 0.6,
  imports: 0.6,
  boosts: { imported: 2, recentlyEdited: 1.1, sameFolder: 1.05 },
};
