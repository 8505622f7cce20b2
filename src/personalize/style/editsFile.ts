import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isMissingFile } from '../../base/missingFile.ts';
import { isRecord } from '../../base/isRecord.ts';
import { errorText } from '../../base/logger.ts';
import { noEdits, readEdits, type StyleEdits } from './edits.ts';

/** What the user changed about style profiles: it cannot be rebuilt. */
export interface AllEdits {
  readonly everywhere: StyleEdits;
  /** By the absolute path of a workspace folder. */
  readonly folders: ReadonlyMap<string, StyleEdits>;
}

/** A file that makes no sense, where it lies now, and why. */
export interface DamagedEdits {
  readonly aside: string;
  readonly reason: string;
}

export interface ReadEdits {
  readonly edits: AllEdits;
  readonly damaged?: DamagedEdits;
}

const version = 1;

export const noEditsAtAll: AllEdits = { everywhere: noEdits, folders: new Map() };

/**
 * Reads `style.json`. A file that is damaged, or of another version of Hearth, is moved aside and a new one begins: the
 * newest such file is kept. Rejects when the file is there and cannot be read, so that nothing is written over it.
 */
export async function readEditsFile(path: string): Promise<ReadEdits> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    if (isMissingFile(cause)) return undefined;
    throw cause;
  });
  if (text === undefined) return { edits: noEditsAtAll };
  try {
    return { edits: parseEdits(text) };
  } catch (cause) {
    return { edits: noEditsAtAll, damaged: { aside: await setAside(path), reason: errorText(cause) } };
  }
}

/** Replaces the file so that after a crash or a power cut it holds what it held or the new edits, whole. */
export async function writeEditsFile(path: string, { everywhere, folders }: AllEdits): Promise<void> {
  const stored = { version, everywhere, folders: Object.fromEntries(folders) };
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  // Another window may be writing as well.
  const beside = `${path}.${process.pid}.new`;
  try {
    await using file = await open(beside, 'w', 0o600);
    await file.writeFile(`${JSON.stringify(stored, undefined, 2)}\n`);
    await file.sync();
  } catch (cause) {
    await rm(beside, { force: true });
    throw cause;
  }
  await rename(beside, path);
  await syncFolder(dirname(path));
}

/** Deletes the file and what was set aside of it. */
export async function deleteEditsFile(path: string): Promise<void> {
  await deleteBeside(path, '');
  await rm(path, { force: true });
}

function parseEdits(text: string): AllEdits {
  const stored: unknown = JSON.parse(text);
  if (!isRecord(stored)) throw new TypeError('it holds no object');
  if (stored['version'] !== version)
    throw new TypeError(`its version is ${JSON.stringify(stored['version'])}, not ${version}`);
  const everywhere = readEdits(stored['everywhere'] ?? noEdits);
  const folders = stored['folders'] ?? {};
  if (everywhere === undefined || !isRecord(folders)) throw new TypeError('it holds no edits');
  const read = Object.entries(folders).map(([folder, edits]) => [folder, readEdits(edits)] as const);
  if (read.some(([, edits]) => edits === undefined)) throw new TypeError('it holds no edits for a folder');
  return { everywhere, folders: new Map(read.map(([folder, edits]) => [folder, edits ?? noEdits])) };
}

async function setAside(path: string): Promise<string> {
  await deleteBeside(path, 'damaged-');
  const aside = `${path}.damaged-${new Date().toISOString().replaceAll(':', '-')}`;
  await rename(path, aside);
  return aside;
}

async function deleteBeside(path: string, beginning: string): Promise<void> {
  const names = await readdir(dirname(path)).catch(() => []);
  for (const name of names)
    if (name.startsWith(`${basename(path)}.${beginning}`)) await rm(join(dirname(path), name), { force: true });
}

/** Makes the renaming itself last; not every system can. */
async function syncFolder(folder: string): Promise<void> {
  try {
    await using handle = await open(folder, 'r');
    await handle.sync();
  } catch {
    // The file is whole either way.
  }
}
