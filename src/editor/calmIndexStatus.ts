import type { IndexStatus } from '../protocol/indexMessages.ts';
import { isWorking } from './indexText.ts';

/** A pass that takes less (one saved file) is not worth a sign of work. */
export const indexingShowsAfterMs = 1000;

/**
 * Passes statuses on to `show`, but work only once it has lasted, counted from its first sign; the newest is shown then.
 * Call the returned function with every status; dispose it to drop what still waits.
 */
export function calmIndexStatus(show: (status: IndexStatus) => void): ((status: IndexStatus) => void) & Disposable {
  let waiting: { readonly timer: NodeJS.Timeout; newest: IndexStatus } | undefined;
  let working = false;
  const stopWaiting = () => {
    clearTimeout(waiting?.timer);
    waiting = undefined;
  };
  const take = (status: IndexStatus) => {
    const wasWorking = working;
    working = isWorking(status);
    if (waiting && working) {
      waiting.newest = status;
      return;
    }
    stopWaiting();
    if (!working || wasWorking) return show(status);
    const timer = setTimeout(() => {
      const newest = waiting?.newest ?? status;
      stopWaiting();
      show(newest);
    }, indexingShowsAfterMs);
    waiting = { timer, newest: status };
  };
  return Object.assign(take, { [Symbol.dispose]: stopWaiting });
}
