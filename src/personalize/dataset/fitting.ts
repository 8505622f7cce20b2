import { type Encoder, fits, inBatches, isTooLong } from './encoder.ts';
import { laidOut, type Place, type Sample } from './laidOut.ts';

/** A place and what the model is asked there. */
export interface Fitting<T extends Place = Place> {
  readonly place: T;
  readonly sample: Sample;
}

/**
 * Places to be scored, laid out as those that are trained on; without those that do not fit into the context, since nothing
 * can be said of them. Rejects with the signal's reason.
 */
export async function fitting<T extends Place>(
  places: readonly T[],
  encoder: Encoder,
  signal: AbortSignal,
): Promise<readonly Fitting<T>[]> {
  const asked = places.map((place) => {
    const sample = isTooLong(place.text, encoder) ? undefined : laidOut(place, encoder);
    return { place, samples: sample === undefined ? [] : [sample] };
  });
  return (await inBatches(asked, encoder, signal)).flatMap(({ place: { place, samples }, encoded: [own] }) => {
    const [sample] = samples;
    return sample !== undefined && own !== undefined && fits(own, encoder) ? [{ place, sample }] : [];
  });
}
