import type { Priority } from './sequencePool.ts';

/** Who may compute now: background work waits while anybody types. */
export class Turns {
  #typing = 0;
  readonly #waiting = new Set<() => void>();

  /** Background work has to make way. */
  get typing(): boolean {
    return this.#typing > 0;
  }

  /** Runs a piece of work, announcing it to background work when it is for typing. */
  async run<T>(priority: Priority, work: () => Promise<T>): Promise<T> {
    if (priority === 'background') return work();
    this.#typing++;
    try {
      return await work();
    } finally {
      this.#typing--;
      if (this.#typing === 0) for (const wake of this.#waiting) wake();
    }
  }

  /** Resolves once nobody types, or rejects with the signal's reason. */
  quiet(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      if (!this.typing) return resolve();
      const settle = () => {
        this.#waiting.delete(settle);
        signal.removeEventListener('abort', settle);
        if (signal.aborted) reject(signal.reason);
        else resolve();
      };
      this.#waiting.add(settle);
      signal.addEventListener('abort', settle, { once: true });
    });
  }
}
