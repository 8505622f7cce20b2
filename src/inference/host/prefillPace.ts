/** An evaluation cannot be interrupted, so a prompt is evaluated in slices of about this much work. */
const sliceMs = { typing: 100, background: 40 } as const;
/** Below this a slice wastes the processor: weights are read once per slice, however few tokens it has. */
const minTokens = 16;

/** Chooses the size of prefill slices from the speed measured so far. */
export class PrefillPace {
  readonly #maxTokens: number;
  #tokensPerMs: number;

  /** `maxTokens` is the context's batch size. The first slice assumes a slow machine. */
  constructor(maxTokens: number) {
    this.#maxTokens = maxTokens;
    this.#tokensPerMs = 0.64;
  }

  sliceTokens(priority: 'typing' | 'background'): number {
    return Math.max(minTokens, Math.min(this.#maxTokens, Math.floor(this.#tokensPerMs * sliceMs[priority])));
  }

  /** Tells how long an evaluation took; small ones say little about prefill and are ignored. */
  measured(tokens: number, ms: number): void {
    if (tokens < minTokens) return;
    this.#tokensPerMs += 0.5 * (tokens / Math.max(ms, 0.1) - this.#tokensPerMs);
  }
}
