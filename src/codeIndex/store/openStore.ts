import { mkdir, readdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Connection } from '@lancedb/lancedb';
import { errorText, type Logger } from '../../base/logger.ts';
import { nowhere } from './changePlan.ts';
import { type FileEvent, fileBatch } from './fileEvent.ts';
import { FileTable } from './fileTable.ts';
import type { IndexStore } from './indexStore.ts';
import { type Differences, differencesOf, probeIndexes, readFileTable } from './inspection.ts';
import { type Lance, loadLance } from './lance.ts';
import { LanceStore } from './lanceStore.ts';
import { unindexedRows } from './searchIndexes.ts';
import { isDirectory, setAside } from './setAside.ts';
import { sqlInBatches } from './sql.ts';
import { DiskFull, isDiskFull, isPassing } from './storeFaults.ts';
import {
  type Mismatch,
  mismatchOf,
  newIdentity,
  readIdentity,
  type StoreMake,
  writeIdentity,
} from './storeIdentity.ts';
import { connect, type StorePlace, StoreTables } from './storeTables.ts';

export interface StoreOptions extends StorePlace, StoreMake {
  /** Absolute path of the workspace folder. */
  readonly folder: string;
  readonly log: Logger;
}

/** Why a store was begun anew where there was one: it cannot be read, or was made by or with something else. */
type RebuildReason = 'damaged' | Mismatch;

export interface OpenedStore {
  readonly store: IndexStore;
  /** Set when an older store had to be set aside; this one is empty then. */
  readonly rebuilt?: RebuildReason;
}

/**
 * Opens the store at a place for writing, or begins one. Only for the holder of the folder's lock. What cannot be used
 * is set aside, never a reason to fail. Rejects with `StoreUnsupported`, `DiskFull`, or the error of a network or
 * system that could not be reached.
 */
export async function openStore(options: StoreOptions): Promise<OpenedStore> {
  const lance = await loadLance();
  try {
    const found = (await isEmpty(lance, options)) ? 'nothing' : await openExisting(lance, options);
    if (typeof found !== 'string') return { store: found };
    if (found !== 'nothing') {
      options.log.warn(`The index at ${options.location} is set aside: ${found}`);
      await setAside(options.location);
    }
    const store = await begin(lance, options);
    return found === 'nothing' ? { store } : { store, rebuilt: found };
  } catch (cause) {
    throw isDiskFull(cause) ? new DiskFull(errorText(cause), { cause }) : cause;
  }
}

async function isEmpty(lance: Lance, options: StoreOptions): Promise<boolean> {
  const { location } = options;
  // Asked for its tables, LanceDB would make the directory.
  if (isDirectory(location)) return (await readdir(location).catch(() => [])).length === 0;
  const database = await connect(lance, options);
  const tables = await database.tableNames();
  database.close();
  return tables.length === 0;
}

async function begin(lance: Lance, options: StoreOptions): Promise<LanceStore> {
  const { location, folder } = options;
  if (isDirectory(location)) await mkdir(dirname(location), { recursive: true, mode: 0o700 });
  const database = await connect(lance, options);
  await database.dropAllTables();
  const identity = newIdentity(options, folder);
  const tables = await StoreTables.create(lance, database, identity);
  await writeIdentity(database, identity);
  return new LanceStore({ ...options, tables, files: new FileTable(), unindexedRows: 0 });
}

async function openExisting(lance: Lance, options: StoreOptions): Promise<LanceStore | RebuildReason> {
  const database = await connect(lance, options);
  try {
    const opened = await openUsable(lance, database, options);
    if (typeof opened === 'string') database.close();
    return opened;
  } catch (cause) {
    database.close();
    if (isDiskFull(cause) || isPassing(cause)) throw cause;
    options.log.warn(`The index at ${options.location} cannot be read: ${errorText(cause)}`);
    return 'damaged';
  }
}

async function openUsable(lance: Lance, database: Connection, options: StoreOptions): Promise<LanceStore | Mismatch> {
  const identity = await readIdentity(database);
  const mismatch = mismatchOf(identity, options);
  if (mismatch) return mismatch;
  const tables = await StoreTables.open(lance, database, identity);
  await tables.dropOthers();
  const files = await readFileTable(tables.files);
  const differences = await differencesOf(tables.chunks, files);
  const unindexed = await unindexedRows(tables.chunks);
  const searched = { lance, chunks: tables.chunks, files, changes: 0, unindexedRows: unindexed };
  await probeIndexes(searched, options.dimensions);
  await mend(tables, files, differences, options.log);
  return new LanceStore({ ...options, tables, files, unindexedRows: unindexed });
}

/** Makes the tables agree again: files first, as always when something goes. */
async function mend(
  { chunks, files: log }: StoreTables,
  files: FileTable,
  { strayBlobs, incompletePaths, incompleteParked }: Differences,
  logger: Logger,
): Promise<void> {
  const sequence = files.lastSequence + 1;
  const gone = { state: 'gone', chunkCount: 0, parkedMs: 0, sequence } as const;
  const events: FileEvent[] = [
    ...incompletePaths.map((path) => ({ ...nowhere(files.files.get(path)?.blob ?? '', path), ...gone })),
    ...incompleteParked.map((blob) => ({ ...nowhere(blob), ...gone })),
  ];
  if (events.length > 0) {
    await log.add(fileBatch(events));
    files.apply(events);
  }
  for (const filter of sqlInBatches('blob', strayBlobs)) await chunks.delete(filter);
  if (events.length + strayBlobs.length > 0)
    logger.info(`The index was left in the middle of a change: ${events.length} files to be read again.`);
}
