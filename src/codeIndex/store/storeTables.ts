import type { Connection, Table } from '@lancedb/lancedb';
import { chunkSchema } from './chunkRows.ts';
import { fileSchema } from './fileEvent.ts';
import type { Lance } from './lance.ts';
import { createIndexes } from './searchIndexes.ts';
import {
  chunkTablePrefix,
  nextChunkTable,
  type StoreIdentity,
  type StoreMake,
  writeIdentity,
} from './storeIdentity.ts';

/** Where a store lies, and with which keys it is reached. */
export interface StorePlace {
  /** A directory, or `s3://bucket/prefix`. */
  readonly location: string;
  /** LanceDB's own names: `endpoint`, `region`, `accessKeyId`, ... */
  readonly storageOptions?: Readonly<Record<string, string>>;
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

/** The tables of an open store, and the connection they came from. Dispose when done. */
export class StoreTables implements Disposable {
  readonly lance: Lance;
  readonly database: Connection;
  readonly files: Table;
  #chunks: Table;
  #identity: StoreIdentity;

  private constructor(lance: Lance, database: Connection, identity: StoreIdentity, files: Table, chunks: Table) {
    this.lance = lance;
    this.database = database;
    this.#identity = identity;
    this.files = files;
    this.#chunks = chunks;
  }

  static async create(lance: Lance, database: Connection, identity: StoreIdentity): Promise<StoreTables> {
    const files = await database.createEmptyTable(filesTableName, fileSchema, { mode: 'overwrite' });
    const chunks = await createChunkTable(database, identity, identity.chunkTable);
    // On no rows: without them the first search would fail.
    await createIndexes(lance, chunks);
    return new StoreTables(lance, database, identity, files, chunks);
  }

  static async open(lance: Lance, database: Connection, identity: StoreIdentity): Promise<StoreTables> {
    const files = await database.openTable(filesTableName);
    const chunks = await database.openTable(identity.chunkTable);
    return new StoreTables(lance, database, identity, files, chunks);
  }

  /** Asked for anew each time: another table may have taken over. */
  get chunks(): Table {
    return this.#chunks;
  }

  get identity(): StoreIdentity {
    return this.#identity;
  }

  /** An empty table without indexes, beside the one in use. */
  createNext(): Promise<Table> {
    return createChunkTable(this.database, this.#identity, nextChunkTable(this.#identity));
  }

  /** The chunks as they are now, whatever is written later. Close it. */
  async openSnapshot(): Promise<Table> {
    const chunks = await this.database.openTable(this.#identity.chunkTable);
    await chunks.checkout(await chunks.version());
    return chunks;
  }

  /** From now on, on the disk and here, `chunks` is the table of the store. */
  async takeOver(chunks: Table): Promise<void> {
    const identity = { ...this.#identity, chunkTable: chunks.name };
    await writeIdentity(this.database, identity);
    this.#use(identity, chunks);
  }

  /** For readers. Resolves to whether `identity` has come to name another chunk table. */
  async follow(identity: StoreIdentity): Promise<boolean> {
    if (identity.chunkTable === this.#identity.chunkTable) return false;
    this.#use(identity, await this.database.openTable(identity.chunkTable));
    return true;
  }

  /** Deletes the tables of former rewrites, and of one that was cut short. */
  async dropOthers(): Promise<void> {
    for (const name of await this.database.tableNames())
      if (name.startsWith(chunkTablePrefix) && name !== this.#identity.chunkTable) await this.database.dropTable(name);
  }

  [Symbol.dispose](): void {
    this.#chunks.close();
    this.files.close();
    this.database.close();
  }

  #use(identity: StoreIdentity, chunks: Table): void {
    // Not closed: a search may be using it.
    this.#identity = identity;
    this.#chunks = chunks;
  }
}

function createChunkTable(database: Connection, { dimensions }: StoreMake, name: string): Promise<Table> {
  return database.createEmptyTable(name, chunkSchema(dimensions), { mode: 'overwrite' });
}
