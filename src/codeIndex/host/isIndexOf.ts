import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { SearchableStore } from '../store/indexStore.ts';

const sample = 100;
const leastShare = 0.5;

/**
 * Whether an index that somebody else made is of this folder: most of its files are to be found here. The setting that
 * names a team's index holds for whatever folder is opened.
 */
export async function isIndexOf({ files }: Pick<SearchableStore, 'files'>, folder: string): Promise<boolean> {
  const step = Math.max(1, Math.floor(files.size / sample));
  const paths = [...files.keys()].filter((_, at) => at % step === 0);
  const found = await Promise.all(paths.map((path) => stat(join(folder, path)).catch(() => undefined)));
  return found.filter((each) => each !== undefined).length >= paths.length * leastShare;
}
