import type { Layouter, Sample } from './laidOut.ts';

/** A sample as the model reads it, and the first token that belongs to its text. */
export interface Encoded {
  readonly tokens: readonly number[];
  readonly from: number;
  /** Indices of tokens that are no text. */
  readonly markers: readonly number[];
}

/** What the model host makes of places, for one model. */
export interface Encoder extends Layouter {
  /** `Encode` of `inference/score.ts`. */
  readonly encode: (
    request: { readonly samples: readonly Sample[] },
    signal: AbortSignal,
  ) => Promise<readonly Encoded[]>;
  /** After each batch: how many places are done. */
  readonly onProgress?: (done: number) => void;
}

/** Small enough that somebody who types waits for none, large enough that the way to the host costs nothing. */
const batchPlaces = 32;
/** No token is longer on average: what is longer than the context by this measure need not be counted. */
const maxCharactersPerToken = 16;

/** Has the samples of many places encoded, batch after batch. Rejects with the signal's reason. */
export async function inBatches<T extends { readonly samples: readonly Sample[] }>(
  places: readonly T[],
  { encode, onProgress }: Encoder,
  signal: AbortSignal,
): Promise<readonly { readonly place: T; readonly encoded: readonly Encoded[] }[]> {
  const results: { place: T; encoded: Encoded[] }[] = [];
  for (let first = 0; first < places.length; first += batchPlaces) {
    signal.throwIfAborted();
    const batch = places.slice(first, first + batchPlaces);
    const samples = batch.flatMap((place) => place.samples);
    const answers = samples.length === 0 ? [] : await encode({ samples }, signal);
    if (answers.length !== samples.length) throw new Error(`${answers.length} of ${samples.length} samples came back.`);
    let at = 0;
    for (const place of batch) results.push({ place, encoded: answers.slice(at, (at += place.samples.length)) });
    onProgress?.(first + batch.length);
  }
  signal.throwIfAborted();
  return results;
}

/** Whether a text cannot fit, as can be seen without counting its tokens. */
export function isTooLong(text: string, { contextTokens }: Layouter): boolean {
  return text.length > contextTokens * maxCharactersPerToken;
}

/** Whether it can be learned and scored: something is read, something is written, and all of it fits. */
export function fits({ tokens, from }: Encoded, { contextTokens }: Layouter): boolean {
  return from >= 1 && from < tokens.length && tokens.length <= contextTokens;
}
