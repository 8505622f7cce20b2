import { type Encoded, type Encoder, fits, inBatches, isTooLong } from './encoder.ts';
import { laidOut, type Place, refusedAt, type Sample } from './laidOut.ts';
import type { PreferencePair, Samples, TrainingSample } from './sampleFile.ts';

/** What is to be made a sample of. */
export interface Chosen extends Pick<TrainingSample, 'weight' | 'split' | 'kind'> {
  readonly place: Place;
}

/**
 * Places as the trainer reads them, in their order: samples, and pairs where something was refused. What does not fit into
 * the context is left out. Rejects with the signal's reason.
 */
export async function encoded(chosen: readonly Chosen[], encoder: Encoder, signal: AbortSignal): Promise<Samples> {
  const asked = chosen.map((each) => ({ ...each, samples: samplesOf(each.place, encoder) }));
  const samples: TrainingSample[] = [];
  const pairs: PreferencePair[] = [];
  for (const { place, encoded: answers } of await inBatches(asked, encoder, signal)) {
    const [own, refused] = answers;
    const { weight, split, kind } = place;
    if (own === undefined || !fits(own, encoder)) continue;
    samples.push({ tokens: own.tokens, from: own.from, markers: own.markers, weight, split, kind });
    if (refused !== undefined && fits(refused, encoder)) pairs.push({ ...pairOf(own, refused), weight, split });
  }
  return { samples, pairs };
}

/** What was written at a place, laid out; and what was refused there. */
function samplesOf(place: Place, encoder: Encoder): readonly Sample[] {
  const own = isTooLong(place.text, encoder) ? undefined : laidOut(place, encoder);
  if (own === undefined) return [];
  const refused = isTooLong(place.offered ?? '', encoder) ? undefined : refusedAt(place, encoder);
  return refused === undefined ? [own] : [own, refused];
}

/** Both begin with the same prompt and typed text, whose last token may differ: the answers begin where the first does. */
function pairOf(chosen: Encoded, rejected: Encoded): Pick<PreferencePair, 'prompt' | 'chosen' | 'rejected'> {
  const from = Math.min(chosen.from, rejected.from);
  return {
    prompt: chosen.tokens.slice(0, from),
    chosen: chosen.tokens.slice(from),
    rejected: rejected.tokens.slice(from),
  };
}
