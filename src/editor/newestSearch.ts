export interface NewestSearchOptions<Answer> {
  /** How long a query has to stand before it is asked. */
  readonly delayMs: number;
  readonly run: (query: string, signal: AbortSignal) => Promise<Answer>;
  readonly show: (answer: Answer) => void;
  readonly fail: (cause: unknown) => void;
}

/**
 * Asks while the user types: a query is run once it has stood for `delayMs`, a newer one aborts it, and only the answer
 * to the newest is ever shown.
 */
export class NewestSearch<Answer> {
  readonly #options: NewestSearchOptions<Answer>;
  #timer: NodeJS.Timeout | undefined;
  #running = new AbortController();

  constructor(options: NewestSearchOptions<Answer>) {
    this.#options = options;
  }

  ask(query: string, delayMs = this.#options.delayMs): void {
    this.cancel();
    this.#timer = setTimeout(() => void this.#run(query), delayMs);
  }

  /** Drops what is waiting and aborts what is running: nothing more is shown. */
  cancel(): void {
    clearTimeout(this.#timer);
    this.#running.abort();
  }

  async #run(query: string): Promise<void> {
    const running = new AbortController();
    this.#running = running;
    try {
      const answer = await this.#options.run(query, running.signal);
      if (!running.signal.aborted) this.#options.show(answer);
    } catch (cause) {
      if (!running.signal.aborted) this.#options.fail(cause);
    }
  }
}
