/** An engine that ends this often within the window has a reason that another start does not cure. */
export const maxCrashes = 5;
export const crashWindowMs = 3 * 60_000;

/** The crashes that still count: the ones inside the window that ends now. Times in ms, oldest first. */
export function recentCrashes(crashTimesMs: readonly number[], nowMs: number): readonly number[] {
  return crashTimesMs.filter((timeMs) => nowMs - timeMs < crashWindowMs);
}
