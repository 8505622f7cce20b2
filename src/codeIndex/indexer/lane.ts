interface Waiting {
  start(): void;
  readonly urgent: boolean;
}

/** Runs one job at a time, urgent ones first, otherwise in the order they came. */
export class Lane {
  readonly #waiting: Waiting[] = [];
  #busy = false;

  /** Rejects when the job does, or when the signal aborts before it has begun. */
  async run<T>(job: () => Promise<T>, urgent: boolean, signal: AbortSignal): Promise<T> {
    await this.#enter(urgent, signal);
    try {
      signal.throwIfAborted();
      return await job();
    } finally {
      this.#leave();
    }
  }

  #enter(urgent: boolean, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (!this.#busy) {
      this.#busy = true;
      return Promise.resolve();
    }
    return new Promise((start) => {
      const firstOther = urgent ? this.#waiting.findIndex((each) => !each.urgent) : -1;
      this.#waiting.splice(firstOther < 0 ? this.#waiting.length : firstOther, 0, { start, urgent });
    });
  }

  #leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#busy = false;
    else next.start();
  }
}
