import type { Table } from '@lancedb/lancedb';
import type { RecordBatch, Schema } from 'apache-arrow';
import { chunkSchema } from './chunkRows.ts';
import { tableOf } from './columns.ts';
import { fileBatch } from './fileEvent.ts';
import type { FileTable } from './fileTable.ts';
import { createNameIndexes, createTermIndex, createVectorIndex } from './searchIndexes.ts';
import { sqlInBatches } from './sql.ts';
import type { StoreTables } from './storeTables.ts';
import type { StoreWriter, TouchedBlobs } from './storeWriter.ts';

export interface Rewrite {
  readonly tables: StoreTables;
  readonly files: FileTable;
  readonly writer: StoreWriter;
  readonly signal: AbortSignal;
}

const rowsPerBatch = 4_096;

/**
 * Copies what is alive into a new table with new indexes and deletes the old one: the only way to be sure that nothing
 * of what was deleted is left, because LanceDB keeps deleted rows in its files and their words in its indexes for as
 * long as it likes. Searches and changes go on meanwhile, on the old table. Killed at any point it leaves the one or the
 * other, and a table that the next opening drops.
 */
export async function rewrite({ tables, files, writer, signal }: Rewrite): Promise<void> {
  const next = await tables.createNext();
  using watch = writer.watch();
  const schema = chunkSchema(tables.identity.dimensions);
  await copy(schema, tables.chunks.query(), next, signal);
  await createIndexes(tables, next, signal);
  await writer.alone(async () => {
    await catchUp(schema, tables.chunks, next, watch.touched);
    await tables.takeOver(next);
    await shortenLog(tables, files);
  });
  await tables.dropOthers();
}

/** The log without its outdated lines, which still name what was deleted. */
export async function shortenLog(tables: StoreTables, files: FileTable): Promise<void> {
  await tables.files.add(fileBatch([...files.events()]), { mode: 'overwrite' });
  files.shortened();
  await tables.files.optimize({ cleanupOlderThan: new Date() });
}

async function createIndexes({ lance }: StoreTables, chunks: Table, signal: AbortSignal): Promise<void> {
  for (const create of [createTermIndex, createNameIndexes, createVectorIndex]) {
    signal.throwIfAborted();
    await create(lance, chunks);
  }
}

/** What was changed during the copy is copied again. */
async function catchUp(schema: Schema, from: Table, to: Table, touched: TouchedBlobs): Promise<void> {
  for (const filter of sqlInBatches('blob', touched)) {
    await to.delete(filter);
    await copy(schema, from.query().where(filter), to);
  }
}

async function copy(schema: Schema, rows: AsyncIterable<RecordBatch>, to: Table, signal?: AbortSignal): Promise<void> {
  let waiting: RecordBatch[] = [];
  let count = 0;
  const flush = async (): Promise<void> => {
    if (count > 0) await to.add(tableOf(schema, waiting));
    waiting = [];
    count = 0;
  };
  for await (const batch of rows) {
    signal?.throwIfAborted();
    waiting.push(batch);
    count += batch.numRows;
    if (count >= rowsPerBatch) await flush();
  }
  await flush();
}
