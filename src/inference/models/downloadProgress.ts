import type { DownloadProgress } from '../../protocol/messages.ts';

/** Takes every change; passes some on. */
export type Report = (receivedBytes: number, totalBytes: number) => void;

const intervalMs = 250;
/** Weight of the newest interval in the shown speed: it settles within about two seconds. */
const newestWeight = 0.2;

/** Passes on about four reports a second, the first and the complete one always, with a smoothed speed. */
export function progressReporter(
  id: string,
  onProgress: ((progress: DownloadProgress) => void) | undefined,
  now: () => number = () => performance.now(),
): Report {
  if (!onProgress) return () => {};
  let last: { readonly atMs: number; readonly bytes: number } | undefined;
  let bytesPerSecond: number | undefined;
  return (receivedBytes, totalBytes) => {
    const atMs = now();
    if (last) {
      const elapsedMs = atMs - last.atMs;
      if (elapsedMs < intervalMs && receivedBytes < totalBytes) return;
      // A download that starts over is behind its last report: that says nothing of its speed.
      if (elapsedMs > 0 && receivedBytes >= last.bytes) {
        const current = ((receivedBytes - last.bytes) / elapsedMs) * 1000;
        bytesPerSecond =
          bytesPerSecond === undefined ? current : bytesPerSecond + newestWeight * (current - bytesPerSecond);
      }
    }
    last = { atMs, bytes: receivedBytes };
    onProgress({ id, receivedBytes, totalBytes, bytesPerSecond: bytesPerSecond ?? 0 });
  };
}
