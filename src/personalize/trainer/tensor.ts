import type { Pointer } from './ggml.ts';

/**
 * A tensor of ggml. Shapes are ggml's `ne`: what lies side by side in memory comes first. A comment in the order of
 * mathematics, `(T, d)`, is the shape [d, T]: T rows of d numbers.
 */
export interface Tensor {
  readonly handle: Pointer;
  /** Number of the storage type: see `ggmlTypes`. */
  readonly type: number;
  readonly shape: Shape;
  /** Bytes from one element, row and matrix to the next; of quantized types, only those of rows and matrices count. */
  readonly strides: Shape;
}

export type Shape = readonly [side: number, rows: number, matrices: number];

export const tensorType = { f32: 0, f16: 1, q8_0: 8, i32: 26 } as const;

export function shapeOf(side: number, rows = 1, matrices = 1): Shape {
  return [side, rows, matrices];
}

export function sameShape(a: Tensor, b: Tensor): boolean {
  return a.shape.every((length, at) => length === b.shape[at]);
}

/** For messages: `[896, 512]`. */
export function shapeText({ shape: [side, rows, matrices] }: Tensor): string {
  return matrices === 1 ? `[${side}, ${rows}]` : `[${side}, ${rows}, ${matrices}]`;
}
