/** Thrown where work stops because the user cancelled it. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
  constructor() {
    super('The training was cancelled.');
  }
}

/** Pausing and cancelling, obeyed wherever the work awaits `point`. */
export class TrainingControl {
  #cancelled = false;
  #resume: (() => void) | undefined;
  #paused: Promise<void> | undefined;
  #isPauseTold = false;
  readonly #onPause: (isPaused: boolean) => void;

  /** @param onPause told once when work has really stopped, and once when it goes on, however many lanes await */
  constructor(onPause: (isPaused: boolean) => void) {
    this.#onPause = onPause;
  }

  pause(): void {
    this.#paused ??= new Promise((resolve) => (this.#resume = resolve));
  }

  resume(): void {
    this.#paused = undefined;
    this.#resume?.();
  }

  cancel(): void {
    this.#cancelled = true;
    this.resume();
  }

  /** Goes on at once, when the pause ends, or never: then it throws `Cancelled`. */
  readonly point = async (): Promise<void> => {
    if (this.#cancelled) throw new Cancelled();
    if (this.#paused === undefined) return;
    this.#tell(true);
    while (this.#paused !== undefined) await this.#paused;
    if (this.#cancelled) throw new Cancelled();
    this.#tell(false);
  };

  #tell(isPaused: boolean): void {
    if (this.#isPauseTold === isPaused) return;
    this.#isPauseTold = isPaused;
    this.#onPause(isPaused);
  }
}
