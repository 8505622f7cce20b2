import type { Graph } from './graph.ts';
import type { Tensor } from './tensor.ts';

/** y = w * x / rms(x), for each row of x (T, d). */
export function normForward(g: Graph, x: Tensor, w: Tensor, epsilon: number): Tensor {
  return g.mul(g.rmsNorm(x, epsilon), w);
}

/**
 * dx = (t - xh * mean(t * xh)) / rms(x), with xh = x / rms(x) and t = w * dy. From ordinary operations: ggml's own
 * `rms_norm_back` gave wrong gradients, silently, in libraries of 2025.
 */
export function normBackward(g: Graph, x: Tensor, w: Tensor, epsilon: number, dy: Tensor): Tensor {
  const t = g.mul(dy, w);
  const xh = g.rmsNorm(x, epsilon);
  const rms = g.squareRoot(g.scaleBias(g.mean(g.square(x)), 1, epsilon)); // (T, 1)
  return g.div(g.sub(t, g.mul(xh, g.mean(g.mul(t, xh)))), rms);
}
