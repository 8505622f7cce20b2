import { open, readFile, rename } from 'node:fs/promises';

/** Replaces a file so that after a crash or a power cut it holds either what it held or the new text, whole. */
export async function writeCrashSafe(path: string, text: string): Promise<void> {
  const beside = `${path}.new`;
  {
    await using file = await open(beside, 'w', 0o600);
    await file.writeFile(text);
    await file.sync();
  }
  await rename(beside, path);
}

/** What `JSON.parse` makes of a file; undefined when there is none or it makes no sense. */
export async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return undefined;
  }
}
