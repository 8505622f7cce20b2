import { randomBytes } from 'node:crypto';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissingFile } from '../../base/missingFile.ts';
import { isAbandoned, isTemporary, syncFolder } from '../../base/atomicFile.ts';
import { isAdapterId } from './card.ts';

/** The end of the name of what was deleted and may take a moment to be gone. */
const goneSuffix = '.gone';

/** Deletes a folder at once for everybody who looks, then from the disk. Nothing happens when there is none. */
export async function deleteFolder(parent: string, name: string): Promise<void> {
  const gone = join(parent, `${name}.${randomBytes(4).toString('hex')}${goneSuffix}`);
  try {
    await rename(join(parent, name), gone);
  } catch (cause) {
    if (isMissingFile(cause)) return;
    throw cause;
  }
  await syncFolder(parent);
  await rm(gone, { recursive: true, force: true, maxRetries: 5 });
}

/**
 * Removes what killed processes left in the folders of the adapters: deletions that had begun, and unfinished files and
 * folders that no living process has touched for `idleMs`.
 */
export async function removeLeftovers(personal: string, adapters: string, idleMs: number): Promise<void> {
  for (const folder of [personal, adapters])
    for (const name of await readdir(folder).catch(() => []))
      if (await isLeftover(folder, name, idleMs))
        await rm(join(folder, name), { recursive: true, force: true }).catch(() => {});
}

async function isLeftover(folder: string, name: string, idleMs: number): Promise<boolean> {
  const path = join(folder, name);
  if (name.endsWith(goneSuffix)) return true;
  if (isTemporary(name)) return isAbandoned(path, idleMs);
  // A lock of which the taker-over was killed (`base/fileLock.ts`), and an adapter without a card.
  if (name.startsWith('use.lock.')) return isOlder(path, idleMs);
  if (!isAdapterId(name) || (await stat(join(path, 'card.json')).catch(() => undefined))) return false;
  return isOlder(path, idleMs);
}

async function isOlder(path: string, ageMs: number): Promise<boolean> {
  const stats = await stat(path).catch(() => undefined);
  return stats !== undefined && Date.now() - stats.mtimeMs >= ageMs;
}
