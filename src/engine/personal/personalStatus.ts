import { neededExamples } from '../../personalize/dataset/split.ts';
import type { PersonalStatus } from '../../protocol/personalMessages.ts';
import type { Trainings } from './trainings.ts';

/** What the status bar and the view show of the training. */
export function personalStatusOf(
  trainings: Pick<Trainings, 'current' | 'outcome'>,
  isOff: boolean,
  counts: { readonly usable: number; readonly fresh: number },
): PersonalStatus {
  const examples = { usable: counts.usable, fresh: counts.fresh, needed: neededExamples };
  const { current, outcome } = trainings;
  const ended = outcome === undefined ? {} : { outcome };
  if (current === undefined) return { state: isOff ? 'off' : 'idle', examples, ...ended };
  return { state: stateOf(current), examples, progress: { place: current.place, ...current.progress.now } };
}

function stateOf({ phase, isPaused, trainer }: NonNullable<Trainings['current']>): PersonalStatus['state'] {
  if (phase === 'proving') return phase;
  if (isPaused) return 'paused';
  if (phase === 'preparing') return phase;
  return trainer?.isWaiting ? 'waiting' : 'training';
}
