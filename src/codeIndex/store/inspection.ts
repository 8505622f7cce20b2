import type { Table } from '@lancedb/lancedb';
import type { RecordBatch } from 'apache-arrow';
import { chunkColumns } from './chunkRows.ts';
import { type FileEvent, fileEvents } from './fileEvent.ts';
import { FileTable } from './fileTable.ts';
import { byName, byTerms, byVector, type Searched } from './retrieval.ts';
import type { StoreTables } from './storeTables.ts';

/** Differences between the two tables, as a process leaves them that was killed between two writes. */
export interface Differences {
  /** In the chunk table but of no content that the file table knows, or more or fewer than it says. */
  readonly strayBlobs: readonly string[];
  /** Files whose chunks are not all there: to be read again. */
  readonly incompletePaths: readonly string[];
  /** Parked contents of which the same is true. */
  readonly incompleteParked: readonly string[];
}

export async function readFileTable(files: Table): Promise<FileTable> {
  return FileTable.of(await collect(files.query(), fileEvents));
}

/** The lines of the log after a sequence number, in their order. */
export async function fileEventsAfter(files: Table, sequence: number): Promise<FileEvent[]> {
  const events = await collect(files.query().where(`sequence > ${sequence}`), fileEvents);
  return events.toSorted((a, b) => a.sequence - b.sequence);
}

/** Reads one column of every data file, which fails when one is missing or cut off. */
export async function differencesOf(chunks: Table, files: FileTable): Promise<Differences> {
  const counts = new Map<string, number>();
  for (const blob of await collect(chunks.query().select(['blob']), blobsIn))
    counts.set(blob, (counts.get(blob) ?? 0) + 1);
  const strayBlobs = [...counts].filter(([blob, count]) => files.blobs.get(blob) !== count).map(([blob]) => blob);
  const incomplete = [...files.blobs]
    .filter(([blob, count]) => (counts.get(blob) ?? 0) !== count)
    .map(([blob]) => blob);
  return {
    strayBlobs,
    incompletePaths: incomplete.flatMap((blob) => [...files.pathsOf(blob)]),
    incompleteParked: incomplete.filter((blob) => files.parked.has(blob)),
  };
}

/**
 * Searches for something in each way, as a user would: rejects when a file of an index is missing, or damaged where each
 * search looks.
 */
export async function probeIndexes(searched: Searched, dimensions: number): Promise<void> {
  const vector = new Float32Array(dimensions).fill(1 / Math.sqrt(dimensions));
  await byTerms(() => searched, ['return'], 1);
  await byVector(() => searched, vector, 1);
  await byName(() => searched, ['main'], 1);
  await searched.chunks.query().where("blob = '-'").select(['id']).limit(1).toArray();
}

/** Reads all there is, which takes seconds for a large store: rejects when any of it cannot be read. */
export async function readEverything({ chunks, files }: StoreTables): Promise<void> {
  for (const table of [chunks, files]) await table.checkoutLatest();
  await readFileTable(files);
  for await (const batch of chunks.query().select([...chunkColumns, 'terms', 'vector'])) void batch.numRows;
}

function* blobsIn(batch: RecordBatch): Generator<string> {
  const column = batch.getChild('blob');
  for (let row = 0; row < batch.numRows; row++) yield String(column?.get(row));
}

async function collect<T>(query: AsyncIterable<RecordBatch>, read: (batch: RecordBatch) => Iterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const batch of query) for (const each of read(batch)) all.push(each);
  return all;
}
