import { randomBytes } from 'node:crypto';
import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { delay } from './aborts.ts';

/**
 * Replaces the file at `path` by what `write` puts into an empty one. Whenever the process or the machine stops, the old
 * or the new file is there, whole; once this resolves, the new one is on the disk. When it rejects, nothing has changed.
 */
export async function writeAtomically(path: string, write: (file: FileHandle) => Promise<void>): Promise<void> {
  const beside = temporaryPath(path);
  try {
    {
      // What is kept of a user is for this user's eyes.
      await using file = await open(beside, 'wx', 0o600);
      await write(file);
      await file.sync();
    }
    await moveDurably(beside, path);
  } catch (cause) {
    await rm(beside, { force: true });
    throw cause;
  }
}

/** Gives a finished file or folder its name, and brings the change of names to the disk. */
export async function moveDurably(from: string, to: string): Promise<void> {
  await renamePatiently(from, to);
  await syncFolder(dirname(to));
  if (dirname(from) !== dirname(to)) await syncFolder(dirname(from));
}

/** Brings to the disk which names a folder has. Windows has no such call and needs none. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  await using folder = await open(path);
  await folder.sync();
}

/** A name beside `path` for what is not finished yet. It says which process is at it, for `isAbandoned`. */
export function temporaryPath(path: string): string {
  return `${path}.${process.pid}-${randomBytes(4).toString('hex')}.new`;
}

/** Whether a name is one of `temporaryPath`. */
export function isTemporary(path: string): boolean {
  return temporaryName.test(basename(path));
}

/** Whether this was left behind under a name of `temporaryPath`: untouched for `idleMs`, and its process is gone. */
export async function isAbandoned(path: string, idleMs: number): Promise<boolean> {
  const pid = temporaryName.exec(basename(path))?.[1];
  if (pid === undefined || isAlive(Number(pid))) return false;
  const stats = await stat(path).catch(() => undefined);
  return stats !== undefined && Date.now() - stats.mtimeMs >= idleMs;
}

const temporaryName = /\.(\d+)-[0-9a-f]{8}\.new$/;
/** Together two seconds: longer than a virus scanner looks at a file. */
const renameTries = 40;
const renamePauseMs = 50;

/** Windows refuses to rename what somebody has open at this moment: a reader, a virus scanner. */
async function renamePatiently(from: string, to: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await rename(from, to);
    } catch (cause) {
      if (process.platform !== 'win32' || tries === renameTries || !isBusy(cause)) throw cause;
    }
    await delay(renamePauseMs);
  }
}

function isBusy(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && ['EPERM', 'EACCES', 'EBUSY'].includes(String(cause.code));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    // A process of somebody else is alive, too.
    return !(cause instanceof Error && 'code' in cause && cause.code === 'ESRCH');
  }
}
