import type { ProofVerdict } from '../../protocol/personalMessages.ts';
import type { Interval } from './interval.ts';

/** Fewer examples than this prove nothing: the interval of twelve is some 20 % wide. */
const leastExamples = 12;
/** Repeated scores differ by up to 0.3 %, depending on what was in the KV cache; nobody notices less than 1 %. */
const leastGain = 0.01;
/** Other code may become this much less likely, no more. */
export const mostHarm = 0.01;
/** A loss of exact matches that chance alone brings less often than this is none of chance. */
const significance = 0.05;

export interface Findings {
  readonly examples: number;
  /** Change of the loss on held-out examples, as a share of the loss before, and its interval. */
  readonly change: number;
  readonly interval: Interval;
  /** How likely chance alone loses so many exact matches. */
  readonly exactMatchChance: number;
  /** Change of the loss on general code, likewise. */
  readonly generalChange: number;
}

/**
 * Whether an adapter is to be used. `better` needs all of it: enough examples, other code unharmed, a lower loss on what the
 * user wrote next (by 1 %, and certainly below none), and no exact matches lost but by chance.
 */
export function verdictOn({ examples, change, interval, exactMatchChance, generalChange }: Findings): ProofVerdict {
  if (examples < leastExamples) return 'tooFewExamples';
  if (isHarmful(generalChange)) return 'harmsGeneral';
  const isLower = change <= -leastGain && interval.high < 0;
  return isLower && exactMatchChance >= significance ? 'better' : 'notBetter';
}

/** @param generalChange of the loss on general code, as a share */
function isHarmful(generalChange: number): boolean {
  return !(generalChange <= mostHarm);
}
