import type { ModelRunner, RunnerState } from '../../inference/host/modelRunner.ts';
import { ProblemError } from '../../protocol/problems.ts';

type States = Pick<ModelRunner, 'state' | 'onState'>;

/** A model is loaded anew in seconds, the largest from a slow disk in a minute. */
const patienceMs = 90_000;

/** Resolves when this model is up. Rejects with a `ProblemError` when it will not be, and with the signal's reason. */
export async function untilReady(runner: States, id: string, signal: AbortSignal): Promise<void> {
  await untilState(runner, ({ kind }) => kind !== 'restarting' && kind !== 'loading', signal);
  const { state } = runner;
  if (state.kind !== 'ready' || state.model.id !== id) throw new ProblemError({ code: 'chat.modelGone' });
}

/** Resolves when the state is such, or after a minute and a half in which it was not; rejects with the signal's reason. */
export function untilState(
  runner: States,
  isSuch: (state: RunnerState) => boolean,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    if (isSuch(runner.state)) return resolve();
    const settle = () => {
      listener[Symbol.dispose]();
      clearTimeout(timer);
      signal.removeEventListener('abort', settle);
      if (signal.aborted) reject(signal.reason);
      else resolve();
    };
    const listener = runner.onState.on((state) => {
      if (isSuch(state)) settle();
    });
    const timer = setTimeout(settle, patienceMs);
    signal.addEventListener('abort', settle, { once: true });
  });
}
