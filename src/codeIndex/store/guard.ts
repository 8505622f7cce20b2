import { isAbort } from '../../base/aborts.ts';
import { errorText } from '../../base/logger.ts';
import { readEverything } from './inspection.ts';
import { DiskFull, isDiskFull, isPassing, StoreAbsent, StoreBroken } from './storeFaults.ts';
import type { StoreTables } from './storeTables.ts';

/**
 * Does something with a store, and finds out what it means when that fails: `DiskFull`; `StoreBroken` when the store
 * cannot be read as a whole any more; else the error as it came.
 */
export async function guarded<T>(tables: StoreTables, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (cause) {
    if (isAbort(cause) || cause instanceof StoreBroken || cause instanceof StoreAbsent) throw cause;
    if (isDiskFull(cause)) throw new DiskFull(errorText(cause), { cause });
    if (isPassing(cause)) throw cause;
    await readEverything(tables).catch(() => {
      throw new StoreBroken(errorText(cause), { cause });
    });
    throw cause;
  }
}
