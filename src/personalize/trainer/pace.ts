/** Tokens per second lately, and how long the rest will take. Times spent pausing do not count. */
export class Pace {
  #tokens = 0;
  #ms = 0;

  /** @param ms that working on these tokens took */
  worked(tokens: number, ms: number): void {
    // What was measured long ago counts less and less.
    this.#tokens = this.#tokens * fading + tokens;
    this.#ms = this.#ms * fading + ms;
  }

  get tokensPerSecond(): number {
    return this.#ms === 0 ? 0 : (this.#tokens / this.#ms) * 1_000;
  }

  secondsFor(tokens: number): number {
    return this.#tokens === 0 ? 0 : (tokens * this.#ms) / this.#tokens / 1_000;
  }
}

const fading = 0.95;
