import { errorText, type Logger } from '../../base/logger.ts';
import type { EmbeddedChunk } from '../chunk.ts';
import { planChange } from './changePlan.ts';
import { chunkBatch } from './chunkRows.ts';
import { fileBatch, type FileEvent } from './fileEvent.ts';
import type { FileTable } from './fileTable.ts';
import type { StoreChange } from './indexStore.ts';
import { sqlInBatches } from './sql.ts';
import type { StoreTables } from './storeTables.ts';
import { Turns } from './turns.ts';

/** Rows per write: 4 MB of vectors and as much of text. */
const rowsPerWrite = 4_096;

/** Contents whose chunks came or went since somebody began to watch. */
export type TouchedBlobs = ReadonlySet<string>;

/**
 * Writes one change after the other: chunks first, then the log of files, in one commit, then what is no longer needed
 * goes. Killed between two of these it leaves chunks that no file has, which the next opening deletes.
 */
export class StoreWriter {
  readonly #tables: StoreTables;
  readonly #files: FileTable;
  readonly #log: Logger;
  readonly #turns = new Turns();
  /** Contents whose rows are to be deleted: a write failed halfway. */
  readonly #leftOver = new Set<string>();
  readonly #watches = new Set<Set<string>>();
  #changes = 0;
  #rowsAdded = 0;

  constructor(tables: StoreTables, files: FileTable, log: Logger) {
    this.#tables = tables;
    this.#files = files;
    this.#log = log;
  }

  /** Grows with each change of the files. */
  get changes(): number {
    return this.#changes;
  }

  /** Chunks written so far. */
  get rowsAdded(): number {
    return this.#rowsAdded;
  }

  apply(change: StoreChange): Promise<void> {
    return this.#turns.take(() => this.#apply(change));
  }

  /** Log first, then what is no longer needed. */
  commit(events: readonly FileEvent[], orphans: readonly string[]): Promise<void> {
    return this.alone(async () => {
      await this.#append(events);
      await this.#deleteChunks(orphans);
    });
  }

  /** Runs `action` between two changes. */
  alone<T>(action: () => Promise<T>): Promise<T> {
    return this.#turns.take(action);
  }

  /** From now until it is disposed: which contents' chunks came or went. */
  watch(): Disposable & { readonly touched: TouchedBlobs } {
    const touched = new Set(this.#leftOver);
    this.#watches.add(touched);
    return { touched, [Symbol.dispose]: () => void this.#watches.delete(touched) };
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

  async #addChunks(chunks: readonly EmbeddedChunk[]): Promise<void> {
    for (let at = 0; at < chunks.length; at += rowsPerWrite) {
      const batch = chunks.slice(at, at + rowsPerWrite);
      this.#touch(batch.map(({ blob }) => blob));
      await this.#tables.chunks.add(chunkBatch(this.#tables.identity.dimensions, batch));
      this.#rowsAdded += batch.length;
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
    this.#touch(gone);
    try {
      for (const filter of sqlInBatches('blob', gone)) await this.#tables.chunks.delete(filter);
      for (const blob of gone) this.#leftOver.delete(blob);
    } catch (cause) {
      this.#log.warn(`${gone.length} contents could not be deleted yet: ${errorText(cause)}`);
    }
  }

  #touch(blobs: readonly string[]): void {
    for (const watch of this.#watches) for (const blob of blobs) watch.add(blob);
  }
}
