import { createHash } from 'node:crypto';

/**
 * Samples of others' code per example: a third of all. Trained on nothing but one person's habits, a model forgets the rest.
 * With 365 examples of one author and half as many places, other code became 0.9 % less likely, with a quarter as many
 * 1.3 %, and the author's own gained as much (starter model).
 */
const replayPerExample = 0.5;
/**
 * Few examples, much alike, pull hardest at everything else. With 75 of one habit, 60 places instead of 19 halved what other
 * code lost (5.8 to 3.3 %) and helped the habit as well (its loss fell by 86 instead of 84 %; starter model).
 */
const leastReplay = 48;
/** Where there are too few places for that share, each counts more, but none so much that it is learned by heart. */
const maxReplayWeight = 2;

/** Places of general code to be trained on along with so many examples: the same ones for the same seed. */
export function replayFor<T extends { readonly source: string; readonly text: string }>(
  examples: number,
  general: readonly T[],
  seed: number,
): readonly { readonly place: T; readonly weight: number }[] {
  const wanted = Math.max(leastReplay, Math.round(examples * replayPerExample));
  const drawn = general
    .map((place) => ({ place, lot: lotOf(`${seed} ${place.source} ${place.text}`) }))
    .toSorted((a, b) => (a.lot < b.lot ? -1 : 1))
    .slice(0, wanted);
  const weight = Math.min(maxReplayWeight, wanted / Math.max(1, drawn.length));
  return drawn.map(({ place }) => ({ place, weight }));
}

function lotOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
