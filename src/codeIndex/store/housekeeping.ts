import type { Logger } from '../../base/logger.ts';
import { nowhere } from './changePlan.ts';
import type { FileEvent } from './fileEvent.ts';
import type { FileTable } from './fileTable.ts';
import { rewrite } from './rewrite.ts';
import { createIndexes, fragmentCount, unindexedRows } from './searchIndexes.ts';
import type { StoreTables } from './storeTables.ts';
import type { StoreWriter } from './storeWriter.ts';

/** Contents of other branches are kept this long after the last file had them. */
const maxParkedMs = 30 * 24 * 60 * 60 * 1000;
/** And no more chunks of them than this share of those of files. */
const maxParkedShare = 1;
/** When a tenth of what is on the disk is of the past, it goes. */
const maxOutdatedShare = 0.1;
const minOutdatedEvents = 500;
/** A search by words goes through unindexed rows one by one: 10 ms for so many. */
const maxUnindexedRows = 500;
const maxUnindexedShare = 0.005;
/** Each save makes a data file of its own, beside those of the first pass. */
const maxFragments = 100;
const minRowsPerFragment = 2_048;
const maxIndexings = 3;

export interface HouseKeeping {
  readonly tables: StoreTables;
  readonly files: FileTable;
  readonly writer: StoreWriter;
  readonly log: Logger;
  /** Indexings since the last rewrite. */
  readonly indexings: number;
  readonly signal: AbortSignal;
}

/**
 * What a store needs: nothing, new indexes, or to be written anew. LanceDB's own `optimize` is not among them: it merges
 * all data files into one each time, with 500 MB of memory, and leaves the old ones on the disk until the next time.
 */
type Chore = 'none' | 'index' | 'rewrite';

export interface StoreState {
  readonly files: number;
  /** Files that were deleted, and have to go from the disk. */
  readonly deletions: number;
  /** Changes since the last rewrite that others have replaced. */
  readonly outdatedEvents: number;
  readonly rows: number;
  readonly unindexedRows: number;
  readonly fragments: number;
  /** Since the last rewrite. Each leaves the files of its predecessor, a tenth of the store. */
  readonly indexings: number;
}

/** Does what is most needed, and says what that was. May be stopped or killed at any point. */
export async function keepHouse(house: HouseKeeping): Promise<Chore> {
  const { tables, files, writer, signal, log } = house;
  const expired = expiredBlobs(files, Date.now());
  if (expired.length > 0)
    await writer.commit(
      expired.map((blob) => goneEvent(files, blob)),
      expired,
    );
  signal.throwIfAborted();
  await tables.dropOthers();
  const rows = await tables.chunks.countRows();
  const { deletions, outdatedEvents } = files;
  const chore = choreFor({
    files: files.files.size,
    deletions,
    outdatedEvents,
    rows,
    unindexedRows: await unindexedRows(tables.chunks),
    fragments: await fragmentCount(tables.chunks),
    indexings: house.indexings,
  });
  log.debug(`Housekeeping: ${chore}`);
  switch (chore) {
    case 'none':
      return chore;
    case 'index':
      await createIndexes(tables.lance, tables.chunks, signal);
      await tables.files.optimize({ cleanupOlderThan: new Date() });
      return chore;
    case 'rewrite':
      await rewrite(house);
      return chore;
  }
}

/** Pure. */
export function choreFor(state: StoreState): Chore {
  const { files, deletions, outdatedEvents, rows, unindexedRows: unindexed, fragments, indexings } = state;
  if (deletions > 0 || outdatedEvents > Math.max(minOutdatedEvents, files * maxOutdatedShare)) return 'rewrite';
  if (fragments > maxFragments + rows / minRowsPerFragment) return 'rewrite';
  if (unindexed <= Math.max(maxUnindexedRows, rows * maxUnindexedShare)) return 'none';
  return indexings < maxIndexings ? 'index' : 'rewrite';
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
