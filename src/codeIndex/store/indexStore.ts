import type { EmbeddedChunk, IndexedFile, StoredChunk } from '../chunk.ts';

/** A chunk that a retriever found, with every path under which its content is to be found now. */
export interface Candidate {
  readonly chunk: StoredChunk;
  /** Never empty: what no living file holds is not found. */
  readonly paths: readonly string[];
  /** BM25 score, or cosine similarity; higher is better. Comparable between stores of one retriever, not across retrievers. */
  readonly score: number;
}

/** The changes of one step, applied so that a search sees each file either before or after, never without its chunks. */
export interface StoreChange {
  /** New or changed files. Their chunks are in `chunks` unless the blob is there already (`hasBlob`). */
  readonly files: readonly IndexedFile[];
  readonly chunks: readonly EmbeddedChunk[];
  /** Paths that are gone. */
  readonly removed: readonly string[];
  /** What becomes of blobs no file holds any more: `park` after a change of branch, else `delete`, at once. */
  readonly orphans: 'delete' | 'park';
}

/** What the search needs of an index; a snapshot that follows the writer. */
export interface SearchableStore {
  /** Absolute path of the workspace folder. */
  readonly folder: string;
  readonly chunkCount: number;
  readonly files: ReadonlyMap<string, IndexedFile>;
  byTerms(terms: readonly string[], limit: number): Promise<readonly Candidate[]>;
  byVector(vector: Float32Array, limit: number): Promise<readonly Candidate[]>;
  /** Chunks whose own name (the end of `symbolPath`) is one of these, ignoring case. */
  byName(names: readonly string[], limit: number): Promise<readonly Candidate[]>;
}

/** One folder's index, open for writing. */
export interface IndexStore extends SearchableStore, AsyncDisposable {
  /** Whether the chunks of this content are there, live or parked. */
  hasBlob(blob: string): boolean;
  /** Vectors of a blob's chunks by what was embedded (see `passageOf`), so that a slow embedder skips what did not change. */
  vectorsOf(blob: string): Promise<ReadonlyMap<string, Float32Array>>;
  apply(change: StoreChange): Promise<void>;
  /**
   * Housekeeping: builds or brings up to date the search indexes, merges small files, and removes from the disk what was
   * deleted. Slow (seconds); searches go on meanwhile.
   */
  tidy(signal: AbortSignal): Promise<void>;
}
