import type { AdapterUse, PromptPart } from './generate.ts';

/**
 * The contract between whoever measures or trains the model and whoever runs it: how likely it finds a text, and as
 * which tokens it reads it. Pure types, like `generate.ts`.
 */

/** A prompt and what follows it, in the terms of `GenerateRequest`. */
export interface Sample {
  readonly prompt: readonly PromptPart[];
  readonly typed: string;
  /** What follows `typed`. */
  readonly text: string;
  /** Marker of the end (see `LoadedModel.fimEnd`): one more token after the text. */
  readonly end?: string;
}

export interface ScoreRequest extends Sample {
  readonly adapters?: readonly AdapterUse[];
}

export interface ScoreResult {
  /**
   * Natural logarithm of the probabilities of the scored tokens, summed: softmax over the whole vocabulary at
   * temperature 1. Summed up in single precision, so good to about 1e-4 per token.
   */
  readonly logProbability: number;
  /** How many tokens were scored: those of `text` and `end`. */
  readonly tokens: number;
}

export interface EncodeRequest {
  readonly samples: readonly Sample[];
}

/** A sample as the model reads it. */
export interface EncodedSample {
  readonly tokens: readonly number[];
  /**
   * Index of the first token that belongs to `text`: where the tokens of `typed` and `text` together first differ from
   * those of `typed` alone.
   */
  readonly from: number;
  /** Indices of the prompt's control tokens: no text, and nothing to be learned. */
  readonly markers: readonly number[];
}

/**
 * Background work: gives way to typing. Texts after the same prompt share its KV cache, so score them one after the
 * other. Rejects as `Generate` throws, and with an error that names both sizes when prompt and text do not fit.
 */
export type Score = (request: ScoreRequest, signal: AbortSignal) => Promise<ScoreResult>;

/** The tokens that `Generate` and `Score` use, of any length. Rejects with `ModelUnavailable` or the signal's reason. */
export type Encode = (request: EncodeRequest, signal: AbortSignal) => Promise<readonly EncodedSample[]>;
