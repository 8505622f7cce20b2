import type { Lanes } from './lanes.ts';
import { preference, type PreferenceOptions, sumOf, supervised } from './objective.ts';
import { pairOf, type Sequence, sequenceOf } from './sequence.ts';
import type { WeightedTask } from './training.ts';

export interface TextSample {
  readonly tokens: readonly number[];
  /** Index of the first token that was written there. */
  readonly from: number;
  /** Indices before it of tokens that are no text. */
  readonly markers: readonly number[];
  readonly weight: number;
}

export interface PairSample {
  readonly prompt: readonly number[];
  readonly chosen: readonly number[];
  readonly rejected: readonly number[];
  readonly weight: number;
}

/** What is learned beside the text that was written: the code right before it in the prompt, with less weight. */
export interface ContextLesson {
  /** Of a token of that code, where one of the text counts 1. */
  readonly weight: number;
  /** How many tokens of the sample, counted from its end, are learned at most. */
  readonly tokens: number;
}

/** Each text with its weight; in a batch, a token counts as much as any other of the same weight. */
export function textTasks(samples: readonly TextSample[], context: ContextLesson): readonly WeightedTask[] {
  return samples.map((sample) => {
    const { tokens, from, markers, weight } = sample;
    const first = context.weight === 0 ? from : Math.max(1, Math.min(from, tokens.length - context.tokens));
    const sequence = sequenceOf({ tokens, from: first });
    const isMarker = new Set(markers);
    const weights = Float32Array.from(sequence.targets, (_, at) => {
      const index = first + at;
      if (index >= from) return weight;
      return isMarker.has(index) ? 0 : weight * context.weight;
    });
    return {
      sequence,
      mass: weights.reduce((sum, each) => sum + each, 0),
      lesson: (logs) => supervised(logs, weights),
    };
  });
}

/** Pairs, held against how likely both texts are now: the adapter of this moment is the reference. */
export async function pairTasks(
  lanes: Lanes,
  pairs: readonly PairSample[],
  options: PreferenceOptions,
): Promise<readonly WeightedTask[]> {
  const sequences = pairs.map(({ prompt, chosen, rejected }) => pairOf(prompt, chosen, rejected));
  const references = await lanes.score(sequences);
  return sequences.map((sequence, at) => {
    const [chosen, rejected] = answersOf(sequence, references[at]);
    const weight = pairs[at]?.weight ?? 1;
    return {
      sequence,
      mass: weight,
      lesson: (logs) => preference(logs, sequence, { chosen, rejected }, options, weight),
    };
  });
}

/** Mean loss per token over texts that are not trained on. */
export async function lossOf(lanes: Lanes, samples: readonly TextSample[]): Promise<number> {
  const scores = await lanes.score(samples.map(sequenceOf));
  let loss = 0;
  let tokens = 0;
  for (const logs of scores) {
    for (const log of logs) loss -= log;
    tokens += logs.length;
  }
  return loss / Math.max(1, tokens);
}

function answersOf(
  { parts }: Sequence,
  logs: Float32Array = new Float32Array(),
): readonly [chosen: number, rejected: number] {
  const [chosen, rejected] = parts;
  if (chosen === undefined || rejected === undefined) throw new Error('A preference is between two texts.');
  return [sumOf(logs, chosen), sumOf(logs, rejected)];
}
