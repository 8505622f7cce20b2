import type { Example } from '../examples/example.ts';
import { withoutTextsOf } from './withoutTextsOf.ts';

/** The newest examples are held out for the proof: it is the next edits that an adapter is for, not the last ones. */
const heldOutShare = 0.15;
/** The proof looks at no more: see `proofLimits` in `proof/prove.ts`. */
const maxHeldOut = 200;
/** The next ones tell the trainer when to stop. */
const validationShare = 0.1;
const maxValidation = 100;
/** Training time grows with the number of samples; what is older than the newest 4,000 says little of today's habits. */
const maxTraining = 4_000;

/**
 * A judgement, not a measurement: fewer texts than these, a thousand tokens or two, are learned by heart in three passes and
 * teach nothing else. With the shares above it leaves twelve examples to hold out, the fewest that a proof is led on.
 */
const leastTraining = 60;
/** How many usable examples, no two nearly the same, it takes until training makes sense. */
export const neededExamples = Math.ceil(leastTraining / (1 - heldOutShare - validationShare));
/** More than these, the newest, are not worth looking at: with duplicates gone they fill all three parts. */
export const maxCandidates = 2 * (maxTraining + maxValidation + maxHeldOut);

/** Each the newest first. */
export interface Split<T> {
  readonly heldOut: readonly T[];
  readonly validation: readonly T[];
  readonly training: readonly T[];
}

/**
 * Parts examples by time: all that is held out is newer than all that is for validation, and that than all training.
 * What is held out is in no other part in nearly the same form, and what is trained on is not validated on.
 */
export function split<T extends Pick<Example, 'id' | 'atMs' | 'text'>>(examples: readonly T[]): Split<T> {
  const newestFirst = examples.toSorted((a, b) => b.atMs - a.atMs || b.id - a.id);
  const count = newestFirst.length;
  const heldOutEnd = betweenTimes(newestFirst, Math.min(maxHeldOut, Math.round(count * heldOutShare)));
  const wanted = Math.min(maxValidation, Math.round(count * validationShare));
  const validationEnd = betweenTimes(newestFirst, heldOutEnd + wanted);
  const heldOut = newestFirst.slice(0, heldOutEnd);
  const training = withoutTextsOf(newestFirst.slice(validationEnd), heldOut).slice(0, maxTraining);
  const unseen = withoutTextsOf(newestFirst.slice(heldOutEnd, validationEnd), heldOut);
  return { heldOut, validation: withoutTextsOf(unseen, training), training };
}

/** How many more usable examples it takes; 0 when there are enough. */
export function missingExamples({ training }: Pick<Split<unknown>, 'training'>): number {
  const missing = leastTraining - training.length;
  return Math.max(0, Math.ceil(missing / (1 - heldOutShare - validationShare)));
}

/** The next place from `end` on at which the time changes: what happened at once is not parted. */
function betweenTimes(newestFirst: readonly Pick<Example, 'atMs'>[], end: number): number {
  let place = end;
  while (place > 0 && place < newestFirst.length && newestFirst[place]?.atMs === newestFirst[place - 1]?.atMs) place++;
  return place;
}
