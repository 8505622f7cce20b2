/** Calls at once, then not again before some time has passed; a call that came in between is made at its end. */
export class Throttle implements Disposable {
  readonly #everyMs: number;
  readonly #call: () => void;
  #timer: NodeJS.Timeout | undefined;
  #again = false;

  constructor(everyMs: number, call: () => void) {
    this.#everyMs = everyMs;
    this.#call = call;
  }

  fire(): void {
    if (this.#timer !== undefined) {
      this.#again = true;
      return;
    }
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#again) this.fire();
    }, this.#everyMs);
    this.#timer.unref();
    this.#again = false;
    this.#call();
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#again = false;
  }
}
