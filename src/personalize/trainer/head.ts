import type { Graph } from './graph.ts';
import { normBackward, normForward } from './norm.ts';
import type { Tensor } from './tensor.ts';
import type { LinearWeights } from './weightReader.ts';

export interface Head {
  readonly norm: Tensor;
  readonly normEpsilon: number;
  readonly weights: LinearWeights;
}

/** Rows whose logits are in memory at once: a vocabulary is 150,000 numbers wide. */
export const headRows = 64;
/**
 * Probabilities are raised by this before they meet W^T: products take them in blocks of 32 with a 16-bit scale, in
 * which those of a block of unlikely tokens would be zero.
 */
const raise = 2 ** 14;

/** Targets of the rows of one chunk: indices of their logits, row * vocabulary + token. */
export type Targets = readonly Tensor[];

/** Natural logarithm of each target's probability, by chunks: x (n, d) -> (1, up to 64) each. */
export function headForward(g: Graph, head: Head, x: Tensor, targets: Targets): readonly Tensor[] {
  const n = normForward(g, x, head.norm, head.normEpsilon);
  return targets.map((indices, chunk) => g.log(targetProbabilities(g, head, n, indices, chunk).pt));
}

/**
 * The gradient of the sum of -weight * log p(target): dx (n, d). A negative weight pushes its target away.
 *
 * @param weights one per row: (n, 1)
 */
export function headBackward(g: Graph, head: Head, x: Tensor, targets: Targets, weights: Tensor) {
  const n = normForward(g, x, head.norm, head.normEpsilon);
  const logs: Tensor[] = [];
  const gradients: Tensor[] = [];
  for (const [chunk, indices] of targets.entries()) {
    const { p, flat, pt } = targetProbabilities(g, head, n, indices, chunk);
    const [vocabulary, rows] = p.shape;
    logs.push(g.log(pt));
    g.demand(known(logs.at(-1)));
    // p - onehot(target), in p's own memory.
    const off = g.setRows(flat, g.scaleBias(pt, 1, -1), indices);
    const raised = g.scale(g.reshape(off, vocabulary, rows), raise);
    const d = g.scale(g.mulMat(head.weights.wt, raised), 1 / raise); // (rows, d)
    gradients.push(g.demand(g.mul(d, g.rows(weights, chunk * headRows, rows))));
  }
  const dn = gradients.reduce((all, next) => g.concat(all, next, 1));
  return { logs, dx: normBackward(g, x, head.norm, head.normEpsilon, dn) };
}

function targetProbabilities(g: Graph, head: Head, n: Tensor, indices: Tensor, chunk: number) {
  const rows = indices.shape[0];
  const p = g.softMax(g.mulMat(head.weights.w, g.rows(n, chunk * headRows, rows))); // (rows, V)
  const flat = g.reshape(p, 1, p.shape[0] * rows);
  return { p, flat, pt: g.getRows(flat, indices) }; // pt (rows, 1)
}

function known<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('There is nothing.');
  return value;
}
