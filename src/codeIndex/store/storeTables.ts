import type { Connection, Table } from '@lancedb/lancedb';
import { chunkSchema } from './chunkRows.ts';
import { fileSchema } from './fileEvent.ts';
import type { Lance } from './lance.ts';
import { createNameIndexes, createTermIndex } from './searchIndexes.ts';
import { chunkTableName, type StoreMake } from './storeIdentity.ts';

/** Where a store lies, and with which keys it is reached. */
export interface StorePlace {
  /** A directory, or `s3://bucket/prefix`. */
  readonly location: string;
  /** LanceDB's own names: `endpoint`, `region`, `accessKeyId`, ... */
  readonly storageOptions?: Readonly<Record<string, string>>;
}

/** The two tables of an open store. Dispose when done. */
export interface StoreTables extends Disposable {
  readonly lance: Lance;
  readonly database: Connection;
  readonly chunks: Table;
  readonly files: Table;
}

/** LanceDB would take up to 6 GB for its indexes and 1 GB for metadata. The indexes of 300,000 chunks take 60 MB. */
const indexCacheBytes = 96n * 1024n * 1024n;
const metadataCacheBytes = 32n * 1024n * 1024n;
const filesTableName = 'files';

/** Each connection has caches of its own: what was set aside must not be found in those of its successor. */
export async function connect(lance: Lance, { location, storageOptions }: StorePlace): Promise<Connection> {
  const session = new lance.Session(indexCacheBytes, metadataCacheBytes);
  return lance.connect(location, storageOptions ? { storageOptions: { ...storageOptions } } : {}, session);
}

export async function createTables(lance: Lance, database: Connection, make: StoreMake): Promise<StoreTables> {
  const files = await database.createEmptyTable(filesTableName, fileSchema, { mode: 'overwrite' });
  const schema = chunkSchema(make.dimensions);
  const chunks = await database.createEmptyTable(chunkTableName(make), schema, { mode: 'overwrite' });
  // On no rows: without them the first search would fail.
  await createTermIndex(lance, chunks);
  await createNameIndexes(lance, chunks);
  return tables(lance, database, chunks, files);
}

export async function openTables(lance: Lance, database: Connection, make: StoreMake): Promise<StoreTables> {
  const files = await database.openTable(filesTableName);
  const chunks = await database.openTable(chunkTableName(make));
  return tables(lance, database, chunks, files);
}

function tables(lance: Lance, database: Connection, chunks: Table, files: Table): StoreTables {
  return {
    lance,
    database,
    chunks,
    files,
    [Symbol.dispose]() {
      chunks.close();
      files.close();
      database.close();
    },
  };
}
