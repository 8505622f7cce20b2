import type { Graph, RopeOptions } from './graph.ts';
import { normBackward, normForward } from './norm.ts';
import type { Tensor } from './tensor.ts';

/** Sizes and constants of a model's attention. */
export interface AttentionShape {
  readonly heads: number;
  readonly kvHeads: number;
  readonly headWidth: number;
  readonly normEpsilon: number;
  readonly rope: RopeOptions;
}

/** Queries that look at the same keys: rows `from` to `to` of the sequence, at keys 0 to `to`. */
export interface QueryBlock {
  readonly from: number;
  readonly to: number;
  /** (rows, to) in F16: 0 where a query sees a key, minus infinity elsewhere. */
  readonly mask: Tensor;
}

/**
 * Splits rows into heads, and norms and turns each: x (T, H * h) -> (H, T, h). The norm is of models that have one for
 * queries and keys (qwen3).
 */
export function headsForward(g: Graph, s: AttentionShape, x: Tensor, positions: Tensor, norm?: Tensor): Tensor {
  const heads = split(g, s, x);
  const normed = norm === undefined ? heads : normForward(g, heads, norm, s.normEpsilon);
  return g.swapRowsAndMatrices(g.rope(normed, positions, s.rope));
}

/** From d (H, T, h) to dx (T, H * h); x is what the forward pass had. */
export function headsBackward(
  g: Graph,
  s: AttentionShape,
  x: Tensor,
  positions: Tensor,
  d: Tensor,
  norm?: Tensor,
): Tensor {
  const turned = g.rope(g.cont(g.swapRowsAndMatrices(d)), positions, s.rope, 'backward'); // (T, H, h)
  const dx = norm === undefined ? turned : normBackward(g, split(g, s, x), norm, s.normEpsilon, turned);
  return mergeHeads(g, dx);
}

/** Values need no turn: (T, Hkv * h) -> (Hkv, T, h). */
export function valueHeads(g: Graph, s: AttentionShape, v: Tensor): Tensor {
  return g.swapRowsAndMatrices(split(g, s, v));
}

export function valueHeadsBackward(g: Graph, d: Tensor): Tensor {
  return mergeHeads(g, g.cont(g.swapRowsAndMatrices(d)));
}

export interface AttentionGradients {
  /** (H, Tq, h) */
  readonly q: Tensor;
  /** (Hkv, T, h) */
  readonly k: Tensor;
  readonly v: Tensor;
}

/**
 * From d (Tq, H * h), the gradient of the attention's result, to those of q (H, Tq, h), k and v (Hkv, T, h). The
 * queries are the last rows of the sequence; block by block, so that no query meets a key that it does not see, and
 * memory does not grow with the square of the length.
 *
 *     P = softmax(q k^T * scale + mask)    dV = P^T dO    dP = dO v^T
 *     dS = P * (dP - rowsum(dP * P)) * scale    dQ = dS k    dK = dS^T q
 */
export function attentionBackward(
  g: Graph,
  s: AttentionShape,
  { q, k, v }: { readonly q: Tensor; readonly k: Tensor; readonly v: Tensor },
  blocks: readonly QueryBlock[],
  d: Tensor,
): AttentionGradients {
  const first = blocks[0]?.from ?? 0;
  const scale = 1 / Math.sqrt(s.headWidth);
  const dHeads = g.swapRowsAndMatrices(split(g, s, d)); // (H, Tq, h)
  const dqs: Tensor[] = [];
  let dk: Tensor | undefined;
  let dv: Tensor | undefined;
  // The last block first: it sees all keys, and the earlier ones add to what it left.
  for (const { from, to, mask } of blocks.toReversed()) {
    const rows = to - from;
    const qb = g.cont(g.rows(q, from - first, rows)); // (H, rows, h)
    const db = g.cont(g.rows(dHeads, from - first, rows));
    const kb = g.rows(k, 0, to); // (Hkv, to, h)
    const vb = g.rows(v, 0, to);
    const p = g.softMax(g.mulMat(kb, qb), mask, scale); // (H, rows, to)
    const dp = g.mulMat(vb, db);
    const ds = g.scale(g.mul(p, g.sub(dp, g.sumRows(g.mul(dp, p)))), scale);
    dqs.unshift(g.mulMat(g.cont(g.transpose(kb)), ds)); // (H, rows, h)
    // Query heads that share a key head are added up: they become more rows of it.
    const fold = (x: Tensor) => g.reshape(x, x.shape[0], rows * (s.heads / s.kvHeads), s.kvHeads);
    const dkb = g.outer(fold(qb), fold(ds)); // (Hkv, to, h)
    const dvb = g.outer(fold(db), fold(p));
    dk = addRows(g, dk, dkb);
    dv = addRows(g, dv, dvb);
  }
  const dq = dqs.reduce((all, next) => g.concat(all, next, 1));
  if (dk === undefined || dv === undefined) throw new Error('There are no queries.');
  return { q: dq, k: dk, v: dv };
}

/** Adds `more` to the first rows of `sum`. */
function addRows(g: Graph, sum: Tensor | undefined, more: Tensor): Tensor {
  if (sum === undefined) return g.demand(more);
  g.demand(g.addInto(g.rows(sum, 0, more.shape[1]), more));
  return sum;
}

/** (T, H * h) -> (T, H, h) */
function split(g: Graph, { headWidth }: AttentionShape, x: Tensor): Tensor {
  return g.reshape(x, headWidth, x.shape[0] / headWidth, x.shape[1]);
}

/** (T, H, h) -> (T, H * h) */
export function mergeHeads(g: Graph, x: Tensor): Tensor {
  return g.reshape(x, x.shape[0] * x.shape[1], x.shape[2]);
}
