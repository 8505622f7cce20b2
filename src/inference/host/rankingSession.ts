import type { LlamaModel, LlamaRankingContext, Token } from 'node-llama-cpp';
import type { RankRequest } from '../embed.ts';

const charactersPerToken = 32;

export interface RankingSessionParts {
  readonly model: LlamaModel;
  readonly context: LlamaRankingContext;
}

/** A loaded model that reads a question and a passage together and says how well they fit. */
export class RankingSession {
  readonly #parts: RankingSessionParts;

  constructor(parts: RankingSessionParts) {
    this.#parts = parts;
  }

  /** A question keeps at most half of the context; a passage is cut to what is left. */
  async rank({ question, passages }: RankRequest, signal: AbortSignal): Promise<number[]> {
    const { context } = this.#parts;
    const usable = context.contextSize - 1;
    const asked = this.#tokens(question, Math.floor(usable / 2));
    const scores: number[] = [];
    for (const passage of passages) {
      signal.throwIfAborted();
      const read = this.#tokens(passage, usable);
      // A template may hold the passage more than once, so the first cut can be too long still.
      for (;;) {
        const over = context.calculateInputLength(asked, read) - usable;
        if (over <= 0 || read.length === 0) break;
        read.length = Math.max(0, read.length - over);
      }
      scores.push(read.length === 0 ? 0 : await context.rank(asked, read));
    }
    return scores;
  }

  #tokens(text: string, limit: number): Token[] {
    return this.#parts.model
      .tokenize(text.slice(0, limit * charactersPerToken), false, 'trimLeadingSpace')
      .slice(0, limit);
  }
}
