/** Four times a second is as often as a person can follow. */
const statusEveryMs = 250;

/** Sends what something is now at every change, but four times a second at most: the last one always, none twice. */
export function reportChanges<T>(
  onChange: { on(listener: () => void): Disposable },
  now: () => T,
  send: (status: T) => void,
): void {
  let timer: NodeJS.Timeout | undefined;
  let lastSent = '';
  const report = () => {
    const status = now();
    const text = JSON.stringify(status);
    if (text === lastSent) return;
    lastSent = text;
    send(status);
    timer = setTimeout(() => {
      timer = undefined;
      report();
    }, statusEveryMs);
    timer.unref();
  };
  onChange.on(() => {
    if (timer === undefined) report();
  });
}
