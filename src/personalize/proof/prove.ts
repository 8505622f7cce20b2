import type { ProofSummary } from '../../protocol/personalMessages.ts';
import { changeInterval, type Interval } from './interval.ts';
import { changeOf, lossOf } from './loss.ts';
import { type Measured, measure } from './measure.ts';
import { proofSamples, type WrittenTwice } from './proofSamples.ts';
import { signTest } from './signTest.ts';
import type { ProofTools, Sample, Stack } from './tools.ts';
import { verdictOn } from './verdict.ts';

/** How an adapter did against what was in use before. */
export interface Proof extends ProofSummary {
  /** Change of `loss` as a share of that before, and where the true one lies nine times in ten. */
  readonly lossChange: Interval & { readonly mean: number };
}

/** An example that was held out, as the model is asked about it. */
export interface ProofItem {
  readonly path: string;
  readonly languageId: string;
  readonly prefix: string;
  readonly sample: Sample;
}

export interface ProofQuestion {
  /** The newest first; only as many as `limits` says are used. */
  readonly heldOut: readonly ProofItem[];
  /** The check set of general code. */
  readonly general: readonly Sample[];
  /** What is in use, and what is to be. */
  readonly before: Stack;
  readonly after: Stack;
  readonly seed: number;
  /** How many places are scored and written at, at most; `proofLimits` unless given. */
  readonly limits?: Partial<typeof proofLimits>;
}

/**
 * With the starter on one thread, prompts of some 350 tokens and other work on both cores, all of this took 97 s. Larger
 * models and longer prompts take longer in proportion: whoever knows how fast the model is may ask for less.
 */
const proofLimits = {
  /** Held-out examples that are scored. */
  lossItems: 200,
  /** Of these, where the model writes as well, evenly spread. */
  writtenItems: 60,
  /** Places of general code, evenly spread. */
  generalItems: 120,
};

/**
 * Holds one stack of adapters against another, on what the user wrote after all that the adapter was trained on, and on code
 * of others. Rejects with the signal's reason.
 */
export async function prove(question: ProofQuestion, tools: ProofTools, signal: AbortSignal): Promise<Proof> {
  const { before, after, seed } = question;
  const limits = { ...proofLimits, ...question.limits };
  const heldOut = question.heldOut.slice(0, limits.lossItems);
  const isWritten = spread(heldOut.length, limits.writtenItems);
  const own = heldOut.map(({ sample }, at) => ({ sample, writes: isWritten(at) }));
  const isAsked = spread(question.general.length, limits.generalItems);
  const general = question.general.filter((_, at) => isAsked(at));
  const others = general.map((sample) => ({ sample, writes: false }));
  const results = (await measure([...own, ...others], [before, after], tools, signal)).map(pairOf);
  const [ownResults, generalResults] = [results.slice(0, own.length), results.slice(own.length)];
  const written = heldOut.flatMap((item, at) => writtenTwice(item, ownResults[at]));
  const losses = ownResults.map(lossesOf);
  const generalLosses = generalResults.map(lossesOf);
  const lossChange = { mean: changeOf(losses), ...changeInterval(losses, seed) };
  const worse = written.filter((each) => each.before.isExact && !each.after.isExact).length;
  const better = written.filter((each) => !each.before.isExact && each.after.isExact).length;
  return {
    examples: heldOut.length,
    verdict: verdictOn({
      examples: heldOut.length,
      change: lossChange.mean,
      interval: lossChange,
      exactMatchChance: signTest(worse, better),
      generalChange: changeOf(generalLosses),
    }),
    loss: compared(losses, lossOf),
    lossChange,
    exactMatch: compared(written, (each) => mean(each.map(({ isExact }) => Number(isExact)))),
    editSimilarity: compared(written, (each) => mean(each.map(({ similarity }) => similarity))),
    generalLoss: compared(generalLosses, lossOf),
    samples: proofSamples(written),
  };
}

interface Pair<T> {
  readonly before: T;
  readonly after: T;
}

function pairOf([before, after]: readonly Measured[]): Pair<Measured> {
  if (before === undefined || after === undefined) throw new Error('A place was not measured.');
  return { before, after };
}

function lossesOf({ before, after }: Pair<Measured>) {
  return { before: before.loss, after: after.loss };
}

function writtenTwice(
  { path, languageId, prefix, sample }: ProofItem,
  pair: Pair<Measured> | undefined,
): WrittenTwice[] {
  const { before, after } = { before: pair?.before.written, after: pair?.after.written };
  if (before === undefined || after === undefined) return [];
  return [{ path, languageId, prefix, wanted: sample.text.trimEnd(), before, after }];
}

function compared<T>(pairs: readonly Pair<T>[], of: (each: readonly T[]) => number): Pair<number> {
  return { before: of(pairs.map(({ before }) => before)), after: of(pairs.map(({ after }) => after)) };
}

function mean(numbers: readonly number[]): number {
  return numbers.length === 0 ? 0 : numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
}

/** Chooses `wanted` of so many places, evenly. */
function spread(count: number, wanted: number): (at: number) => boolean {
  return (at) => Math.floor(((at + 1) * wanted) / count) > Math.floor((at * wanted) / count) || wanted >= count;
}
