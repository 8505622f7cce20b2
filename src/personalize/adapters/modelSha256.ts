import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writeAtomically } from '../../base/atomicFile.ts';
import { isFields } from './fields.ts';

/** Read at once: large enough for the disk's full speed, small enough to let other work in between. */
const chunkBytes = 1024 * 1024;
/** More models than anybody has on one disk. */
const maxRemembered = 64;

/** SHA-256 of a file in hexadecimal; 1.5 GB take one or two seconds. Rejects with an `AbortError` when told to stop. */
export async function fileSha256(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: chunkBytes, ...(signal && { signal }) }))
    hash.update(chunk);
  return hash.digest('hex');
}

/**
 * The same for a model, remembered in the JSON file `memory` for as long as the model's size and time of change stay. A file
 * that changes while it is read is not remembered.
 */
export async function modelSha256(path: string, memory: string, signal?: AbortSignal): Promise<string> {
  const revision = await revisionOf(path);
  const known = (await readMemory(memory)).get(path);
  if (known?.revision === revision) return known.sha256;
  const sha256 = await fileSha256(path, signal);
  if ((await revisionOf(path)) === revision) await remember(memory, path, { revision, sha256 });
  return sha256;
}

interface Remembered {
  readonly revision: string;
  readonly sha256: string;
}

/** Another window may write at the same time: what is lost is found out again. */
async function remember(memory: string, path: string, found: Remembered): Promise<void> {
  const models = await readMemory(memory);
  models.delete(path);
  const newest = [...models, [path, found] as const].slice(-maxRemembered);
  const text = JSON.stringify({ version: 1, models: Object.fromEntries(newest) }, undefined, 2);
  try {
    await mkdir(dirname(memory), { recursive: true, mode: 0o700 });
    await writeAtomically(memory, (file) => file.writeFile(text));
  } catch {
    // Without a memory, the next start reads the model again.
  }
}

async function readMemory(memory: string): Promise<Map<string, Remembered>> {
  const models = new Map<string, Remembered>();
  const json = await readJson(memory);
  if (!isFields(json) || json['version'] !== 1 || !isFields(json['models'])) return models;
  for (const [path, found] of Object.entries(json['models']))
    if (isFields(found) && typeof found['revision'] === 'string' && /^[0-9a-f]{64}$/.test(String(found['sha256'])))
      models.set(path, { revision: found['revision'], sha256: String(found['sha256']) });
  return models;
}

async function revisionOf(path: string): Promise<string> {
  const { size, mtimeNs } = await stat(path, { bigint: true });
  return `${size} ${mtimeNs}`;
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return undefined;
  }
}
