import type { Logger } from '../../base/logger.ts';
import { errorText } from '../../base/logger.ts';
import type { EmbeddedChunk, IndexedFile } from '../chunk.ts';
import { passageOf } from '../passage.ts';
import { planChange } from './changePlan.ts';
import { chunkAt, chunkBatch, chunkColumns } from './chunkRows.ts';
import { fileBatch, type FileEvent } from './fileEvent.ts';
import type { FileTable } from './fileTable.ts';
import { guarded } from './guard.ts';
import { keepHouse } from './housekeeping.ts';
import type { Candidate, IndexStore, StoreChange } from './indexStore.ts';
import { byName, byTerms, byVector, type Searched } from './retrieval.ts';
import { unindexedRows } from './searchIndexes.ts';
import { deleteAside } from './setAside.ts';
import { sqlIn, sqlInBatches } from './sql.ts';
import type { StoreTables } from './storeTables.ts';
import { Turns } from './turns.ts';

/** Rows per write: 4 MB of vectors and as much of text. */
const rowsPerWrite = 4_096;

export interface LanceStoreParts {
  readonly folder: string;
  readonly location: string;
  readonly dimensions: number;
  readonly tables: StoreTables;
  readonly files: FileTable;
  readonly log: Logger;
}

/** The one writer of a store. Opened by `openStore`. */
export class LanceStore implements IndexStore {
  readonly folder: string;
  readonly #parts: LanceStoreParts;
  readonly #files: FileTable;
  readonly #writes = new Turns();
  readonly #houseKeeping = new Turns();
  /** Contents whose rows are to be deleted: a write failed halfway. */
  readonly #leftOver = new Set<string>();
  #unindexedRows = 0;
  #changes = 0;

  constructor(parts: LanceStoreParts, unindexed: number) {
    this.folder = parts.folder;
    this.#parts = parts;
    this.#files = parts.files;
    this.#unindexedRows = unindexed;
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
    return this.#writes.take(() => this.#guarded(() => this.#apply(change)));
  }

  tidy(signal: AbortSignal): Promise<void> {
    return this.#houseKeeping.take(() =>
      this.#guarded(async () => {
        await keepHouse({
          tables: this.#tables,
          files: this.#files,
          signal,
          write: (events, orphans) => this.#writes.take(() => this.#commit(events, orphans)),
        });
        this.#unindexedRows = await unindexedRows(this.#tables.chunks);
        await deleteAside(this.#parts.location);
      }),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#houseKeeping.take(() => this.#writes.take(async () => this.#tables[Symbol.dispose]()));
  }

  get #tables(): StoreTables {
    return this.#parts.tables;
  }

  readonly #current = (): Searched => ({
    lance: this.#tables.lance,
    chunks: this.#tables.chunks,
    files: this.#files,
    changes: this.#changes,
    unindexedRows: this.#unindexedRows,
  });

  #guarded<T>(action: () => Promise<T>): Promise<T> {
    return guarded(this.#tables, action);
  }

  async #apply(change: StoreChange): Promise<void> {
    await this.#deleteChunks([]);
    const { chunks, events, orphans } = planChange(this.#files, change, Date.now());
    const fresh = new Set(chunks.map(({ blob }) => blob));
    for (const blob of fresh) this.#leftOver.add(blob);
    await this.#addChunks(chunks);
    await this.#append(events);
    for (const blob of fresh) this.#leftOver.delete(blob);
    await this.#deleteChunks(orphans);
  }

  async #commit(events: readonly FileEvent[], orphans: readonly string[]): Promise<void> {
    await this.#append(events);
    await this.#deleteChunks(orphans);
  }

  async #addChunks(chunks: readonly EmbeddedChunk[]): Promise<void> {
    for (let at = 0; at < chunks.length; at += rowsPerWrite) {
      const batch = chunks.slice(at, at + rowsPerWrite);
      await this.#tables.chunks.add(chunkBatch(this.#parts.dimensions, batch));
      this.#unindexedRows += batch.length;
    }
  }

  /** The moment at which a change has happened, on the disk and in memory. */
  async #append(events: readonly FileEvent[]): Promise<void> {
    if (events.length === 0) return;
    await this.#tables.files.add(fileBatch(events));
    this.#files.apply(events);
    this.#changes++;
  }

  /** Also what earlier deletions have left. A failure is none of the change: it has happened. */
  async #deleteChunks(blobs: readonly string[]): Promise<void> {
    for (const blob of blobs) this.#leftOver.add(blob);
    const gone = [...this.#leftOver];
    if (gone.length === 0) return;
    try {
      for (const filter of sqlInBatches('blob', gone)) await this.#tables.chunks.delete(filter);
      for (const blob of gone) this.#leftOver.delete(blob);
    } catch (cause) {
      this.#parts.log.warn(`${gone.length} contents could not be deleted yet: ${errorText(cause)}`);
    }
  }
}
