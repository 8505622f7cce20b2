import type { Connection } from '@lancedb/lancedb';
import { loadLance } from './lance.ts';
import type { StoreOptions } from './openStore.ts';
import { storageReason } from './storageReason.ts';
import { isPassing, StoreAbsent, StoreUnreachable } from './storeFaults.ts';
import { mismatchOf, readIdentity } from './storeIdentity.ts';
import { StoreReader } from './storeReader.ts';
import { connect, StoreTables } from './storeTables.ts';

/**
 * Opens the store at a place for reading, whoever writes it. Rejects with `StoreAbsent` while there is none that this
 * version can read, and with `StoreUnsupported` and `StoreUnreachable`. When a search rejects with `StoreAbsent` or `StoreBroken`, open it anew.
 */
export async function openReader(options: StoreOptions): Promise<StoreReader> {
  const lance = await loadLance();
  let database: Connection | undefined;
  try {
    database = await connect(lance, options);
    const identity = await readIdentity(database);
    const mismatch = mismatchOf(identity, options);
    if (mismatch) throw new StoreAbsent(`It was made by another version or with other settings (${mismatch})`);
    const tables = await StoreTables.open(lance, database, identity);
    const reader = new StoreReader(options.folder, tables);
    await reader.refresh();
    return reader;
  } catch (cause) {
    database?.close();
    if (cause instanceof StoreAbsent) throw cause;
    const reason = storageReason(cause);
    if (isPassing(cause)) throw new StoreUnreachable(reason, { cause });
    throw new StoreAbsent(`There is no index at ${options.location}: ${reason}`, { cause });
  }
}
