import { readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

const again = { recursive: true, force: true, maxRetries: 5, retryDelay: 100 } as const;
const mark = '.aside-';

/** Object storage has no directories that could be moved. */
export function isDirectory(location: string): boolean {
  return !/^[a-z][a-z0-9+.-]+:\/\//i.test(location);
}

/**
 * Makes room at `location` for a new store. What is there stays beside it, as `<location>.aside-<ms since 1970>`, until
 * `deleteAside`; of several only the newest. Does nothing on object storage. Only for whoever may write there.
 */
export async function setAside(location: string): Promise<void> {
  if (!isDirectory(location)) return;
  await deleteAside(location);
  try {
    await rename(location, `${location}${mark}${Date.now()}`);
  } catch {
    // Windows moves nothing that a reader has open, but deletes file by file.
    await rm(location, again);
  }
}

/** Deletes what was set aside: a new store has taken its place. */
export async function deleteAside(location: string): Promise<void> {
  if (!isDirectory(location)) return;
  const folder = dirname(location);
  const names = await readdir(folder).catch(() => []);
  for (const name of names) if (name.startsWith(`${basename(location)}${mark}`)) await rm(join(folder, name), again);
}

/** Deletes the store with everything that was ever set aside of it. */
export async function deleteIndex(location: string): Promise<void> {
  await deleteAside(location);
  await rm(location, again);
}
