import type { DownloadProgress } from '../protocol/messages.ts';
import type { Translate } from '../protocol/problems.ts';
import { formatBytes, formatRate } from './formats.ts';

export interface DownloadStep {
  /** What arrived so far, 0 to 100. */
  readonly percent: number;
  /** How much that is more than `shownPercent`: VS Code's progress bar takes differences. Never negative. */
  readonly increment: number;
  readonly message: string;
}

/** `shownPercent`: the `percent` of the step before, 0 at first. */
export function downloadStep(progress: DownloadProgress, shownPercent: number, t: Translate): DownloadStep {
  const { receivedBytes, totalBytes, bytesPerSecond } = progress;
  const share = totalBytes > 0 ? receivedBytes / totalBytes : 0;
  const percent = Math.max(shownPercent, Math.min(100, 100 * share));
  const message = t('{0} % of {1}, {2}', Math.floor(percent), formatBytes(totalBytes), formatRate(bytesPerSecond));
  return { percent, increment: percent - shownPercent, message };
}
