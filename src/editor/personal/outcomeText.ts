import type { Compared, ProofSummary, ProofVerdict, TrainingOutcome } from '../../protocol/personalMessages.ts';
import { describeProblem, type Translate } from '../../protocol/problems.ts';
import { formatShare } from '../formats.ts';

/** How a training ended, in a sentence or two. `proof`: of its adapter, where it has one. */
export function describeOutcome(outcome: TrainingOutcome, proof: ProofSummary | undefined, t: Translate): string {
  switch (outcome.kind) {
    case 'adopted': {
      const better = proof ? improvements(proof, t) : '';
      return better
        ? t('Hearth learned your style, and the new adapter is in use. On your newest code: {0}.', better)
        : t('Hearth learned your style, and the new adapter is in use.');
    }
    case 'rejected': {
      const why = describeVerdict(outcome.why, t);
      // There may have been nothing worth keeping.
      return outcome.adapter === undefined
        ? t('The training is over, and nothing changes. {0}', why)
        : t('The new adapter is kept, but not used. {0}', why);
    }
    case 'cancelled':
      return t('The training was cancelled. Nothing was changed.');
    case 'failed':
      return describeProblem(outcome.problem, t).message;
  }
}

export function describeVerdict(verdict: ProofVerdict, t: Translate): string {
  switch (verdict) {
    case 'better':
      return t('It writes more like you than what was in use before.');
    case 'notBetter':
      return t('On your newest code it was no better than what was in use before.');
    case 'harmsGeneral':
      return t('It would have made completions of other code worse.');
    case 'tooFewExamples':
      return t('There were too few new examples to tell whether it is better.');
  }
}

/** `written exactly: 29 % (was 21 %), loss 12 % lower`: only what became better. */
export function improvements({ loss, exactMatch, editSimilarity }: ProofSummary, t: Translate): string {
  const parts: string[] = [];
  for (const [compared, say] of [
    [exactMatch, (from: string, to: string) => t('written exactly: {0} (was {1})', to, from)],
    [editSimilarity, (from: string, to: string) => t('similar to yours: {0} (was {1})', to, from)],
  ] as const) {
    const [from, to] = [formatShare(compared.before, 1), formatShare(compared.after, 1)];
    if (compared.after > compared.before && from !== to) parts.push(say(from, to));
  }
  const less = lossChange(loss);
  if (less !== undefined && less < 0) parts.push(t('loss {0} % lower', -less));
  return parts.join(', ');
}

/** How much a loss changed, in whole percent; negative is better. Undefined where there is nothing to compare. */
export function lossChange({ before, after }: Compared): number | undefined {
  const change = Math.round((100 * (after - before)) / before);
  return Number.isFinite(change) ? change : undefined;
}
