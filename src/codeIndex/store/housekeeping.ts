import type { Logger } from '../../base/logger.ts';
import { nowhere } from './changePlan.ts';
import type { FileEvent } from './fileEvent.ts';
import type { FileTable } from './fileTable.ts';
import { rewrite } from './rewrite.ts';
import { createNameIndexes, createTermIndex, createVectorIndex, unindexedRows } from './searchIndexes.ts';
import type { StoreTables } from './storeTables.ts';
import type { StoreWriter } from './storeWriter.ts';

/** Contents of other branches are kept this long after the last file had them. */
const maxParkedMs = 30 * 24 * 60 * 60 * 1000;
/** And no more chunks of them than this share of those of files. */
const maxParkedShare = 1;
/** Every file written over this often on average: half of the store is rows that nobody sees. */
const maxOutdatedShare = 0.1;
const minOutdatedEvents = 500;
/** A search by words goes through unindexed rows one by one: 10 ms for so many. */
const maxUnindexedRows = 500;
const maxUnindexedShare = 0.005;

export interface HouseKeeping {
  readonly tables: StoreTables;
  readonly files: FileTable;
  readonly writer: StoreWriter;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

/** What a store needs, from nothing to the most thorough. */
export type Chore = 'none' | 'index' | 'merge' | 'rewrite';

export interface StoreState {
  readonly files: number;
  /** Files were deleted, and have to go from the disk. */
  readonly hasDeletions: boolean;
  /** Changes since the last rewrite that others have replaced. */
  readonly outdatedEvents: number;
  readonly rows: number;
  readonly unindexedRows: number;
}

/** Each step leaves a store that can be opened: it may be stopped or killed at any point. */
export async function keepHouse(house: HouseKeeping): Promise<void> {
  const { tables, files, writer, signal, log } = house;
  const { lance } = tables;
  const expired = expiredBlobs(files, Date.now());
  if (expired.length > 0)
    await writer.commit(
      expired.map((blob) => goneEvent(files, blob)),
      expired,
    );
  signal.throwIfAborted();
  await tables.dropOthers();
  const rows = await tables.chunks.countRows();
  const { hasDeletions, outdatedEvents } = files;
  const state = { files: files.files.size, hasDeletions, outdatedEvents, rows };
  const chore = choreFor({ ...state, unindexedRows: await unindexedRows(tables.chunks) });
  log.debug(`Housekeeping: ${chore}`);
  switch (chore) {
    case 'none':
      return;
    case 'index':
      for (const create of [createTermIndex, createNameIndexes, createVectorIndex]) {
        signal.throwIfAborted();
        await create(lance, tables.chunks);
      }
      return;
    case 'merge':
      await tables.chunks.optimize({ cleanupOlderThan: new Date() });
      await tables.files.optimize({ cleanupOlderThan: new Date() });
      return;
    case 'rewrite':
      return rewrite(house);
  }
}

/** Pure. `index`: most rows are new, so indexes are made from nothing; `merge`: LanceDB brings them up to date. */
export function choreFor(state: StoreState): Chore {
  const { files, hasDeletions, outdatedEvents, rows, unindexedRows: unindexed } = state;
  if (hasDeletions || outdatedEvents > Math.max(minOutdatedEvents, files * maxOutdatedShare)) return 'rewrite';
  if (unindexed > rows / 2) return 'index';
  return unindexed > Math.max(maxUnindexedRows, rows * maxUnindexedShare) ? 'merge' : 'none';
}

/** Pure: which parked contents have been kept long enough, or are too many; the oldest go first. */
export function expiredBlobs(files: FileTable, nowMs: number): string[] {
  const expired: string[] = [];
  let kept = files.parkedChunks;
  for (const [blob, parkedMs] of files.parked) {
    if (nowMs - parkedMs <= maxParkedMs && kept <= files.liveChunks * maxParkedShare) break;
    expired.push(blob);
    kept -= files.blobs.get(blob) ?? 0;
  }
  return expired;
}

function goneEvent(files: FileTable, blob: string): FileEvent {
  return { ...nowhere(blob), state: 'gone', chunkCount: 0, parkedMs: 0, sequence: files.lastSequence + 1 };
}
