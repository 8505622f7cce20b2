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
