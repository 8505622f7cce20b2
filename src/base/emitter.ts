import { onDispose } from './disposable.ts';

/** The smallest event: listeners run in the order of their registration, synchronously. */
export class Emitter<T> {
  readonly #listeners = new Set<(value: T) => void>();

  /** Registers a listener until the returned handle is disposed. */
  on(listener: (value: T) => void): Disposable {
    this.#listeners.add(listener);
    return onDispose(() => this.#listeners.delete(listener));
  }

  fire(value: T): void {
    for (const listener of this.#listeners) listener(value);
  }
}
