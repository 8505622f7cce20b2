import { mostHarm } from './verdict.ts';

/** Below this, next to nothing of an adapter is left; what needs that should be trained anew. */
const leastScale = 0.25;
/** The harm aimed at, as a share of what is allowed: the square is a rule of thumb. */
const margin = 0.7;
const step = 0.05;

/**
 * The scale at which an adapter that makes other code this much less likely is worth another try; undefined where that
 * would leave nothing. What an adapter spoils grows with about the square of its scale, what it teaches more slowly: one that
 * had learned a single habit from 75 places took 84 % of the loss away at a scale of 1, and 76 % at 0.5; other code became
 * 5.8 % and 1.2 % less likely (starter model).
 *
 * @param scale at which it was measured
 * @param harm change of the loss on general code there, as a share
 */
export function gentlerScale(scale: number, harm: number): number | undefined {
  const wanted = scale * Math.sqrt((margin * mostHarm) / harm);
  const rounded = Math.floor(Math.min(wanted, scale - step) / step + 1e-9) * step;
  return rounded < leastScale ? undefined : Number(rounded.toFixed(2));
}
