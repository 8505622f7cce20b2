import type { PersonalStatus, TrainingOutcome } from '../../protocol/personalMessages.ts';
import { isRunning } from './personalText.ts';

/** How a training ended between two statuses; undefined where none did, or nobody saw it run. */
export function trainingEnd(before: PersonalStatus | undefined, now: PersonalStatus): TrainingOutcome | undefined {
  return before && isRunning(before) && !isRunning(now) ? now.outcome : undefined;
}
