import { AdapterUnavailable, type AdapterUse } from '../generate.ts';
import { maxContexts, type Room } from './plan.ts';

/** Nobody types for this long and comes back to the very line; what a chat said is tried out before the next question. */
const idleMs: Readonly<Record<Room, number>> = { short: 10 * 60_000, long: 20 * 60_000 };

/** What sets contexts apart: a context changes neither its size nor its adapters, with which its KV cache was computed. */
export interface ContextKind {
  readonly adapters: readonly AdapterUse[];
  readonly room: Room;
}

/** A context on loan; disposing gives it back. */
export interface LentContext<C> extends Disposable {
  readonly context: C;
}

/** A context for the bare model could not be opened. */
export class NoMemoryForContext extends Error {
  constructor(reason: string) {
    super(`There is not enough memory to open the model for a long text: ${reason}`);
    this.name = 'NoMemoryForContext';
  }
}

interface Entry<C> {
  readonly room: Room;
  readonly opened: Promise<C>;
  /** How many have it on loan or wait for it. */
  users: number;
  idle: NodeJS.Timeout | undefined;
}

export interface ContextsOptions<C> {
  /** The bare model's short context, which stays. */
  readonly bare: C;
  readonly open: (kind: ContextKind) => Promise<C>;
  /** How long a context that nobody uses is kept; some minutes unless told. */
  readonly idleMs?: number;
}

/**
 * Contexts by their kind. In each room, the least recently used of those that nobody uses makes way for another; none
 * makes way for one of the other room unless memory is short, so typing and chat leave each other's KV caches alone.
 */
export class Contexts<C extends AsyncDisposable> {
  readonly #options: ContextsOptions<C>;
  /** Least recently used first. */
  readonly #entries = new Map<string, Entry<C>>();
  readonly #waiting = new Set<() => void>();
  /** Contexts open and close one after the other: what closes makes room for what opens. */
  #lastChange: Promise<unknown> = Promise.resolve();

  constructor(options: ContextsOptions<C>) {
    this.#options = options;
  }

  /**
   * The context of this kind, opened when there is none. Waits while all contexts of the room are in use: whoever has one
   * on loan gives it back without waiting for another. Rejects with `AdapterUnavailable`, `NoMemoryForContext` or the
   * signal's reason.
   */
  async lend({ adapters, room }: ContextKind, signal: AbortSignal): Promise<LentContext<C>> {
    const active = adapters.filter(({ scale }) => scale !== 0);
    if (active.length === 0 && room === 'short') return { context: this.#options.bare, [Symbol.dispose]: () => {} };
    const key = JSON.stringify([room, active.map(({ path, scale }) => [path, scale])]);
    for (;;) {
      signal.throwIfAborted();
      const entry = this.#entries.get(key) ?? this.#begin(key, { adapters: active, room });
      if (entry !== undefined) return this.#use(key, entry, signal);
      await this.#change(signal);
    }
  }

  async #use(key: string, entry: Entry<C>, signal: AbortSignal): Promise<LentContext<C>> {
    entry.users++;
    clearTimeout(entry.idle);
    // A Map keeps insertion order: moving the entry to the end makes the first one the least recently used.
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    try {
      const context = await entry.opened;
      signal.throwIfAborted();
      return { context, [Symbol.dispose]: () => this.#leave(key, entry) };
    } catch (cause) {
      this.#leave(key, entry);
      throw cause;
    }
  }

  #leave(key: string, entry: Entry<C>): void {
    entry.users--;
    if (entry.users > 0) return;
    entry.idle = setTimeout(() => {
      if (entry.users > 0 || this.#entries.get(key) !== entry) return;
      this.#entries.delete(key);
      void this.#inTurn(() => close(entry));
    }, this.#options.idleMs ?? idleMs[entry.room]);
    entry.idle.unref();
    this.#wake();
  }

  /** One that is being opened; undefined when the room has too many and all are in use. */
  #begin(key: string, kind: ContextKind): Entry<C> | undefined {
    const inRoom = [...this.#entries.values()].filter(({ room }) => room === kind.room).length;
    if (inRoom >= maxContexts[kind.room]) {
      const unused = this.#takeUnused(kind.room);
      if (unused === undefined) return undefined;
      void this.#inTurn(() => close(unused));
    }
    const opened = this.#inTurn(() => this.#open(kind));
    const entry: Entry<C> = { room: kind.room, opened, users: 0, idle: undefined };
    this.#entries.set(key, entry);
    opened.catch(() => {
      if (this.#entries.get(key) === entry) this.#entries.delete(key);
      this.#wake();
    });
    return entry;
  }

  /** Gives up contexts that nobody uses, of any room, where there is not enough memory. */
  async #open(kind: ContextKind): Promise<C> {
    for (;;) {
      try {
        return await this.#options.open(kind);
      } catch (cause) {
        const unused = isOutOfMemory(cause) ? this.#takeUnused() : undefined;
        if (unused === undefined) throw cause;
        await close(unused);
      }
    }
  }

  /** Takes out the least recently used one that nobody uses. */
  #takeUnused(room?: Room): Entry<C> | undefined {
    for (const [key, entry] of this.#entries) {
      if (entry.users > 0 || (room !== undefined && entry.room !== room)) continue;
      clearTimeout(entry.idle);
      this.#entries.delete(key);
      return entry;
    }
    return undefined;
  }

  #inTurn<T>(change: () => Promise<T>): Promise<T> {
    const done = this.#lastChange.then(change, change);
    this.#lastChange = done;
    return done;
  }

  /** Resolves when a context was left or is gone, or the signal aborts. */
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

function isOutOfMemory(cause: unknown): boolean {
  return (cause instanceof AdapterUnavailable && cause.fault === 'outOfMemory') || cause instanceof NoMemoryForContext;
}

/** One that could not be opened has nothing to close. */
async function close<C extends AsyncDisposable>(entry: Entry<C>): Promise<void> {
  const context = await entry.opened.catch(() => undefined);
  await context?.[Symbol.asyncDispose]();
}
