import type { IndexedFile } from '../chunk.ts';
import { type FileEvent, keyOf } from './fileEvent.ts';

/** Which file has which content, in memory: the log of `FileEvent` as it stands after its last line. */
export class FileTable {
  readonly #files = new Map<string, IndexedFile>();
  readonly #paths = new Map<string, string[]>();
  readonly #chunkCounts = new Map<string, number>();
  readonly #parkedMs = new Map<string, number>();
  #liveChunks = 0;
  #parkedChunks = 0;
  #lastSequence = 0;
  #events = 0;
  #deletions = 0;

  /** From the whole log, in any order. */
  static of(log: Iterable<FileEvent>): FileTable {
    const table = new FileTable();
    const latest = new Map<string, FileEvent>();
    for (const event of log) {
      const key = keyOf(event);
      if (event.sequence >= (latest.get(key)?.sequence ?? 0)) latest.set(key, event);
      table.#count(event);
    }
    table.#settle(latest.values());
    return table;
  }

  get files(): ReadonlyMap<string, IndexedFile> {
    return this.#files;
  }

  /** Of contents that a file has. */
  get liveChunks(): number {
    return this.#liveChunks;
  }

  get parkedChunks(): number {
    return this.#parkedChunks;
  }

  get lastSequence(): number {
    return this.#lastSequence;
  }

  /** Content to when it was parked, the longest ago first. */
  get parked(): ReadonlyMap<string, number> {
    return this.#parkedMs;
  }

  /** Contents, live and parked. */
  get blobs(): ReadonlyMap<string, number> {
    return this.#chunkCounts;
  }

  /** Empty for a content that no file has. */
  pathsOf(blob: string): readonly string[] {
    return this.#paths.get(blob) ?? [];
  }

  has(blob: string): boolean {
    return this.#chunkCounts.has(blob);
  }

  /** Lines of the log that say nothing any more. */
  get outdatedEvents(): number {
    return this.#events - this.#files.size - this.#parkedMs.size;
  }

  /** How many lines of the log are about files that were to be deleted. */
  get deletions(): number {
    return this.#deletions;
  }

  /** The log was replaced by `events`. */
  shortened(): void {
    this.#events = this.#files.size + this.#parkedMs.size;
    this.#deletions = 0;
  }

  apply(events: readonly FileEvent[]): void {
    for (const event of events) this.#count(event);
    this.#settle(events);
  }

  #count({ state }: FileEvent): void {
    this.#events++;
    if (state === 'deleted') this.#deletions++;
  }

  #settle(events: Iterable<FileEvent>): void {
    for (const event of events) {
      this.#lastSequence = Math.max(this.#lastSequence, event.sequence);
      this.#forget(event);
      if (event.state === 'live') this.#keep(event);
      if (event.state === 'parked') this.#park(event);
    }
  }

  /** The shortest log that says the same. */
  *events(): Generator<FileEvent> {
    const common = { parkedMs: 0, sequence: this.#lastSequence };
    for (const file of this.#files.values())
      yield { ...file, ...common, state: 'live', chunkCount: this.#chunkCounts.get(file.blob) ?? 0 };
    const nowhere = { path: '', languageId: '', bytes: 0, modifiedMs: 0 };
    for (const [blob, parkedMs] of this.#parkedMs)
      yield { ...nowhere, ...common, blob, parkedMs, state: 'parked', chunkCount: this.#chunkCounts.get(blob) ?? 0 };
  }

  #forget({ path, blob }: FileEvent): void {
    if (path === '') return this.#unpark(blob);
    const before = this.#files.get(path);
    if (!before) return;
    this.#files.delete(path);
    const rest = this.pathsOf(before.blob).filter((each) => each !== path);
    if (rest.length > 0) {
      this.#paths.set(before.blob, rest);
      return;
    }
    this.#paths.delete(before.blob);
    this.#liveChunks -= this.#chunkCounts.get(before.blob) ?? 0;
    this.#chunkCounts.delete(before.blob);
  }

  #keep({ path, blob, languageId, bytes, modifiedMs, chunkCount }: FileEvent): void {
    this.#unpark(blob);
    this.#files.set(path, { path, blob, languageId, bytes, modifiedMs });
    const others = this.#paths.get(blob);
    if (others) {
      others.push(path);
      return;
    }
    this.#paths.set(blob, [path]);
    this.#chunkCounts.set(blob, chunkCount);
    this.#liveChunks += chunkCount;
  }

  #park({ blob, parkedMs, chunkCount }: FileEvent): void {
    // A file has it again, as another line of the log says.
    if (this.#paths.has(blob)) return;
    this.#parkedMs.set(blob, parkedMs);
    this.#chunkCounts.set(blob, chunkCount);
    this.#parkedChunks += chunkCount;
  }

  #unpark(blob: string): void {
    if (!this.#parkedMs.delete(blob)) return;
    this.#parkedChunks -= this.#chunkCounts.get(blob) ?? 0;
    this.#chunkCounts.delete(blob);
  }
}
