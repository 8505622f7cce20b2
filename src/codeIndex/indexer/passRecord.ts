import { join } from 'node:path';
import { readJson, writeCrashSafe } from './crashSafeFile.ts';

const fileName = 'pass.json';

/** What the last whole pass over a folder noted. */
export interface PassRecord {
  /** The commit that was checked out, see `gitHead.ts`; '' outside of git. */
  readonly head: string;
}

/** Undefined as long as no pass went to its end. */
export async function readPassRecord(indexFolder: string): Promise<PassRecord | undefined> {
  const read = await readJson(join(indexFolder, fileName));
  if (typeof read !== 'object' || read === null || !('head' in read) || typeof read.head !== 'string') return undefined;
  return { head: read.head };
}

export function writePassRecord(indexFolder: string, record: PassRecord): Promise<void> {
  return writeCrashSafe(join(indexFolder, fileName), JSON.stringify(record));
}
