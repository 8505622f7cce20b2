import type { PersonalStatus } from '../../protocol/personalMessages.ts';
import type { Translate } from '../../protocol/problems.ts';
import { describePersonal, percentDone } from './personalText.ts';

/** What a screen reader says of a change: a new state, and each tenth of a training. Undefined where there is nothing new. */
export function announcement(
  before: PersonalStatus | undefined,
  now: PersonalStatus,
  t: Translate,
): string | undefined {
  const { line, pace, progress } = describePersonal(now, t);
  if (!before || (calmState(before) === calmState(now) && tenths(before) === tenths(now))) return undefined;
  return [line, progress, pace].filter(Boolean).join(', ');
}

/** A training that waits for every burst of typing is no news. */
function calmState({ state }: PersonalStatus): PersonalStatus['state'] {
  return state === 'waiting' ? 'training' : state;
}

function tenths(status: PersonalStatus): number {
  return Math.floor(percentDone(status) / 10);
}
