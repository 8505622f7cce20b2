import type { EmbeddedChunk, IndexedFile } from '../chunk.ts';
import type { FileEvent } from './fileEvent.ts';
import type { FileTable } from './fileTable.ts';
import type { StoreChange } from './indexStore.ts';

/** What a change does to the two tables, in the order in which it has to be written. */
export interface ChangePlan {
  /** First: chunks of contents that were not there. */
  readonly chunks: readonly EmbeddedChunk[];
  /** Then these at once: the moment at which the change has happened. */
  readonly events: readonly FileEvent[];
  /** Last: contents whose chunks go. */
  readonly orphans: readonly string[];
}

/** Decides what to write; changes nothing. */
export function planChange(table: FileTable, change: StoreChange, nowMs: number): ChangePlan {
  const files = new Map(change.files.map((file) => [file.path, file]));
  const removed = change.removed.filter((path) => !files.has(path) && table.files.has(path));
  const blobs = new Set(change.files.map(({ blob }) => blob));
  // By id: two files of the change may have one content.
  const fresh = change.chunks.filter(({ blob }) => blobs.has(blob) && !table.has(blob));
  const chunks = [...new Map(fresh.map((chunk) => [chunk.id, chunk])).values()];
  const counts = countsOf(chunks);
  const sequence = table.lastSequence + 1;
  const chunkCount = (blob: string): number => table.blobs.get(blob) ?? counts.get(blob) ?? 0;
  const event = (file: IndexedFile, state: FileEvent['state'], parkedMs = 0): FileEvent => ({
    ...file,
    state,
    parkedMs,
    sequence,
    chunkCount: chunkCount(file.blob),
  });

  const orphans = orphansOf(table, files, removed);
  const events = [...files.values()].map((file) => event(file, 'live'));
  for (const path of removed)
    events.push(
      event(nowhere(table.files.get(path)?.blob ?? '', path), change.orphans === 'park' ? 'gone' : 'deleted'),
    );
  for (const blob of blobs) if (table.parked.has(blob)) events.push(event(nowhere(blob), 'gone'));
  if (change.orphans === 'park') for (const blob of orphans) events.push(event(nowhere(blob), 'parked', nowMs));
  return { chunks, events, orphans: change.orphans === 'park' ? [] : orphans };
}

/** A line of the log about what is no file any more. */
export function nowhere(blob: string, path = ''): IndexedFile {
  return { path, blob, languageId: '', bytes: 0, modifiedMs: 0 };
}

function countsOf(chunks: readonly EmbeddedChunk[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { blob } of chunks) counts.set(blob, (counts.get(blob) ?? 0) + 1);
  return counts;
}

/** Contents that a file had and that none will have. */
function orphansOf(table: FileTable, files: ReadonlyMap<string, IndexedFile>, removed: readonly string[]): string[] {
  const gone = new Set(removed);
  const kept = new Set(Array.from(files.values(), ({ blob }) => blob));
  const left = new Set<string>();
  for (const path of [...files.keys(), ...removed]) {
    const before = table.files.get(path)?.blob;
    if (before !== undefined && !kept.has(before)) left.add(before);
  }
  return [...left].filter((blob) => table.pathsOf(blob).every((path) => gone.has(path) || files.has(path)));
}
