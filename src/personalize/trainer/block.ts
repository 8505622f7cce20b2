import type { ModuleName } from './architectures.ts';
import {
  type AttentionShape,
  attentionBackward,
  headsBackward,
  headsForward,
  mergeHeads,
  type QueryBlock,
  valueHeads,
  valueHeadsBackward,
} from './attention.ts';
import type { BlockWeights } from './baseModel.ts';
import { feedForward, feedForwardBackward } from './feedForward.ts';
import type { Graph } from './graph.ts';
import { accumulate, inputGradient, type Linear, linearBackward, linearForward, loraGradients } from './linear.ts';
import { factorsFor, type Lora } from './lora.ts';
import { normBackward, normForward } from './norm.ts';
import type { Tensor } from './tensor.ts';

/** A transformer block inside a graph. */
export interface Block {
  readonly shape: AttentionShape;
  readonly weights: BlockWeights;
  readonly linear: (module: ModuleName) => Linear;
}

export function blockIn(
  graph: Graph,
  parts: {
    readonly shape: AttentionShape;
    readonly weights: BlockWeights;
    readonly adapters: readonly Lora[];
    readonly layer: number;
  },
): Block {
  const { shape, weights, adapters, layer } = parts;
  return {
    shape,
    weights,
    linear: (module) => ({ weights: weights.maps[module], adapters: factorsFor(graph, adapters, layer, module) }),
  };
}

/** The rows of a sequence from one on, beside their numbers. Tensors of their own: GPUs want views to begin at round addresses. */
export interface Rows {
  readonly from: number;
  /** (T - from), I32 */
  readonly positions: Tensor;
  /** (T - from, T) in F16: 0 where a row sees another, minus infinity elsewhere. */
  readonly mask: Tensor;
}

export interface BlockResult {
  /** (T - wanted.from, d) */
  readonly y: Tensor;
  /** Keys before norm and turn, and values, of all rows: (T, Hkv * h). */
  readonly keys: Tensor;
  readonly values: Tensor;
}

/**
 * One block, forward: x (T, d) -> y (T - wanted.from, d).
 *
 *     y = m + down(silu(gate(n)) * up(n)),  n = norm(m),  m = x + output(attention(norm(x)))
 *
 * @param wanted the rows whose result is wanted: keys and values are always those of all rows
 */
export function blockForward(g: Graph, block: Block, x: Tensor, all: Rows, wanted: Rows): BlockResult {
  const { weights, shape } = block;
  const n = normForward(g, x, weights.attentionNorm, shape.normEpsilon);
  const keys = linearForward(g, block.linear('attn_k'), n);
  const values = linearForward(g, block.linear('attn_v'), n);
  const { middle } = attend(g, block, { x, n, keys, values }, all, wanted);
  const normed = normForward(g, middle, weights.feedForwardNorm, shape.normEpsilon);
  return { y: g.add(middle, feedForward(g, feedForwardOf(block), normed)), keys, values };
}

/** What the forward pass leaves for the backward pass, which computes everything else again: keeping it was no quicker. */
export interface BlockTape extends Pick<BlockResult, 'keys' | 'values'> {
  readonly x: Tensor;
}

/** Which rows a block's gradient reaches. */
export interface Reach {
  /** Rows of dy: what comes before has no gradient. */
  readonly rows: Rows;
  /** First row of dx. Rows before it are reached through their keys and values only. */
  readonly to: number;
  /** The same rows, in blocks. */
  readonly blocks: readonly QueryBlock[];
}

/**
 * One block, backward: from dy (T - rows.from, d) to dx (T - to, d), adding to the adapters' gradients.
 *
 * @param wantsInput false below the first block, where nobody needs dx
 */
export function blockBackward(
  g: Graph,
  block: Block,
  tape: BlockTape,
  all: Rows,
  { rows, to, blocks }: Reach,
  dy: Tensor,
  wantsInput: boolean,
): Tensor | undefined {
  const { weights, shape } = block;
  const { x, keys } = tape;
  const { from } = rows;
  const [query, key, value, output] = [
    block.linear('attn_q'),
    block.linear('attn_k'),
    block.linear('attn_v'),
    block.linear('attn_output'),
  ];
  const n = normForward(g, x, weights.attentionNorm, shape.normEpsilon); // (T, d)
  const { queries, q, k, v, attended, middle } = attend(g, block, { ...tape, n }, all, rows);
  const normed = normForward(g, middle, weights.feedForwardNorm, shape.normEpsilon);

  const dNormed = feedForwardBackward(g, feedForwardOf(block), normed, dy);
  const dMiddle = g.add(dy, normBackward(g, middle, weights.feedForwardNorm, shape.normEpsilon, dNormed));
  const dAttended = linearBackward(g, output, attended, dMiddle);
  const d = attentionBackward(g, shape, { q, k, v }, blocks, dAttended);
  const dQueries = headsBackward(g, shape, queries, rows.positions, d.q, weights.queryNorm);
  const dKeys = headsBackward(g, shape, keys, all.positions, d.k, weights.keyNorm); // (T, Hkv * h)
  const dValues = valueHeadsBackward(g, d.v);
  const [duQ, duK, duV] = [
    loraGradients(g, query, dQueries),
    loraGradients(g, key, dKeys),
    loraGradients(g, value, dValues),
  ];
  accumulate(g, query, g.rows(n, from), dQueries, duQ);
  accumulate(g, key, n, dKeys, duK);
  accumulate(g, value, n, dValues, duV);
  if (!wantsInput) return undefined;

  const reached = (tensor: Tensor) => g.rows(tensor, to);
  const dn = addToEnd(
    g,
    g.add(
      inputGradient(g, key, reached(dKeys), duK.map(reached)),
      inputGradient(g, value, reached(dValues), duV.map(reached)),
    ),
    inputGradient(g, query, dQueries, duQ),
  ); // (T - to, d)
  return addToEnd(g, normBackward(g, reached(x), weights.attentionNorm, shape.normEpsilon, dn), dMiddle);
}

interface Attention {
  /** Queries before norm and turn: (rows, H * h). */
  readonly queries: Tensor;
  /** (H, rows, h), and (Hkv, T, h) of all rows. */
  readonly q: Tensor;
  readonly k: Tensor;
  readonly v: Tensor;
  /** What attention gives (rows, H * h), and x with it (rows, d). */
  readonly attended: Tensor;
  readonly middle: Tensor;
}

function attend(
  g: Graph,
  block: Block,
  { x, n, keys, values }: { readonly x: Tensor; readonly n: Tensor; readonly keys: Tensor; readonly values: Tensor },
  all: Rows,
  { from, positions, mask }: Rows,
): Attention {
  const { shape, weights } = block;
  const queries = linearForward(g, block.linear('attn_q'), g.rows(n, from));
  const q = headsForward(g, shape, queries, positions, weights.queryNorm);
  const k = headsForward(g, shape, keys, all.positions, weights.keyNorm);
  const v = valueHeads(g, shape, values);
  const attended = mergeHeads(g, g.flashAttention(q, k, v, mask, 1 / Math.sqrt(shape.headWidth)));
  const middle = g.add(g.rows(x, from), linearForward(g, block.linear('attn_output'), attended));
  return { queries, q, k, v, attended, middle };
}

function feedForwardOf(block: Block) {
  return { gate: block.linear('ffn_gate'), up: block.linear('ffn_up'), down: block.linear('ffn_down') };
}

/** Adds `end` to the last rows of `all`. */
function addToEnd(g: Graph, all: Tensor, end: Tensor): Tensor {
  const before = all.shape[1] - end.shape[1];
  return before === 0 ? g.add(all, end) : g.concat(g.rows(all, 0, before), g.add(g.rows(all, before), end), 1);
}
