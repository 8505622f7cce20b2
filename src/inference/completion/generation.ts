import { isAbort } from '../../base/aborts.ts';
import type { Drafted } from './completionCache.ts';
import type { Situation } from './situation.ts';

/** An unwanted generation is left running this long: the next keystroke often turns out to agree with it. */
const orphanMs = 250;

/**
 * A draft in the making. It outlives the request that began it: when the user types what it is writing, the next
 * request joins instead of starting over.
 */
export class Generation implements Disposable {
  readonly situation: Situation;
  readonly done: Promise<Drafted | undefined>;
  readonly #abort = new AbortController();
  #text = '';
  #finished = false;
  #waiting = 0;
  #onText: (() => void)[] = [];

  /** @param run makes the draft; it reports the text so far. Its failure, but for an abort, is thrown by `done`. */
  constructor(
    situation: Situation,
    run: (signal: AbortSignal, onText: (text: string) => void) => Promise<Drafted | undefined>,
  ) {
    this.situation = situation;
    this.done = run(this.#abort.signal, (text) => this.#advance(text))
      .catch((cause: unknown) => {
        if (isAbort(cause)) return undefined;
        throw cause;
      })
      .finally(() => this.#finish());
    // Whoever waits sees the failure; without anyone waiting it must not end the process.
    this.done.catch(() => {});
  }

  get isRunning(): boolean {
    return !this.#finished && !this.#abort.signal.aborted;
  }

  /** Whether the user, since this began, typed nothing but what it writes. Waits until the draft is long enough to tell. */
  async agreesWith(situation: Situation, signal: AbortSignal): Promise<boolean> {
    const begun = this.situation;
    if (begun.uri !== situation.uri || begun.stableSuffix !== situation.stableSuffix) return false;
    if (!situation.prefix.startsWith(begun.prefix)) return false;
    const typed = situation.prefix.slice(begun.prefix.length);
    while (this.isRunning && this.#text.length < typed.length && typed.startsWith(this.#text) && !signal.aborted)
      await new Promise<void>((resolve) => {
        this.#onText.push(resolve);
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
    return this.#text.startsWith(typed) || (this.isRunning && typed === '');
  }

  /** The draft, or `undefined` once the signal aborts; a generation that nobody waits for ends soon after. */
  async join(signal: AbortSignal): Promise<Drafted | undefined> {
    this.#waiting++;
    const left = new Promise<undefined>((resolve) => {
      signal.addEventListener('abort', () => resolve(undefined), { once: true });
      if (signal.aborted) resolve(undefined);
    });
    try {
      return await Promise.race([this.done, left]);
    } finally {
      this.#waiting--;
      if (this.#waiting === 0 && this.isRunning) setTimeout(() => this.#disposeIfOrphan(), orphanMs);
    }
  }

  [Symbol.dispose](): void {
    this.#abort.abort();
    this.#wake();
  }

  #disposeIfOrphan(): void {
    if (this.#waiting === 0 && this.isRunning) this[Symbol.dispose]();
  }

  #advance(text: string): void {
    this.#text = text;
    this.#wake();
  }

  #finish(): void {
    this.#finished = true;
    this.#wake();
  }

  #wake(): void {
    for (const resolve of this.#onText.splice(0)) resolve();
  }
}
