import type { EngineStatus } from '../protocol/messages.ts';

/** A completion that takes less is not worth a sign of work: the sign would flicker with every keystroke. */
export const thinkingShowsAfterMs = 150;

/**
 * Passes statuses on to `show`, but `thinking` only once it has lasted. Call the returned function with every status;
 * dispose it to drop a `thinking` that still waits.
 */
export function calmStatus(show: (status: EngineStatus) => void): ((status: EngineStatus) => void) & Disposable {
  let waiting: NodeJS.Timeout | undefined;
  const stopWaiting = () => {
    clearTimeout(waiting);
    waiting = undefined;
  };
  const take = (status: EngineStatus) => {
    stopWaiting();
    if (status.state === 'thinking') waiting = setTimeout(() => show(status), thinkingShowsAfterMs);
    else show(status);
  };
  return Object.assign(take, { [Symbol.dispose]: stopWaiting });
}
