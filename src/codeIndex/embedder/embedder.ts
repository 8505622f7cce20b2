/** Turns texts into vectors whose dot product says how near their meanings are. */
export interface Embedder {
  /** Changes with anything that changes vectors: vectors of different ids must never meet. */
  readonly id: string;
  readonly dimensions: number;
  /**
   * One vector per text, each of length 1 (or 0 for a text without words). Some models embed a question otherwise than
   * the passage that answers it. Rejects when the model behind it is gone; try again later.
   */
  embed(texts: readonly string[], role?: EmbedRole): readonly Float32Array[] | Promise<readonly Float32Array[]>;
}

export type EmbedRole = 'passage' | 'question';
