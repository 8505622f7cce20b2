import type { EmbeddedChunk, IndexedFile } from '../chunk.ts';
import type { Embedder } from '../embedder/embedder.ts';
import type { IndexStore, StoreChange } from '../store/indexStore.ts';
import { embeddedChunks, embedSlowly } from './chunkVectors.ts';
import type { ReadFile } from './fileReaders.ts';
import { Lane } from './lane.ts';
import type { FileTask } from './workerMessages.ts';

export interface FolderWriterOptions {
  readonly store: IndexStore;
  /** Makes the vectors when the file workers do not. */
  readonly embedder?: Embedder | undefined;
  /** Whether nothing may be kept of a path. */
  readonly isForgotten: (path: string) => boolean;
}

export interface Step {
  readonly read: readonly ReadFile[];
  /** Paths that are gone. */
  readonly removed: readonly string[];
  readonly orphans: StoreChange['orphans'];
  /** From `beginTurn`, called before the files were read. */
  readonly turn: number;
  /** Goes first, and outdates what others read before. */
  readonly urgent: boolean;
}

export interface Written {
  /** Relied on chunks that have gone from the store since: to be read again. */
  readonly again: readonly FileTask[];
  readonly chunks: number;
  /** Whether anything left the index that is now to be removed from the disk. */
  readonly deleted: boolean;
}

/**
 * The only one who writes a folder's store: one step at a time, saves before others, and never something older over
 * something newer.
 */
export class FolderWriter {
  readonly #options: FolderWriterOptions;
  readonly #lane = new Lane();
  #lastTurn = 0;
  #openTurns = new Set<number>();
  /** The turn of the last save of a path, while anything is under way that it may outdate. */
  readonly #saved = new Map<string, number>();

  constructor(options: FolderWriterOptions) {
    this.#options = options;
  }

  /** To be called before anything is read from the disk, and ended when that is written or given up. */
  beginTurn(): { readonly turn: number } & Disposable {
    const turn = ++this.#lastTurn;
    this.#openTurns.add(turn);
    return {
      turn,
      [Symbol.dispose]: () => {
        this.#openTurns.delete(turn);
        if (this.#openTurns.size === 0) this.#saved.clear();
      },
    };
  }

  isKnown(blob: string): boolean {
    return this.#options.store.hasBlob(blob);
  }

  async write(step: Step, signal: AbortSignal): Promise<Written> {
    const embedded = await this.#embedded(step.read, signal);
    return this.#lane.run(() => this.#apply(step, embedded), step.urgent, signal);
  }

  /** Before the lane, because a slow embedder must not stop it. */
  async #embedded(read: readonly ReadFile[], signal: AbortSignal): Promise<ReadonlyMap<ReadFile, EmbeddedChunk[]>> {
    const { embedder, store } = this.#options;
    const embedded = new Map<ReadFile, EmbeddedChunk[]>();
    for (const file of read)
      if (file.kind === 'chunked')
        embedded.set(
          file,
          embedder === undefined ? embeddedChunks(file) : await embedSlowly(file, embedder, store, signal),
        );
    return embedded;
  }

  async #apply(step: Step, embedded: ReadonlyMap<ReadFile, EmbeddedChunk[]>): Promise<Written> {
    const { store, isForgotten } = this.#options;
    const isOutdated = (path: string): boolean => (this.#saved.get(path) ?? 0) > step.turn;
    const files: IndexedFile[] = [];
    const chunks: EmbeddedChunk[] = [];
    const again: FileTask[] = [];
    const removed = step.removed.filter((path) => store.files.has(path) && !isOutdated(path));
    const here = new Set<string>();
    for (const file of step.read) {
      const { path, languageId } = file.task;
      if (isForgotten(path) || isOutdated(path)) continue;
      if (file.kind === 'gone') {
        if (store.files.has(path)) removed.push(path);
        continue;
      }
      const { blob } = file.facts;
      if (file.kind === 'chunked' && !here.has(blob)) {
        here.add(blob);
        if (!store.hasBlob(blob)) for (const chunk of embedded.get(file) ?? []) chunks.push(chunk);
      } else if (!here.has(blob) && !store.hasBlob(blob) && store.files.get(path)?.blob !== blob) {
        again.push(file.task);
        continue;
      }
      files.push({ path, languageId, ...file.facts });
    }
    const deleted = removed.length > 0 || files.some(({ path, blob }) => isReplaced(store.files.get(path), blob));
    if (files.length > 0 || removed.length > 0) await store.apply({ files, chunks, removed, orphans: step.orphans });
    if (step.urgent)
      for (const path of [...files.map((file) => file.path), ...removed]) this.#saved.set(path, step.turn);
    return { again, chunks: chunks.length, deleted: deleted && step.orphans === 'delete' };
  }
}

function isReplaced(before: IndexedFile | undefined, blob: string): boolean {
  return before !== undefined && before.blob !== blob;
}
