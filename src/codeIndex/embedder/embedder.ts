/** Texts to vectors: texts that mean the same get vectors with a high dot product. */
export interface Embedder {
  /** Names the embedder and what it was trained to; vectors of different ids must never be compared. */
  readonly id: string;
  readonly dimensions: number;
  /** One vector for each text, of length 1; all zeros for a text without words. */
  embed(texts: readonly string[]): Float32Array[];
}
