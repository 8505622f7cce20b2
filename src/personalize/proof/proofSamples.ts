import type { ProofSample } from '../../protocol/personalMessages.ts';
import type { Written } from './measure.ts';

/** A place at which both stacks wrote. */
export interface WrittenTwice {
  readonly path: string;
  readonly languageId: string;
  readonly prefix: string;
  readonly wanted: string;
  readonly before: Written;
  readonly after: Written;
}

/** For the view: enough to get an impression of, few enough to read. */
const maxSamples = 12;
const prefixLines = 4;
const prefixCharacters = 400;

/**
 * Places side by side, so that nobody is shown the good ones only: a third of what improved most, a third of what got worst,
 * and the rest from the middle.
 */
export function proofSamples(places: readonly WrittenTwice[]): ProofSample[] {
  const ranked = places.toSorted((a, b) => gain(b) - gain(a));
  const third = Math.floor(maxSamples / 3);
  const improved = ranked.filter((each) => gain(each) > 0).slice(0, third);
  const worsened = ranked.filter((each) => gain(each) < 0).slice(-third);
  const shown = new Set([...improved, ...worsened]);
  const others = ranked.filter((each) => !shown.has(each));
  const from = Math.max(0, Math.floor((others.length - (maxSamples - shown.size)) / 2));
  const typical = others.slice(from, from + maxSamples - shown.size);
  return [...improved, ...worsened.toReversed(), ...typical].map(sampleOf);
}

function gain({ before, after }: WrittenTwice): number {
  return after.similarity - before.similarity;
}

function sampleOf({ path, languageId, prefix, wanted, before, after }: WrittenTwice): ProofSample {
  const near = prefix.slice(-prefixCharacters).split('\n').slice(-prefixLines).join('\n');
  return { path, languageId, prefix: near, wanted, before: before.text, after: after.text };
}
