import { fileBatch, type FileEvent } from './fileEvent.ts';
import type { FileTable } from './fileTable.ts';
import { nowhere } from './changePlan.ts';
import { createVectorIndex, hasVectorIndex } from './searchIndexes.ts';
import type { StoreTables } from './storeTables.ts';

/** Contents of other branches are kept this long after the last file had them. */
const maxParkedMs = 30 * 24 * 60 * 60 * 1000;
/** And no more chunks of them than this share of those of files. */
const maxParkedShare = 1;

export interface HouseKeeping {
  readonly tables: StoreTables;
  readonly files: FileTable;
  readonly signal: AbortSignal;
  readonly write: (events: readonly FileEvent[], orphans: readonly string[]) => Promise<void>;
}

/** Each step leaves a store that can be opened: it may be stopped or killed between any two. */
export async function keepHouse({ tables, files, signal, write }: HouseKeeping): Promise<void> {
  const { chunks, lance } = tables;
  const expired = expiredBlobs(files, Date.now());
  if (expired.length > 0)
    await write(
      expired.map((blob) => goneEvent(files, blob)),
      expired,
    );
  signal.throwIfAborted();
  await chunks.optimize({ cleanupOlderThan: new Date() });
  signal.throwIfAborted();
  if (!(await hasVectorIndex(chunks))) await createVectorIndex(lance, chunks);
  signal.throwIfAborted();
  await tables.files.add(fileBatch([...files.events()]), { mode: 'overwrite' });
  await tables.files.optimize({ cleanupOlderThan: new Date() });
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
