import { changeOf } from './loss.ts';
import { measure } from './measure.ts';
import type { ProofTools, Sample, Stack } from './tools.ts';
import { isHarmful } from './verdict.ts';

export interface ScaleQuestion {
  /** Examples for validation: those held out are for the proof alone. */
  readonly validation: readonly Sample[];
  readonly general: readonly Sample[];
  readonly before: Stack;
  /** What is to be used, with the new adapter at this scale. */
  readonly stackAt: (scale: number) => Stack;
}

/** At less than half, next to nothing of an adapter is left; what needs that should be trained anew. */
const scales = [0.5, 0.75, 1] as const;
/** So many places of each, evenly spread: four stacks have to be measured. */
const maxPlaces = 40;

/**
 * The scale at which a new adapter is best on the validation examples, of those at which it harms no other code and makes
 * the user's more likely; undefined when there is none. For an adapter that is too strong: turned down a little, it often
 * keeps most of what it learned and gives back what it spoilt.
 */
export async function bestScale(
  question: ScaleQuestion,
  tools: Omit<ProofTools, 'generate'>,
  signal: AbortSignal,
): Promise<number | undefined> {
  const { before, stackAt } = question;
  const [validation, general] = [spread(question.validation), spread(question.general)];
  const stacks = [before, ...scales.map(stackAt)];
  const results = await measure(
    [...validation, ...general].map(scoreOnly),
    stacks,
    { ...tools, generate: never },
    signal,
  );
  const changes = scales.map((scale, at) => {
    const pairs = results.flatMap(([first, ...others]) => {
      const after = others[at];
      return first === undefined || after === undefined ? [] : [{ before: first.loss, after: after.loss }];
    });
    const [own, others] = [pairs.slice(0, validation.length), pairs.slice(validation.length)];
    return { scale, own: changeOf(own), general: changeOf(others) };
  });
  const good = changes.filter((each) => each.own < 0 && !isHarmful(each.general));
  return good.toSorted((a, b) => a.own - b.own)[0]?.scale;
}

function scoreOnly(sample: Sample) {
  return { sample, writes: false };
}

function never(): never {
  throw new Error('Nothing is written to find a scale.');
}

function spread(samples: readonly Sample[]): readonly Sample[] {
  const step = Math.max(1, samples.length / maxPlaces);
  return samples.filter((_, at) => Math.floor(at / step) !== Math.floor((at - 1) / step));
}
