const givesUpAfter = 5;
const givesUpWithinMs = 3 * 60_000;
const defaultFirstDelayMs = 250;

/** When to start a process again that keeps dying: later each time, and after too many deaths not at all. */
export class Restarts {
  /** Deaths within the last minutes, on the caller's clock. */
  #deathsMs: number[] = [];
  readonly #firstDelayMs: number;

  constructor(firstDelayMs = defaultFirstDelayMs) {
    this.#firstDelayMs = firstDelayMs;
  }

  /** How long to wait before the next start, in ms; or how many deaths were too many. */
  died(nowMs: number): { readonly delayMs: number } | { readonly gaveUpAfter: number } {
    this.#deathsMs = [...this.#deathsMs.filter((deathMs) => nowMs - deathMs < givesUpWithinMs), nowMs];
    const deaths = this.#deathsMs.length;
    return deaths >= givesUpAfter ? { gaveUpAfter: deaths } : { delayMs: this.#firstDelayMs * 4 ** (deaths - 1) };
  }

  /** The user said to try again. */
  forget(): void {
    this.#deathsMs = [];
  }
}
