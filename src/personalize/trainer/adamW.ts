/** Which numbers of the flat parameters belong together, and how fast they learn. */
export interface ParameterGroup {
  /** First number, and the one after the last. */
  readonly start: number;
  readonly end: number;
  /** On the learning rate: LoRA+ has B learn faster than A (arXiv 2402.12354). */
  readonly rateFactor: number;
}

export interface AdamWOptions {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** Decoupled: taken off the parameters, not added to the gradients. */
  readonly weightDecay: number;
  /** Gradients longer than this, all taken together, are shortened to it. */
  readonly clipNorm: number;
}

export const defaultAdamW: AdamWOptions = { beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: 0.01, clipNorm: 1 };

/** What has to be kept to go on after a restart, beside the parameters. */
export interface AdamWState {
  readonly step: number;
  /** Running means of the gradients and of their squares. */
  readonly m: Float32Array;
  readonly v: Float32Array;
}

export function initialState(length: number): AdamWState {
  return { step: 0, m: new Float32Array(length), v: new Float32Array(length) };
}

/**
 * One step of AdamW (Loshchilov & Hutter, arXiv 1711.05101), in place. An adapter is small: this takes milliseconds where
 * its gradients took seconds, so it needs no graph.
 *
 * @param gradients of the mean loss
 * @returns the state after it, in the same arrays, and the length of the gradients before they were shortened
 */
export function adamWStep(
  parameters: Float32Array,
  gradients: Float32Array,
  { step, m, v }: AdamWState,
  groups: readonly ParameterGroup[],
  rate: number,
  options: AdamWOptions = defaultAdamW,
): { readonly state: AdamWState; readonly norm: number } {
  const { beta1, beta2, epsilon, weightDecay, clipNorm } = options;
  const norm = lengthOf(gradients, groups);
  const clip = norm > clipNorm ? clipNorm / norm : 1;
  const next = step + 1;
  const correction1 = 1 - beta1 ** next;
  const correction2 = 1 - beta2 ** next;
  for (const { start, end, rateFactor } of groups) {
    const groupRate = rate * rateFactor;
    const decay = 1 - groupRate * weightDecay;
    for (let at = start; at < end; at++) {
      const gradient = (gradients[at] ?? 0) * clip;
      const mean = beta1 * (m[at] ?? 0) + (1 - beta1) * gradient;
      const square = beta2 * (v[at] ?? 0) + (1 - beta2) * gradient * gradient;
      m[at] = mean;
      v[at] = square;
      const moved = (groupRate * (mean / correction1)) / (Math.sqrt(square / correction2) + epsilon);
      parameters[at] = (parameters[at] ?? 0) * decay - moved;
    }
  }
  return { state: { step: next, m, v }, norm };
}

function lengthOf(gradients: Float32Array, groups: readonly ParameterGroup[]): number {
  let sum = 0;
  for (const { start, end } of groups) for (let at = start; at < end; at++) sum += (gradients[at] ?? 0) ** 2;
  return Math.sqrt(sum);
}
