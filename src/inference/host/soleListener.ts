import { chmod, link, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { delay } from '../../base/aborts.ts';

/** Longer than anyone holds the lock; a lock file that is older and empty was left by a crash. */
const staleLockMs = 5000;

/**
 * Listens on a socket unless somebody else already does: then the answer is undefined. Several processes may try at
 * once, and sockets left by crashed ones are cleared away.
 */
export async function listenAlone(
  endpoint: string,
  lockPath: string,
  onConnection: (socket: Socket) => void,
): Promise<Server | undefined> {
  const unlock = await lock(lockPath);
  try {
    if (await answers(endpoint)) return undefined;
    if (process.platform !== 'win32') await rm(endpoint, { force: true });
    const server = createServer(onConnection);
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(endpoint, resolve);
    });
    if (process.platform !== 'win32') await chmod(endpoint, 0o600);
    return server;
  } finally {
    await unlock();
  }
}

function answers(endpoint: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(endpoint);
    socket
      .once('error', () => resolve(false))
      .once('connect', () => {
        socket.destroy();
        resolve(true);
      });
  });
}

/** Takes a lock file that names its holder; one whose holder is dead is taken over. Resolves to its release. */
async function lock(path: string): Promise<() => Promise<void>> {
  for (;;) {
    try {
      const file = await open(path, 'wx', 0o600);
      try {
        await file.writeFile(String(process.pid));
      } finally {
        await file.close();
      }
      return () => rm(path, { force: true });
    } catch (cause) {
      if (!(cause instanceof Error && 'code' in cause && cause.code === 'EEXIST')) throw cause;
    }
    const holder = await readFile(path, 'utf8').catch(() => undefined);
    if (holder !== undefined && (await isStale(path, holder))) await removeLockOf(path, holder);
    else await delay(10);
  }
}

async function isStale(path: string, holder: string): Promise<boolean> {
  if (holder !== '') return !isAlive(Number(holder));
  const found = await stat(path).catch(() => undefined);
  return found !== undefined && Date.now() - found.mtimeMs > staleLockMs;
}

/** Removes the lock of a dead holder, and only that: another process may have done so and hold a lock of its own. */
async function removeLockOf(path: string, holder: string): Promise<void> {
  const aside = `${path}.${process.pid}`;
  try {
    await rename(path, aside);
  } catch {
    return;
  }
  if ((await readFile(aside, 'utf8')) !== holder) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return cause instanceof Error && 'code' in cause && cause.code === 'EPERM';
  }
}
