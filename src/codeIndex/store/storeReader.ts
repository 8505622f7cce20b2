import type { Table } from '@lancedb/lancedb';
import type { IndexedFile } from '../chunk.ts';
import { guarded } from './guard.ts';
import { FileTable } from './fileTable.ts';
import type { Candidate, SearchableStore } from './indexStore.ts';
import { fileEventsAfter, readFileTable } from './inspection.ts';
import { byName, byTerms, byVector, type Searched } from './retrieval.ts';
import { unindexedRows } from './searchIndexes.ts';
import { StoreAbsent } from './storeFaults.ts';
import { readIdentity } from './storeIdentity.ts';
import type { StoreTables } from './storeTables.ts';
import { Turns } from './turns.ts';

/** How old what a reader sees may be. Looking costs 2 ms on a disk, a round trip or two on object storage. */
const refreshMs = 1_000;
/** A writer in its first pass changes the files several times a second. */
const maxRounds = 3;

/** Follows what a writer in another process does; never writes. Opened by `openReader`. */
export class StoreReader implements SearchableStore, AsyncDisposable {
  readonly folder: string;
  readonly #tables: StoreTables;
  readonly #refreshes = new Turns();
  #files = new FileTable();
  #filesVersion = -1;
  #unindexedRows = 0;
  #refreshedMs = 0;
  #catchingUp: Promise<void> | undefined;
  #changes = 0;

  constructor(folder: string, tables: StoreTables) {
    this.folder = folder;
    this.#tables = tables;
  }

  /** As of the last search. */
  get files(): ReadonlyMap<string, IndexedFile> {
    return this.#files.files;
  }

  get chunkCount(): number {
    return this.#files.liveChunks;
  }

  byTerms(terms: readonly string[], limit: number): Promise<readonly Candidate[]> {
    return this.#fresh(() => byTerms(this.#current, terms, limit));
  }

  byVector(vector: Float32Array, limit: number): Promise<readonly Candidate[]> {
    return this.#fresh(() => byVector(this.#current, vector, limit));
  }

  byName(names: readonly string[], limit: number): Promise<readonly Candidate[]> {
    return this.#fresh(() => byName(this.#current, names, limit));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#refreshes.take(async () => this.#tables[Symbol.dispose]());
  }

  readonly #current = (): Searched => ({
    lance: this.#tables.lance,
    chunks: this.#tables.chunks,
    files: this.#files,
    changes: this.#changes,
    unindexedRows: this.#unindexedRows,
  });

  /** Looks whether the writer has gone on. */
  refresh(): Promise<void> {
    return this.#refreshes.take(() => this.#refresh());
  }

  #fresh<T>(search: () => Promise<T>): Promise<T> {
    return guarded(this.#tables, async () => {
      if (Date.now() - this.#refreshedMs >= refreshMs) await this.#catchUp();
      try {
        return await search();
      } catch {
        // The writer has tidied up what this was looking at.
        await this.refresh();
        return search();
      }
    });
  }

  /** One look for all searches that want one now: what one misses or has to wait for, so would the others. */
  #catchUp(): Promise<void> {
    this.#catchingUp ??= this.refresh().finally(() => {
      this.#catchingUp = undefined;
    });
    return this.#catchingUp;
  }

  async #refresh(): Promise<void> {
    const tables = this.#tables;
    for (let round = 0; round < maxRounds; round++) {
      const version = await latestOf(tables.files);
      if (version === this.#filesVersion && round > 0) break;
      const identity = await readIdentity(tables.database);
      if (identity.id !== tables.identity.id) throw new StoreAbsent('Another index has taken its place');
      const isRewritten = await tables.follow(identity);
      // After the files: whatever they name is there. The writer deletes chunks after it has changed the files, so
      // nothing they name is gone already unless they have changed again: hence another round.
      await latestOf(tables.chunks);
      if (version === this.#filesVersion) continue;
      // With a rewrite the log has lost its outdated lines, among them those of files that are gone.
      if (isRewritten || this.#filesVersion < 0) this.#files = await readFileTable(tables.files);
      else this.#files.apply(await fileEventsAfter(tables.files, this.#files.lastSequence));
      this.#filesVersion = version;
      this.#changes++;
    }
    this.#unindexedRows = await unindexedRows(tables.chunks);
    this.#refreshedMs = Date.now();
  }
}

async function latestOf(table: Table): Promise<number> {
  await table.checkoutLatest();
  return table.version();
}
