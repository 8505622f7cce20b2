import type { Sequence } from './sequence.ts';

/**
 * What a sample teaches, as weights on its targets: the trainer minimises the sum of -weight * log p(target). An
 * objective that is no such sum (DPO) has, at each moment, the same gradient as one.
 */
export interface Lesson {
  readonly loss: number;
  readonly weights: Float32Array;
}

/** The text itself. @param logs log p(target) of each token @param weights of each token */
export function supervised(logs: Float32Array, weights: Float32Array): Lesson {
  return { loss: -logs.reduce((sum, log, at) => sum + log * (weights[at] ?? 0), 0), weights };
}

export interface PreferenceOptions {
  /** How far the adapter may move from the reference: larger is closer. */
  readonly beta: number;
  /** Weight of the chosen text's own loss, per token, so that it does not become unlikely together with the other. */
  readonly chosen: number;
}

/**
 * Direct preference optimisation (Rafailov et al., arXiv 2305.18290) on a pair in one sequence: chosen, then rejected.
 *
 *     loss = -log sigmoid(beta * ((c - c0) - (r - r0)))
 *
 * with c and r the log-probabilities of the two, and c0 and r0 those under the reference. Its gradient is that of
 * -beta * s * (c - r), s = sigmoid(-margin): a weighted sum of log-probabilities.
 */
export function preference(
  logs: Float32Array,
  { parts }: Pick<Sequence, 'parts'>,
  reference: { readonly chosen: number; readonly rejected: number },
  options: PreferenceOptions,
  weight = 1,
): Lesson {
  const [chosen, rejected] = parts;
  if (chosen === undefined || rejected === undefined) throw new Error('A preference is between two texts.');
  const c = sumOf(logs, chosen);
  const r = sumOf(logs, rejected);
  const margin = options.beta * (c - reference.chosen - (r - reference.rejected));
  const pull = weight * options.beta * sigmoid(-margin);
  const own = (weight * options.chosen) / (chosen.end - chosen.start);
  const weights = new Float32Array(logs.length);
  weights.fill(pull + own, chosen.start, chosen.end);
  weights.fill(-pull, rejected.start, rejected.end);
  return { loss: weight * softplus(-margin) - own * c, weights };
}

export function sumOf(logs: Float32Array, { start, end }: { readonly start: number; readonly end: number }): number {
  let sum = 0;
  for (let at = start; at < end; at++) sum += logs[at] ?? 0;
  return sum;
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** log(1 + e^x), without overflow. */
function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}
