import type { LossPoint } from '../../protocol/personalMessages.ts';

/** More points than this no eye can tell apart. */
const maxPoints = 200;

/**
 * Losses of single steps jump; what is drawn is their mean with a memory of about a tenth of the run, thinned to what
 * can be seen. The first and the last step stay. Points that are no numbers are left out.
 */
export function smoothLoss(points: readonly LossPoint[]): readonly LossPoint[] {
  const sound = points.filter(isSound);
  const weight = 2 / (Math.max(1, sound.length / 10) + 1);
  let mean = 0;
  let seen = 0;
  const smooth = sound.map(({ step, loss }) => {
    mean += weight * (loss - mean);
    // At the start the memory is empty, not zero.
    seen += weight * (1 - seen);
    return { step, loss: mean / seen };
  });
  const stride = Math.ceil(smooth.length / maxPoints);
  return smooth.filter((_, at) => at % stride === 0 || at === smooth.length - 1);
}

export function isSound({ step, loss }: LossPoint): boolean {
  return Number.isFinite(step) && Number.isFinite(loss);
}
