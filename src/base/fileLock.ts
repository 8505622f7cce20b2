import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';

export interface FileLock {
  /** Aborts within a heartbeat of another holder's taking over: found stale, as after a long sleep of the machine. */
  readonly lost: AbortSignal;
  release(): Promise<void>;
}

const heartbeatMs = 5000;
/** A lock whose heart has not beaten for this long belongs to nobody, whatever its process number says. */
const staleMs = 60_000;

/**
 * Takes the lock at `path`, or returns undefined while another process (or another part of this one) holds it. A lock
 * left behind by a process that died is taken over. Two processes that take over the same dead lock within the same
 * instant could both succeed: use it to save work, never as the only guard of data.
 */
export async function tryLock(
  path: string,
  options: { readonly heartbeatMs?: number } = {},
): Promise<FileLock | undefined> {
  const content = JSON.stringify({ pid: process.pid, host: hostname(), token: randomUUID() });
  if (!(await create(path, content))) {
    if (!(await isStale(path)) || !(await removeStale(path)) || !(await create(path, content))) return undefined;
  }
  const lost = new AbortController();
  const isOurs = async (): Promise<boolean> => (await readFile(path, 'utf8').catch(() => '')) === content;
  const beat = async (): Promise<void> => {
    if (await isOurs()) {
      const now = new Date();
      await utimes(path, now, now).catch(() => {});
    } else {
      clearInterval(heart);
      lost.abort();
    }
  };
  const heart = setInterval(() => void beat(), options.heartbeatMs ?? heartbeatMs);
  heart.unref();
  return {
    lost: lost.signal,
    async release() {
      clearInterval(heart);
      if (await isOurs()) await rm(path, { force: true });
    },
  };
}

/** Written beside and linked into place: a lock that exists names its owner, however early that one was killed. */
async function create(path: string, content: string): Promise<boolean> {
  const beside = `${path}.${randomUUID()}`;
  await writeFile(beside, content, { flag: 'wx' });
  try {
    await link(beside, path);
    return true;
  } catch (cause) {
    if (codeOf(cause) === 'EEXIST') return false;
    // File systems without hard links.
    return writeFile(path, content, { flag: 'wx' }).then(
      () => true,
      (second: unknown) => {
        if (codeOf(second) === 'EEXIST') return false;
        throw second;
      },
    );
  } finally {
    await rm(beside, { force: true });
  }
}

function codeOf(cause: unknown): unknown {
  return cause instanceof Error && 'code' in cause ? cause.code : undefined;
}

async function isStale(path: string): Promise<boolean> {
  const [stats, content] = await Promise.all([
    stat(path).catch(() => undefined),
    readFile(path, 'utf8').catch(() => undefined),
  ]);
  if (!stats || content === undefined) return false;
  return Date.now() - stats.mtimeMs > staleMs || ownerIsDead(content);
}

/** Renaming first lets only one of several finders win. */
async function removeStale(path: string): Promise<boolean> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch {
    return false;
  }
  await rm(aside, { force: true });
  return true;
}

function ownerIsDead(content: string): boolean {
  const owner = /^\{"pid":(\d+),"host":"([^"]*)"/.exec(content);
  if (!owner || owner[2] !== hostname()) return false;
  try {
    process.kill(Number(owner[1]), 0);
    return false;
  } catch (cause) {
    return codeOf(cause) === 'ESRCH';
  }
}
