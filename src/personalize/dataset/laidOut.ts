import type { Example } from '../examples/example.ts';
import { middleOf, refusedMiddleOf } from './middle.ts';

/** A piece of a prompt, as in `inference/generate.ts`. */
type PromptPart = { readonly control: string } | { readonly text: string };

/** A prompt, what follows it, and how that ends: `Sample` of `inference/score.ts`. */
export interface Sample {
  readonly prompt: readonly PromptPart[];
  readonly typed: string;
  readonly text: string;
  readonly end?: string;
}

/** A place of an example, or of general code, which has neither kind nor snippets. */
export interface Place extends Pick<Example, 'path' | 'languageId' | 'prefix' | 'text' | 'suffix'> {
  readonly kind?: Example['kind'];
  readonly snippets?: Example['snippets'];
  readonly offered?: string;
}

/** What the completion pipeline makes of places, for one model. */
export interface Layouter {
  /** `promptAt` of `inference/completion/`. Undefined for a model that cannot fill in. */
  readonly layOut: (
    place: Pick<Example, 'path' | 'languageId' | 'prefix' | 'suffix' | 'snippets'>,
    contextTokens: number,
  ) => Pick<Sample, 'prompt' | 'typed'> | undefined;
  /** The token with which this model ends a middle; absent when it has none. */
  readonly end?: string;
  /** Prompt and text together. A place that needs more is left out. */
  readonly contextTokens: number;
}

/** Exactly what typing would ask at this place, and what it should be answered. */
export function laidOut(place: Place, layouter: Layouter): Sample | undefined {
  const { text, ends } = middleOf(place);
  return sampleOf(place, text, ends, layouter);
}

/**
 * The same with what was refused there instead; undefined when there is nothing of the kind, or no preference in it:
 * both differ in white space only, or one goes on where the other ends, which may be the look that came too early.
 */
export function refusedAt(place: Place, layouter: Layouter): Sample | undefined {
  const refused = refusedMiddleOf(place);
  if (refused === undefined || refused.trim() === '') return undefined;
  const { text, ends } = middleOf(place);
  const [a, b] = [bare(text), bare(refused)];
  if (a.startsWith(b) || b.startsWith(a)) return undefined;
  return sampleOf(place, refused, ends, layouter);
}

function sampleOf(
  place: Place,
  text: string,
  ends: boolean,
  { layOut, end, contextTokens }: Layouter,
): Sample | undefined {
  const { path, languageId, prefix, suffix, snippets = [] } = place;
  const layout = layOut({ path, languageId, prefix, suffix, snippets }, contextTokens);
  return layout && { ...layout, text, ...(ends && end !== undefined ? { end } : {}) };
}

function bare(text: string): string {
  return text.replace(/\s+/g, '');
}
