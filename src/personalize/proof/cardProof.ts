import type { ProofSample, ProofSummary, ProofVerdict } from '../../protocol/personalMessages.ts';
import type { Proof } from './prove.ts';

/** A proof as an adapter's card keeps it: flat numbers, and samples. */
export interface CardProof {
  readonly numbers: Readonly<Record<string, number>>;
  readonly samples: readonly Readonly<Record<string, string | number | boolean>>[];
}

/** A card keeps the place in this list: append, never reorder. */
const verdicts: readonly ProofVerdict[] = ['better', 'notBetter', 'harmsGeneral', 'tooFewExamples'];

/** For the wire: what the view shows. */
export function summaryOf(proof: Proof): ProofSummary {
  const { examples, verdict, loss, exactMatch, editSimilarity, generalLoss, samples } = proof;
  return { examples, verdict, loss, exactMatch, editSimilarity, generalLoss, samples };
}

export function cardProofOf(proof: Proof): CardProof {
  const { examples, verdict, loss, exactMatch, editSimilarity, generalLoss, lossChange } = proof;
  return {
    numbers: {
      examples,
      verdict: verdicts.indexOf(verdict),
      lossBefore: loss.before,
      lossAfter: loss.after,
      lossChange: lossChange.mean,
      lossChangeLow: lossChange.low,
      lossChangeHigh: lossChange.high,
      exactMatchBefore: exactMatch.before,
      exactMatchAfter: exactMatch.after,
      editSimilarityBefore: editSimilarity.before,
      editSimilarityAfter: editSimilarity.after,
      generalLossBefore: generalLoss.before,
      generalLossAfter: generalLoss.after,
    },
    samples: proof.samples.map((sample) => ({ ...sample })),
  };
}

/** What the view shows of a card's proof; undefined when it is none of ours. */
export function summaryOfCard({ numbers, samples }: CardProof): ProofSummary | undefined {
  const verdict = verdicts[numbers['verdict'] ?? -1];
  const examples = numbers['examples'];
  const loss = comparedIn(numbers, 'loss');
  const exactMatch = comparedIn(numbers, 'exactMatch');
  const editSimilarity = comparedIn(numbers, 'editSimilarity');
  const generalLoss = comparedIn(numbers, 'generalLoss');
  if (!verdict || examples === undefined || !loss || !exactMatch || !editSimilarity || !generalLoss) return undefined;
  return { examples, verdict, loss, exactMatch, editSimilarity, generalLoss, samples: samples.flatMap(sampleOf) };
}

function comparedIn(numbers: CardProof['numbers'], name: string): ProofSummary['loss'] | undefined {
  const [before, after] = [numbers[`${name}Before`], numbers[`${name}After`]];
  return before === undefined || after === undefined ? undefined : { before, after };
}

function sampleOf(facts: CardProof['samples'][number]): ProofSample[] {
  const text = (key: string) => String(facts[key] ?? '');
  const sample = { path: text('path'), languageId: text('languageId'), prefix: text('prefix') };
  return [{ ...sample, wanted: text('wanted'), before: text('before'), after: text('after') }];
}
