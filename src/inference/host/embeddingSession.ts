import type { EmbedRequest } from '../embed.ts';
import { Turns } from './turns.ts';

/** Longer tokens than this are rare; the rest of a text that is cut anyway need not be tokenised. */
const charactersPerToken = 32;

/** A model as far as embedding needs it; `T` is its token. */
export interface EmbeddingModel<T> {
  /** What looks like a control token in somebody's source is text. */
  readonly tokenize: (text: string) => readonly T[];
  readonly vectorOf: (tokens: readonly T[]) => Promise<readonly number[]>;
  /** Tokens of a text that count, without those that the model wants around it. */
  readonly maxTokens: number;
}

/** Turns texts into vectors, one text at a time. */
export class EmbeddingSession {
  /** Numbers in a vector. */
  readonly dimensions: number;
  readonly #vectorOf: (text: string) => Promise<readonly number[]>;
  readonly #turns = new Turns();

  private constructor(vectorOf: (text: string) => Promise<readonly number[]>, dimensions: number) {
    this.#vectorOf = vectorOf;
    this.dimensions = dimensions;
  }

  /** Embeds a first text: only then is it known how long the vectors are, and whether they are any good. */
  static async open<T>({ tokenize, vectorOf, maxTokens }: EmbeddingModel<T>): Promise<EmbeddingSession> {
    const cutVectorOf = async (text: string) => {
      const tokens = tokenize(text.slice(0, maxTokens * charactersPerToken)).slice(0, maxTokens);
      return tokens.length === 0 ? [] : vectorOf(tokens);
    };
    const first = await cutVectorOf('function');
    const session = new EmbeddingSession(cutVectorOf, first.length);
    session.#unit(first);
    return session;
  }

  /** Rejects with the signal's reason when aborted; questions go first. */
  embed({ texts, role }: EmbedRequest, signal: AbortSignal): Promise<Float32Array[]> {
    return this.#turns.run(role === 'question' ? 'typing' : 'background', async () => {
      const vectors: Float32Array[] = [];
      for (const text of texts) {
        if (role === 'passage') await this.#turns.quiet('background', signal);
        signal.throwIfAborted();
        const vector = text.trim() === '' ? [] : await this.#vectorOf(text);
        vectors.push(vector.length === 0 ? new Float32Array(this.dimensions) : this.#unit(vector));
      }
      return vectors;
    });
  }

  /** The vector, scaled to length 1. */
  #unit(vector: readonly number[]): Float32Array {
    const length = Math.hypot(...vector);
    if (vector.length !== this.dimensions || !Number.isFinite(length) || length === 0)
      throw new Error('The model gives no usable vectors.');
    return Float32Array.from(vector, (value) => value / length);
  }
}
