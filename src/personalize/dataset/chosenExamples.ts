import type { Example } from '../examples/example.ts';
import { isUsable } from '../examples/usable.ts';
import type { Chosen } from './encoded.ts';
import type { Place } from './laidOut.ts';
import { replayFor } from './replay.ts';
import { maxCandidates, missingExamples, split } from './split.ts';
import { type Weighed, weighed } from './weighed.ts';
import { withoutNearDuplicates } from './withoutNearDuplicates.ts';
import { withoutSecrets } from './withoutSecrets.ts';

/** What a training is made of, before any model has read it. */
export type ChosenExamples =
  | {
      readonly kind: 'enough';
      /** For training and validation, replay included, in the order of `encoded`'s samples. */
      readonly chosen: readonly Chosen[];
      /** How many of these are the user's own and trained on. */
      readonly examples: number;
      /** For the proof, and for nothing else; the newest first. */
      readonly heldOut: readonly Example[];
    }
  | {
      readonly kind: 'notEnough';
      /** About so many more usable examples it takes. */
      readonly missing: number;
    };

export interface ChoiceOptions {
  /** Places of general code for replay. */
  readonly general: readonly (Place & { readonly source: string })[];
  readonly seed: number;
  /** Awaited several times a second: the place to let others work, and to throw when cancelled. */
  readonly pause: () => Promise<void>;
}

/** Examples between two pauses; each takes a fifth of a millisecond. */
const sliceExamples = 64;

/** Chooses what is learned from these examples, whatever their order, and what is to prove it. */
export async function chooseExamples(
  examples: readonly Example[],
  { general, seed, pause }: ChoiceOptions,
): Promise<ChosenExamples> {
  const usable = newest(examples.filter(isUsable));
  const safe = await inSlices(usable, withoutSecrets, pause);
  const once = withoutNearDuplicates(safe);
  await pause();
  const { heldOut, validation, training } = split(once);
  const missing = missingExamples({ training });
  if (missing > 0) return { kind: 'notEnough', missing };
  const own = weighed(training).map((each) => chosenOf(each, 'train'));
  const others = replayFor(own.length, general, seed).map(
    ({ place, weight }): Chosen => ({ place, weight, split: 'train', kind: 'replay' }),
  );
  const unseen = weighed(validation).map((each) => chosenOf(each, 'validation'));
  return { kind: 'enough', chosen: [...own, ...others, ...unseen], examples: own.length, heldOut };
}

function newest(examples: readonly Example[]): Example[] {
  return examples.toSorted((a, b) => b.atMs - a.atMs || b.id - a.id).slice(0, maxCandidates);
}

function chosenOf({ example, weight }: Weighed, part: Chosen['split']): Chosen {
  return { place: example, weight, split: part, kind: example.kind };
}

async function inSlices<T>(examples: readonly T[], step: (each: T) => T | undefined, pause: () => Promise<void>) {
  const results: T[] = [];
  for (let first = 0; first < examples.length; first += sliceExamples) {
    results.push(
      ...examples
        .slice(first, first + sliceExamples)
        .map(step)
        .filter((each) => each !== undefined),
    );
    await pause();
  }
  return results;
}
