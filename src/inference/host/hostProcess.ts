import { spawn } from 'node:child_process';
import { mkdir, open, rename, stat } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { dirname, join } from 'node:path';
import { delay } from '../../base/aborts.ts';
import { presentKey } from './handshake.ts';
import { hostEnvironment } from './hostEnvironment.ts';
import type { HostConfig } from './hostProtocol.ts';

const maxLogBytes = 1_000_000;
/** The host's own objects live long or die at once; a small young generation saves 50 MB. */
const nodeOptions = ['--max-semi-space-size=8'];
const pollMs = 20;

export interface HostStart {
  readonly entry: string;
  readonly key: string;
  readonly config: HostConfig;
  /** Where the host's own output goes; kept below a megabyte, with one predecessor. */
  readonly logPath: string;
}

export interface HostExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** The end of a process that we started. */
export interface EndOfHost {
  readonly pid: number;
  readonly exit: HostExit;
}

export interface HostLink {
  readonly socket: Socket;
  /** The host's process, if this process started it. */
  readonly child?: { readonly exited: Promise<EndOfHost> };
}

/**
 * Connects to the host with this configuration; starts it when nobody has. Of several starters one host remains.
 * Answers how the host ended if it died before it listened.
 */
export async function connectOrStart(start: HostStart, signal: AbortSignal): Promise<HostLink | EndOfHost> {
  for (;;) {
    const running = await connectTo(start);
    if (running !== undefined) return { socket: running };
    signal.throwIfAborted();
    const child = await startHost(start);
    for (;;) {
      const end = await Promise.race([child.exited, delay(pollMs, signal)]);
      const socket = await connectTo(start);
      if (socket !== undefined) return { socket, child };
      if (end === undefined) continue;
      if (end.exit.code !== 0) return end;
      // Exit code 0 says that another host was faster, but it is gone again: once more from the beginning.
      break;
    }
  }
}

function connectTo({ config, key }: HostStart): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect(config.endpoint);
    const onError = () => resolve(undefined);
    socket.once('error', onError).once('connect', () => {
      socket.off('error', onError).on('error', () => socket.destroy());
      presentKey(socket, key);
      resolve(socket);
    });
  });
}

/** Starts a detached process: it outlives this one while other windows use it. */
async function startHost(start: HostStart): Promise<NonNullable<HostLink['child']>> {
  await mkdir(dirname(start.logPath), { recursive: true, mode: 0o700 });
  await rotate(start.logPath);
  const log = await open(start.logPath, 'a', 0o600);
  try {
    const child = spawn(process.execPath, [...nodeOptions, start.entry, JSON.stringify(start.config)], {
      detached: true,
      // It may outlive an update of the extension, whose folder must then be free to be deleted.
      cwd: dirname(start.logPath),
      stdio: ['ignore', log.fd, log.fd],
      env: hostEnvironment(process.env),
      windowsHide: true,
    });
    child.unref();
    const { pid } = child;
    if (pid === undefined) throw await new Promise<Error>((resolve) => child.once('error', resolve));
    const exited = new Promise<EndOfHost>((resolve) => {
      child.once('exit', (code, signal) => resolve({ pid, exit: { code, signal } }));
    });
    return { exited };
  } finally {
    await log.close();
  }
}

async function rotate(logPath: string): Promise<void> {
  const found = await stat(logPath).catch(() => undefined);
  if (found !== undefined && found.size > maxLogBytes) await rename(logPath, `${logPath}.old`).catch(() => undefined);
}

export function hostLogPath(dataFolder: string): string {
  return join(dataFolder, 'logs', 'modelHost.log');
}
