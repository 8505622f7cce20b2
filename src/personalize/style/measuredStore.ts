import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type MeasuredFile, MeasuredStyle, readStoredFiles, storedFiles } from './measuredStyle.ts';
import { allTraits } from './traits/allTraits.ts';

/** To be raised when a trait counts differently: what was measured before is measured anew. */
const countingVersion = 1;

const version = hashOf([countingVersion, ...allTraits.map(({ id }) => id)].join(' '));

/** Where the counts of a workspace folder lie: paths and numbers, never code. A cache: it may vanish at any time. */
export function measuredPath(folder: string, workspaceFolder: string): string {
  return join(folder, `${hashOf(workspaceFolder)}.json`);
}

/** Empty where there is none, or one that makes no sense or counts by other traits. */
export async function readMeasured(path: string): Promise<MeasuredStyle> {
  return new MeasuredStyle(await storedIn(path));
}

export async function writeMeasured(path: string, style: MeasuredStyle): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const beside = `${path}.${process.pid}.new`;
  await writeFile(beside, JSON.stringify({ version, files: storedFiles(style) }), { mode: 0o600 });
  await rename(beside, path).catch(async (cause: unknown) => {
    await rm(beside, { force: true });
    throw cause;
  });
}

async function storedIn(path: string): Promise<readonly MeasuredFile[]> {
  try {
    const stored: unknown = JSON.parse(await readFile(path, 'utf8'));
    if (typeof stored !== 'object' || stored === null || !('version' in stored) || !('files' in stored)) return [];
    return stored.version === version ? readStoredFiles(stored.files) : [];
  } catch {
    return [];
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
