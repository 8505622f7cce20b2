import { createHash, randomBytes } from 'node:crypto';
import { chmod, link, lstat, mkdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Purpose, protocolVersion } from './hostProtocol.ts';

/** `sun_path` holds 104 bytes on macOS and 108 on Linux, a terminating zero included. */
const maxSocketPathBytes = 103;

/** Where model hosts and their clients meet; nobody but the user can look into it. */
export interface RunFolder {
  readonly path: string;
  readonly keyPath: string;
  /** 32 random bytes in hexadecimal, the same for all hosts of this user. */
  readonly key: string;
}

/** What makes two hosts interchangeable. */
export interface HostIdentity {
  readonly modelPath: string;
  readonly purpose: Purpose;
  /** Path of the host's own code: another version of Hearth is another host. */
  readonly entry: string;
  readonly gpu: 'auto' | 'off';
  readonly threads: number;
}

/** Opens (and at the first time creates) the run folder below the data folder. */
export async function openRunFolder(dataFolder: string): Promise<RunFolder> {
  const path = await privateFolder(join(dataFolder, 'run'));
  const keyPath = join(path, 'key');
  return { path, keyPath, key: await readOrCreateKey(path, keyPath) };
}

/** A short name for hosts with this identity, whatever their plan level: same file content, same settings. */
export async function identityHash(identity: HostIdentity): Promise<string> {
  const [model, entry] = await Promise.all([fingerprint(identity.modelPath), fingerprint(identity.entry)]);
  return hash(JSON.stringify([protocolVersion, model, entry, identity.purpose, identity.gpu, identity.threads]));
}

async function fingerprint(path: string): Promise<readonly (string | number)[]> {
  const real = await realpath(path);
  const { size, mtimeMs } = await stat(real);
  return [real, size, mtimeMs];
}

/** The socket or named pipe of the host with this name. */
export async function endpointFor(folder: RunFolder, name: string): Promise<string> {
  // A pipe has no folder to hide in, so its name is a secret too.
  if (process.platform === 'win32') return `\\\\.\\pipe\\hearth-${hash(folder.key + name)}`;
  const path = join(folder.path, `${name}.sock`);
  if (Buffer.byteLength(path) <= maxSocketPathBytes) return path;
  const short = await privateFolder(join(tmpdir(), `hearth-${process.getuid?.() ?? 'user'}`));
  return join(short, `${hash(path)}.sock`);
}

/** Creates a folder that only its owner can enter; refuses one that belongs to somebody else. */
async function privateFolder(path: string): Promise<string> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  if (process.platform === 'win32') return path;
  const found = await lstat(path);
  if (!found.isDirectory() || found.uid !== process.getuid?.())
    throw new Error(`${path} is not a folder of this user.`);
  if ((found.mode & 0o077) !== 0) await chmod(path, 0o700);
  return path;
}

async function readOrCreateKey(folder: string, keyPath: string): Promise<string> {
  const read = () => readFile(keyPath, 'utf8').catch(() => undefined);
  const existing = await read();
  if (existing !== undefined) return existing;
  // Written under another name first: whoever sees the key sees all of it, and of several creators one wins.
  const draft = join(folder, `key.${process.pid}.${randomBytes(4).toString('hex')}`);
  await writeFile(draft, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' });
  try {
    await link(draft, keyPath).catch(() => undefined);
  } finally {
    await rm(draft, { force: true });
  }
  const key = await read();
  if (key === undefined) throw new Error(`The key of the model hosts cannot be kept in ${folder}.`);
  return key;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
