import type { Graph } from './graph.ts';
import { type Linear, linearBackward, linearForward } from './linear.ts';
import type { Tensor } from './tensor.ts';

export interface FeedForward {
  readonly gate: Linear;
  readonly up: Linear;
  readonly down: Linear;
}

/** y = down(silu(gate(x)) * up(x)): (T, d). */
export function feedForward(g: Graph, maps: FeedForward, x: Tensor): Tensor {
  return linearForward(g, maps.down, g.swiglu(linearForward(g, maps.gate, x), linearForward(g, maps.up, x)));
}

/** From dy (T, d) to dx (T, d). */
export function feedForwardBackward(g: Graph, maps: FeedForward, x: Tensor, dy: Tensor): Tensor {
  const gate = linearForward(g, maps.gate, x); // (T, f)
  const up = linearForward(g, maps.up, x);
  const dHidden = linearBackward(g, maps.down, g.swiglu(gate, up), dy);
  const silu = g.silu(gate);
  // With s = sigmoid(gate) = silu / gate: silu' = s + silu * (1 - s). ggml has a quick silu but a slow sigmoid. The
  // smallest of numbers keeps a gate of exactly 0 from dividing by 0; it then counts as one without slope.
  const s = g.div(g.mul(silu, gate), g.scaleBias(g.square(gate), 1, 1e-30));
  const slope = g.add(s, g.sub(silu, g.mul(silu, s)));
  const dGate = g.mul(g.mul(dHidden, up), slope);
  const dUp = g.mul(dHidden, silu);
  return g.add(linearBackward(g, maps.gate, x, dGate), linearBackward(g, maps.up, x, dUp));
}
