import { createHash } from 'node:crypto';
import { mkdir, readdir, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Where the index of one workspace folder lies on the disk, and whether it may. */
export interface IndexLocation {
  /** The workspace folder, links resolved. */
  readonly folder: string;
  /** Everything that is kept of it, and the lock of whoever writes it. */
  readonly path: string;
  /** The store, in `path`. */
  readonly storePath: string;
  /** Exists while the user wants nothing kept of this folder; every window follows it. */
  readonly awayPath: string;
}

/** The readable part of a name. */
const maxNameCharacters = 40;

/** Undefined when there is no such folder. `indexFolder` holds the indexes of all folders. */
export async function locateIndex(indexFolder: string, folder: string): Promise<IndexLocation | undefined> {
  const real = await realpath(folder).catch(() => undefined);
  if (real === undefined || !(await stat(real)).isDirectory()) return undefined;
  const hash = createHash('sha256').update(real).digest('hex').slice(0, 16);
  const readable = basename(real)
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .slice(0, maxNameCharacters);
  return locationNamed(indexFolder, `${readable}-${hash}`, real);
}

function locationNamed(indexFolder: string, name: string, folder: string): IndexLocation {
  return {
    folder,
    path: join(indexFolder, name),
    storePath: join(indexFolder, name, 'store'),
    // Says of a forgotten folder only that there was one.
    awayPath: join(awayFolder(indexFolder), hashOf(name)),
  };
}

export async function isAway({ awayPath }: IndexLocation): Promise<boolean> {
  return stat(awayPath).then(
    () => true,
    () => false,
  );
}

/** From now on nothing is kept of the folder. What is there already is deleted by whoever has it open. */
export async function stayAway({ awayPath }: IndexLocation): Promise<void> {
  await mkdir(dirname(awayPath), { recursive: true, mode: 0o700 });
  await writeFile(awayPath, '');
}

export async function comeBack({ awayPath }: IndexLocation): Promise<void> {
  await rm(awayPath, { force: true });
}

export async function removeIndex({ path }: IndexLocation): Promise<void> {
  await rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

/** Deletes what is kept of a folder, which stays away. */
export async function forgetFolder(indexFolder: string, folder: string): Promise<void> {
  const location = await locateIndex(indexFolder, folder);
  if (location === undefined) return;
  await stayAway(location);
  await removeIndex(location);
}

/** Deletes every index there is, also of folders that are not open here; none of them comes back by itself. */
export async function removeAllIndexes(indexFolder: string): Promise<void> {
  const names = await readdir(indexFolder).catch(() => []);
  for (const name of names) await stayAway(locationNamed(indexFolder, name, ''));
  await rm(indexFolder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

function awayFolder(indexFolder: string): string {
  return `${indexFolder}.away`;
}

function hashOf(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 32);
}
