import type { Priority } from '../generate.ts';

/**
 * An evaluation cannot be interrupted, so a prompt is evaluated in slices of about this much work. Larger slices are
 * quicker in all: on a 2-core CPU a 0.5B model reads 0.73, 0.94, 0.99 of its best tokens/s in slices of 16, 64, 128.
 * Only new prompts are long; while somebody types on, a handful of tokens is read.
 */
const sliceMs: Readonly<Record<Priority, number>> = { typing: 500, chat: 250, background: 250 };
/** A chat's prompts are long, and the next key would wait for half a slice of them on average. */
const chatBetweenKeysMs = 100;
/** Below this a slice wastes the processor: weights are read once per slice, however few tokens it has. */
const minTokens = 16;

/** Chooses the size of prefill slices from the speed measured so far. */
export class PrefillPace {
  readonly #maxTokens: number;
  #tokensPerMs: number;

  /** `maxTokens` is the context's batch size. The first slice assumes a slow machine. */
  constructor(maxTokens: number) {
    this.#maxTokens = maxTokens;
    this.#tokensPerMs = 0.128;
  }

  /** Tokens that may be read in one go; `isBetweenKeys` says that somebody typed a moment ago. */
  sliceTokens(priority: Priority, isBetweenKeys = false): number {
    const ms = priority === 'chat' && isBetweenKeys ? chatBetweenKeysMs : sliceMs[priority];
    return Math.max(minTokens, Math.min(this.#maxTokens, Math.floor(this.#tokensPerMs * ms)));
  }

  /** Tells how long an evaluation took; small ones say little about prefill and are ignored. */
  measured(tokens: number, ms: number): void {
    if (tokens < minTokens) return;
    this.#tokensPerMs += 0.5 * (tokens / Math.max(ms, 0.1) - this.#tokensPerMs);
  }
}
