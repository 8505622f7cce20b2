import type { Priority } from '../generate.ts';
import { goesBefore, priorities } from './turns.ts';

/** The part of a sequence that choosing needs. */
export interface Reusable {
  /** How many tokens its KV cache holds. */
  readonly nextTokenIndex: number;
  compareContextTokens(tokens: readonly number[]): { readonly firstDifferentIndex: number };
}

interface Loan {
  readonly priority: Priority;
  readonly signal: AbortSignal;
}

interface Waiter<S> extends Loan {
  readonly tokens: readonly number[];
  take(sequence: S): void;
}

/** Lends the context's sequences; each keeps its KV cache between loans, and the best fitting one is lent. */
export class SequencePool<S extends Reusable> {
  /** Least recently used first. */
  readonly #free: S[];
  readonly #loans = new Map<S, Loan>();
  readonly #waiting = new Set<Waiter<S>>();

  constructor(sequences: readonly S[]) {
    this.#free = [...sequences];
  }

  /**
   * Lends a sequence, at once when a free one fits best. One that is about to come back is waited for if it fits
   * better: with each keystroke a request is aborted, and the next one wants its cache.
   */
  async lend(tokens: readonly number[], priority: Priority, signal: AbortSignal): Promise<S> {
    signal.throwIfAborted();
    return this.#take(tokens, { priority, signal }) ?? (await this.#wait(tokens, priority, signal));
  }

  /** Those who go first are served first. */
  giveBack(sequence: S): void {
    this.#loans.delete(sequence);
    this.#free.push(sequence);
    for (const priority of priorities)
      for (const waiter of [...this.#waiting].filter((each) => each.priority === priority)) {
        const taken = this.#take(waiter.tokens, waiter);
        if (taken !== undefined) waiter.take(taken);
      }
  }

  /** Lends the best sequence if it is free. */
  #take(tokens: readonly number[], loan: Loan): S | undefined {
    const comingBack = [...this.#loans]
      .filter(([, held]) => held.signal.aborted || goesBefore(loan.priority, held.priority))
      .map(([sequence]) => sequence);
    const best = chooseSequence([...this.#free, ...comingBack], tokens);
    const index = best === undefined ? -1 : this.#free.indexOf(best);
    if (best === undefined || index < 0) return undefined;
    this.#free.splice(index, 1);
    this.#loans.set(best, loan);
    return best;
  }

  #wait(tokens: readonly number[], priority: Priority, signal: AbortSignal): Promise<S> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#waiting.delete(waiter);
        signal.removeEventListener('abort', onAbort);
      };
      const onAbort = () => {
        leave();
        reject(signal.reason);
      };
      const waiter: Waiter<S> = {
        tokens,
        priority,
        signal,
        take(sequence) {
          leave();
          resolve(sequence);
        },
      };
      signal.addEventListener('abort', onAbort, { once: true });
      this.#waiting.add(waiter);
    });
  }
}

/**
 * The sequence that saves most work: the longest common prefix, if it is worth having. A prefix that saves less than a
 * quarter of the prompt is not worth another document's cache, so the least recently used sequence is taken instead.
 */
export function chooseSequence<S extends Reusable>(free: readonly S[], tokens: readonly number[]): S | undefined {
  let best = free[0];
  let bestShared = tokens.length / 4;
  for (const sequence of free) {
    const shared = Math.min(sequence.compareContextTokens(tokens).firstDifferentIndex, tokens.length);
    if (shared <= bestShared) continue;
    best = sequence;
    bestShared = shared;
  }
  return best;
}
