/** The contract between whoever wants vectors or scores and whoever runs the model. Pure types, like `generate.ts`. */

export interface EmbedRequest {
  /** Complete with what the model wants before each (see `embedding/embeddingModels.ts`); cut to its context, not refused. */
  readonly texts: readonly string[];
  /** A person waits for the answer to a question; passages are background work and give way to it between two texts. */
  readonly role: 'question' | 'passage';
}

export interface RankRequest {
  readonly question: string;
  readonly passages: readonly string[];
}

/**
 * One vector per text, of length 1, or 0 for a blank text. Rejects with `ModelUnavailable` while no model is up or when
 * it ends meanwhile, with the signal's reason when aborted.
 */
export type Embed = (request: EmbedRequest, signal: AbortSignal) => Promise<readonly Float32Array[]>;

/** One score from 0 to 1 per passage; rejects as `Embed` does. */
export type Rank = (request: RankRequest, signal: AbortSignal) => Promise<readonly number[]>;
