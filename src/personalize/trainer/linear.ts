import type { Graph } from './graph.ts';
import type { LoraFactors } from './lora.ts';
import type { Tensor } from './tensor.ts';
import type { LinearWeights } from './weightReader.ts';

/** A linear map of a block with the adapters on it. */
export interface Linear {
  readonly weights: LinearWeights;
  readonly adapters: readonly LoraFactors[];
}

/** y = W x + bias + sum of scale * B (A x): x (T, in) -> (T, out). */
export function linearForward(g: Graph, { weights, adapters }: Linear, x: Tensor): Tensor {
  let y = g.mulMat(weights.w, x);
  for (const adapter of adapters) y = g.add(y, g.expand(adapter.b, loraInput(g, adapter, x)));
  return weights.bias === undefined ? y : g.add(y, weights.bias);
}

/** From dy (T, out) to dx (T, in), adding to the adapters' gradients. */
export function linearBackward(g: Graph, linear: Linear, x: Tensor, dy: Tensor): Tensor {
  const du = loraGradients(g, linear, dy);
  accumulate(g, linear, x, dy, du);
  return inputGradient(g, linear, dy, du);
}

/** du = scale * B^T dy: (T, r), of each adapter. */
export function loraGradients(g: Graph, { adapters }: Linear, dy: Tensor): readonly Tensor[] {
  return adapters.map(({ b, scale }) => g.scale(g.mulMat(b, dy), scale));
}

/** Adds to the gradients of the adapters that are trained: dA = du^T x, dB = dy^T u, with u = scale * A x. */
export function accumulate(g: Graph, { adapters }: Linear, x: Tensor, dy: Tensor, du: readonly Tensor[]): void {
  for (const [at, adapter] of adapters.entries()) {
    const { gradients } = adapter;
    if (gradients === undefined) continue;
    g.demand(g.addInto(gradients.a, g.outer(x, of(du, at))));
    g.demand(g.addInto(gradients.b, g.outer(dy, loraInput(g, adapter, x))));
  }
}

/** dx = W^T dy + sum of A^T du: (T, in). */
export function inputGradient(g: Graph, { weights, adapters }: Linear, dy: Tensor, du: readonly Tensor[]): Tensor {
  return adapters.reduce((dx, { a }, at) => g.add(dx, g.expand(a, of(du, at))), g.mulMat(weights.wt, dy));
}

/** u = scale * A x: (T, r). */
function loraInput(g: Graph, { a, scale }: LoraFactors, x: Tensor): Tensor {
  return g.scale(g.mulMat(a, x), scale);
}

function of(tensors: readonly Tensor[], at: number): Tensor {
  const tensor = tensors[at];
  if (tensor === undefined) throw new Error(`There is no gradient for adapter ${at}.`);
  return tensor;
}
