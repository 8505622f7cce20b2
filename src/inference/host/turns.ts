import type { Priority } from '../generate.ts';

/** Those who go first come first. */
export const priorities: readonly Priority[] = ['typing', 'chat', 'background'];

export function goesBefore(one: Priority, other: Priority): boolean {
  return priorities.indexOf(one) < priorities.indexOf(other);
}

/** Whoever types now and then is at it again at any moment. */
const betweenKeysMs = 3000;

interface Worker {
  readonly priority: Priority;
  readonly place: string;
}

/** Who may compute now: others wait while somebody who goes before them is at work. */
export class Turns {
  readonly #atWork = new Set<Worker>();
  readonly #waiting = new Set<() => void>();
  #typedMs = Number.NEGATIVE_INFINITY;

  /** Does a piece of work, announcing it to those who come after it. A place is whatever workers may be in each other's way for. */
  async run<T>(priority: Priority, work: () => Promise<T>, place = ''): Promise<T> {
    const worker: Worker = { priority, place };
    this.#atWork.add(worker);
    this.#wake();
    try {
      return await work();
    } finally {
      this.#atWork.delete(worker);
      if (priority === 'typing') this.#typedMs = performance.now();
      this.#wake();
    }
  }

  /** Whether somebody at work goes before, anywhere or at one place. */
  isPreceded(priority: Priority, place?: string): boolean {
    for (const worker of this.#atWork)
      if (goesBefore(worker.priority, priority) && (place === undefined || place === worker.place)) return true;
    return false;
  }

  /** Whether somebody typed within the last seconds. */
  isBetweenKeys(): boolean {
    return performance.now() - this.#typedMs < betweenKeysMs;
  }

  /** Resolves once nobody goes before, or rejects with the signal's reason. */
  async quiet(priority: Priority, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    while (this.isPreceded(priority)) await this.change(signal);
  }

  /** Resolves when somebody begins or ends work, or rejects with the signal's reason. */
  change(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
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

  #wake(): void {
    for (const wake of this.#waiting) wake();
  }
}
