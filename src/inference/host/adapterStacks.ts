import { AdapterUnavailable, type AdapterUse } from '../generate.ts';
import { maxStacks } from './plan.ts';

/** Nobody types for this long and comes back to the very line. */
const idleMs = 10 * 60_000;

/** A context on loan; disposing gives it back. */
export interface LentStack<C> extends Disposable {
  readonly context: C;
}

interface Stack<C> {
  readonly opened: Promise<C>;
  /** How many have it on loan or wait for it. */
  users: number;
  idle: NodeJS.Timeout | undefined;
}

export interface AdapterStackOptions<C> {
  /** The bare model's context, which stays. */
  readonly bare: C;
  readonly open: (adapters: readonly AdapterUse[]) => Promise<C>;
  /** How long a stack that nobody uses is kept; 10 minutes unless told. */
  readonly idleMs?: number;
}

/**
 * Contexts by the stack of adapters in them. A context cannot change its adapters: what is in its KV cache was computed
 * with them. The least recently used of those that nobody uses makes room for another.
 */
export class AdapterStacks<C extends AsyncDisposable> {
  readonly #options: AdapterStackOptions<C>;
  /** Least recently used first. */
  readonly #stacks = new Map<string, Stack<C>>();
  readonly #waiting = new Set<() => void>();
  /** Contexts open and close one after the other: what closes makes room for what opens. */
  #lastChange: Promise<unknown> = Promise.resolve();

  constructor(options: AdapterStackOptions<C>) {
    this.#options = options;
  }

  /**
   * The context with these adapters, opened when there is none. Waits while all contexts are in use: whoever has one on
   * loan gives it back without waiting for another. Rejects with `AdapterUnavailable` or the signal's reason.
   */
  async lend(adapters: readonly AdapterUse[], signal: AbortSignal): Promise<LentStack<C>> {
    const active = adapters.filter(({ scale }) => scale !== 0);
    if (active.length === 0) return { context: this.#options.bare, [Symbol.dispose]: () => {} };
    const key = JSON.stringify(active.map(({ path, scale }) => [path, scale]));
    for (;;) {
      signal.throwIfAborted();
      const stack = this.#stacks.get(key) ?? this.#begin(key, active);
      if (stack !== undefined) return this.#use(key, stack, signal);
      await this.#change(signal);
    }
  }

  async #use(key: string, stack: Stack<C>, signal: AbortSignal): Promise<LentStack<C>> {
    stack.users++;
    clearTimeout(stack.idle);
    // A Map keeps insertion order: moving the entry to the end makes the first one the least recently used.
    this.#stacks.delete(key);
    this.#stacks.set(key, stack);
    try {
      const context = await stack.opened;
      signal.throwIfAborted();
      return { context, [Symbol.dispose]: () => this.#leave(key, stack) };
    } catch (cause) {
      this.#leave(key, stack);
      throw cause;
    }
  }

  #leave(key: string, stack: Stack<C>): void {
    stack.users--;
    if (stack.users > 0) return;
    stack.idle = setTimeout(() => {
      if (stack.users > 0 || this.#stacks.get(key) !== stack) return;
      this.#stacks.delete(key);
      void this.#inTurn(() => close(stack));
    }, this.#options.idleMs ?? idleMs);
    stack.idle.unref();
    this.#wake();
  }

  /** A stack that is being opened; undefined when there are too many and all are in use. */
  #begin(key: string, adapters: readonly AdapterUse[]): Stack<C> | undefined {
    if (this.#stacks.size >= maxStacks) {
      const unused = this.#takeUnused();
      if (unused === undefined) return undefined;
      void this.#inTurn(() => close(unused));
    }
    const stack: Stack<C> = { opened: this.#inTurn(() => this.#open(adapters)), users: 0, idle: undefined };
    this.#stacks.set(key, stack);
    stack.opened.catch(() => {
      if (this.#stacks.get(key) === stack) this.#stacks.delete(key);
      this.#wake();
    });
    return stack;
  }

  /** Gives up stacks that nobody uses where there is not enough memory. */
  async #open(adapters: readonly AdapterUse[]): Promise<C> {
    for (;;) {
      try {
        return await this.#options.open(adapters);
      } catch (cause) {
        const isFull = cause instanceof AdapterUnavailable && cause.fault === 'outOfMemory';
        const unused = isFull ? this.#takeUnused() : undefined;
        if (unused === undefined) throw cause;
        await close(unused);
      }
    }
  }

  /** Takes out the least recently used stack that nobody uses. */
  #takeUnused(): Stack<C> | undefined {
    for (const [key, stack] of this.#stacks) {
      if (stack.users > 0) continue;
      clearTimeout(stack.idle);
      this.#stacks.delete(key);
      return stack;
    }
    return undefined;
  }

  #inTurn<T>(change: () => Promise<T>): Promise<T> {
    const done = this.#lastChange.then(change, change);
    this.#lastChange = done;
    return done;
  }

  /** Resolves when a stack was left or is gone, or the signal aborts. */
  #change(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const settle = () => {
        this.#waiting.delete(settle);
        signal.removeEventListener('abort', settle);
        resolve();
      };
      this.#waiting.add(settle);
      signal.addEventListener('abort', settle, { once: true });
    });
  }

  #wake(): void {
    for (const wake of this.#waiting) wake();
  }
}

/** One that could not be opened has nothing to close. */
async function close<C extends AsyncDisposable>(stack: Stack<C>): Promise<void> {
  const context = await stack.opened.catch(() => undefined);
  await context?.[Symbol.asyncDispose]();
}
