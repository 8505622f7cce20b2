import type { ModuleName } from './architectures.ts';
import type { Graph } from './graph.ts';
import type { Tensor } from './tensor.ts';

/** Where the two factors of one map's adapter lie in the flat parameters, counted in numbers. */
export interface LoraPlace {
  readonly inputs: number;
  readonly outputs: number;
  /** A (r, in). */
  readonly a: number;
  /** B^T (r, out): turned, so that both factors are added to and multiplied the same way. */
  readonly b: number;
}

/** A LoRA adapter on a device: y = W x + scale * B (A x) for each map it sits on. */
export interface Lora {
  readonly rank: number;
  /** alpha / rank, or alpha / sqrt(rank) of rsLoRA. */
  readonly scale: number;
  /** One flat tensor. */
  readonly parameters: Tensor;
  /** Where gradients are added up, in the same layout; absent of an adapter that is only applied. */
  readonly gradients?: Tensor;
  /** By `loraKey`. */
  readonly places: ReadonlyMap<string, LoraPlace>;
}

export function loraKey(layer: number, module: ModuleName): string {
  return `blk.${layer}.${module}.weight`;
}

/** One map's adapter inside a graph. */
export interface LoraFactors {
  readonly scale: number;
  /** (r, in) */
  readonly a: Tensor;
  /** (r, out) */
  readonly b: Tensor;
  readonly gradients?: { readonly a: Tensor; readonly b: Tensor };
}

/** The adapters on one map, as views. */
export function factorsFor(
  graph: Graph,
  adapters: readonly Lora[],
  layer: number,
  module: ModuleName,
): readonly LoraFactors[] {
  return adapters.flatMap(({ rank, scale, parameters, gradients, places }) => {
    const place = places.get(loraKey(layer, module));
    if (place === undefined) return [];
    const viewsOf = (flat: Tensor) => ({
      a: graph.matrixAt(flat, place.a, place.inputs, rank),
      b: graph.matrixAt(flat, place.b, place.outputs, rank),
    });
    return [{ scale, ...viewsOf(parameters), ...(gradients === undefined ? {} : { gradients: viewsOf(gradients) }) }];
  });
}
