/** Collects what its owner created and disposes it in reverse order: children before parents. */
export class Disposables implements Disposable {
  readonly #items: Disposable[] = [];

  add<T extends Disposable>(item: T): T {
    this.#items.push(item);
    return item;
  }

  [Symbol.dispose](): void {
    for (let item = this.#items.pop(); item !== undefined; item = this.#items.pop()) item[Symbol.dispose]();
  }
}

/** Wraps a plain clean-up function. Calling it twice runs it once. */
export function onDispose(cleanUp: () => void): Disposable {
  let done = false;
  return {
    [Symbol.dispose]() {
      if (done) return;
      done = true;
      cleanUp();
    },
  };
}
