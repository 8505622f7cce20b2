import type { Logger } from '../../base/logger.ts';
import type { IndexedFile } from '../chunk.ts';
import { passageOf } from '../passage.ts';
import { chunkAt, chunkColumns } from './chunkRows.ts';
import type { FileTable } from './fileTable.ts';
import { guarded } from './guard.ts';
import { keepHouse } from './housekeeping.ts';
import type { Candidate, IndexStore, StoreChange } from './indexStore.ts';
import { byName, byTerms, byVector, type Searched } from './retrieval.ts';
import { unindexedRows } from './searchIndexes.ts';
import { deleteAside } from './setAside.ts';
import { sqlIn } from './sql.ts';
import type { StoreTables } from './storeTables.ts';
import { StoreWriter } from './storeWriter.ts';
import { Turns } from './turns.ts';

export interface LanceStoreParts {
  readonly folder: string;
  readonly location: string;
  readonly tables: StoreTables;
  readonly files: FileTable;
  /** Rows that the full-text index does not know yet. */
  readonly unindexedRows: number;
  readonly log: Logger;
}

/** The one writer of a store. Opened by `openStore`. */
export class LanceStore implements IndexStore {
  readonly folder: string;
  readonly #location: string;
  readonly #tables: StoreTables;
  readonly #files: FileTable;
  readonly #writer: StoreWriter;
  readonly #log: Logger;
  readonly #houseKeeping = new Turns();
  /** Since the last rewrite; there may have been one before this process. */
  #indexings = 1;
  /** Without those that `#writer` has added. */
  #unindexedRows: number;

  constructor(parts: LanceStoreParts) {
    this.folder = parts.folder;
    this.#location = parts.location;
    this.#tables = parts.tables;
    this.#files = parts.files;
    this.#unindexedRows = parts.unindexedRows;
    this.#log = parts.log;
    this.#writer = new StoreWriter(parts.tables, parts.files, parts.log);
  }

  get files(): ReadonlyMap<string, IndexedFile> {
    return this.#files.files;
  }

  get chunkCount(): number {
    return this.#files.liveChunks;
  }

  byTerms(terms: readonly string[], limit: number): Promise<readonly Candidate[]> {
    return this.#guarded(() => byTerms(this.#current, terms, limit));
  }

  byVector(vector: Float32Array, limit: number): Promise<readonly Candidate[]> {
    return this.#guarded(() => byVector(this.#current, vector, limit));
  }

  byName(names: readonly string[], limit: number): Promise<readonly Candidate[]> {
    return this.#guarded(() => byName(this.#current, names, limit));
  }

  hasBlob(blob: string): boolean {
    return this.#files.has(blob);
  }

  vectorsOf(blob: string): Promise<ReadonlyMap<string, Float32Array>> {
    return this.#guarded(async () => {
      const vectors = new Map<string, Float32Array>();
      if (!this.hasBlob(blob)) return vectors;
      const query = this.#tables.chunks.query().where(sqlIn('blob', [blob]));
      for await (const batch of query.select([...chunkColumns, 'vector'])) {
        const column = batch.getChild('vector');
        for (let row = 0; row < batch.numRows; row++) {
          const numbers: Iterable<number> = column?.get(row) ?? [];
          vectors.set(passageOf(chunkAt(batch, row)), Float32Array.from(numbers));
        }
      }
      return vectors;
    });
  }

  apply(change: StoreChange): Promise<void> {
    return this.#guarded(() => this.#writer.apply(change));
  }

  tidy(signal: AbortSignal): Promise<void> {
    return this.#houseKeeping.take(() =>
      this.#guarded(async () => {
        const parts = { tables: this.#tables, files: this.#files, writer: this.#writer, log: this.#log };
        const chore = await keepHouse({ ...parts, indexings: this.#indexings, signal });
        if (chore === 'index') this.#indexings++;
        if (chore === 'rewrite') this.#indexings = 0;
        const added = this.#writer.rowsAdded;
        this.#unindexedRows = (await unindexedRows(this.#tables.chunks)) - added;
        await deleteAside(this.#location);
      }),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#houseKeeping.take(() => this.#writer.alone(async () => this.#tables[Symbol.dispose]()));
  }

  readonly #current = (): Searched => ({
    lance: this.#tables.lance,
    chunks: this.#tables.chunks,
    files: this.#files,
    changes: this.#writer.changes,
    unindexedRows: this.#unindexedRows + this.#writer.rowsAdded,
  });

  #guarded<T>(action: () => Promise<T>): Promise<T> {
    return guarded(this.#tables, action);
  }
}
