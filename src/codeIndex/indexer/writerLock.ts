import { join } from 'node:path';
import { delay } from '../../base/aborts.ts';
import { type FileLock, tryLock } from '../../base/fileLock.ts';

const defaultPollMs = 5_000;

/**
 * The right to write the index in this folder, which exists; undefined while another window has it. Whoever has it stops
 * writing when `lost` aborts.
 */
export function tryWriterLock(indexFolder: string): Promise<FileLock | undefined> {
  return tryLock(join(indexFolder, 'writer.lock'));
}

/** The same, but waits until it is ours. Rejects with an `AbortError` when the signal aborts before. */
export async function holdWriterLock(
  indexFolder: string,
  signal: AbortSignal,
  pollMs = defaultPollMs,
): Promise<FileLock> {
  for (;;) {
    const lock = await tryWriterLock(indexFolder);
    if (lock !== undefined) return lock;
    await pollDelay(pollMs, signal);
  }
}

/** After a sleep of the machine every heart stands still at first: the owner, who slept as well, gets time to beat. */
async function pollDelay(pollMs: number, signal: AbortSignal): Promise<void> {
  for (;;) {
    const startMs = Date.now();
    await delay(pollMs, signal);
    if (Date.now() - startMs < 3 * pollMs) return;
  }
}
