/** How the learning rate goes up and down over a training. */
export interface RateOptions {
  readonly peak: number;
  /** Share of the steps in which it rises to the peak: AdamW's means of squares are worth little before. */
  readonly warmUp: number;
  /** What is left of it at the end. */
  readonly final: number;
}

/** Rises in a line, falls in half a cosine. @param step from 0 to steps - 1 */
export function rateAt(step: number, steps: number, { peak, warmUp, final }: RateOptions): number {
  const rising = Math.max(1, Math.round(steps * warmUp));
  if (step < rising) return (peak * (step + 1)) / rising;
  const fallen = (step - rising) / Math.max(1, steps - rising);
  return peak * (final + (1 - final) * 0.5 * (1 + Math.cos(Math.PI * fallen)));
}
