import type { Table } from '@lancedb/lancedb';
import type { RecordBatch } from 'apache-arrow';
import { chunkSchema } from './chunkRows.ts';
import { tableOf } from './columns.ts';
import { fileBatch } from './fileEvent.ts';
import type { FileTable } from './fileTable.ts';
import { createIndexes } from './searchIndexes.ts';
import { sqlInBatches } from './sql.ts';
import type { StoreMake } from './storeIdentity.ts';
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
  const { deletions } = files;
  await copyAll(tables, next, signal);
  await createIndexes(tables.lance, next, signal);
  await writer.alone(async () => {
    await catchUp(tables, next, watch.touched);
    await tables.takeOver(next);
    // What was deleted meanwhile may have been copied before: as long as the log names it, this is to be done again.
    if (files.deletions === deletions) await shortenLog(tables, files);
  });
  await tables.dropOthers();
}

/** The log without its outdated lines, which still name what was deleted. */
async function shortenLog(tables: StoreTables, files: FileTable): Promise<void> {
  await tables.files.add(fileBatch([...files.events()]), { mode: 'overwrite' });
  files.shortened();
  await tables.files.optimize({ cleanupOlderThan: new Date() });
}

/** In pieces, because LanceDB reads ahead as far as it can: 300 MB. */
async function copyAll(tables: StoreTables, to: Table, signal: AbortSignal): Promise<void> {
  const snapshot = await tables.openSnapshot();
  try {
    const rows = await snapshot.countRows();
    for (let at = 0; at < rows; at += rowsPerBatch) {
      signal.throwIfAborted();
      await copy(snapshot.query().limit(rowsPerBatch).offset(at), to, tables.identity);
    }
  } finally {
    snapshot.close();
  }
}

/** What was changed during the copy is copied again. */
async function catchUp(tables: StoreTables, to: Table, touched: TouchedBlobs): Promise<void> {
  for (const filter of sqlInBatches('blob', touched)) {
    await to.delete(filter);
    await copy(tables.chunks.query().where(filter), to, tables.identity);
  }
}

async function copy(rows: AsyncIterable<RecordBatch>, to: Table, { dimensions }: StoreMake): Promise<void> {
  const batches: RecordBatch[] = [];
  for await (const batch of rows) batches.push(batch);
  if (batches.length > 0) await to.add(tableOf(chunkSchema(dimensions), batches));
}
