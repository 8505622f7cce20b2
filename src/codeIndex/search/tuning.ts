import type { SearchRequest } from './hit.ts';

export type Retriever = 'terms' | 'vector' | 'name' | 'path';

/** Every number that decides an order, so that a benchmark can leave parts out and try others. */
export interface Tuning {
  /** Of reciprocal rank fusion: the smaller, the more the first ranks count. */
  readonly rankConstant: number;
  readonly weights: Readonly<Record<SearchRequest['kind'], Readonly<Record<Retriever, number>>>>;
  /** How much each next name of a request counts of the one before it. */
  readonly nextName: number;
  /** Factors on the fused score. */
  readonly boosts: Readonly<Record<'imported' | 'recentlyEdited' | 'sameFolder', number>>;
}

/** Chosen on other repositories than those of docs/benchmarks.md. */
export const defaultTuning: Tuning = {
  rankConstant: 10,
  weights: {
    question: { terms: 0.4, vector: 0.6, name: 0.4, path: 0.15 },
    code: { terms: 0.4, vector: 0.3, name: 1, path: 0.1 },
  },
  nextName: 0.8,
  boosts: { imported: 1.5, recentlyEdited: 1.15, sameFolder: 1.1 },
};
