import type { Chunk } from '../chunk.ts';

/** What a file worker is started with. */
export interface WorkerData {
  readonly grammarFolder: string;
  /** The static embedder's table; absent when another embedder makes the vectors. */
  readonly embedderPath?: string;
  /** `WorkerPosition`'s memory. */
  readonly position: SharedArrayBuffer;
}

/** A file to read. */
export interface FileTask {
  readonly absolutePath: string;
  /** Relative to the workspace folder, `/`-separated. */
  readonly path: string;
  readonly languageId: string;
}

/**
 * A batch of files in two steps: the worker reads and hashes them, keeps their bytes, and chunks those that are wanted.
 * Whatever is not wanted is forgotten with the second message. Urgent batches overtake others between two files.
 */
export type ToWorker =
  | { readonly kind: 'hash'; readonly batch: number; readonly urgent: boolean; readonly tasks: readonly FileTask[] }
  | {
      readonly kind: 'chunk';
      readonly batch: number;
      readonly urgent: boolean;
      readonly wanted: readonly WantedFile[];
    };

export interface WantedFile {
  /** In the batch's `tasks`. */
  readonly index: number;
  /** Without its grammar, which the worker did not survive. */
  readonly plain: boolean;
}

export type FromWorker =
  | { readonly kind: 'ready' }
  /** The worker cannot work at all. */
  | { readonly kind: 'failed'; readonly message: string }
  /** One per task; undefined for what cannot be read. */
  | { readonly kind: 'hashed'; readonly batch: number; readonly files: readonly (HashedFile | undefined)[] }
  /** One list of chunks per wanted file; `vectors` are those of all the chunks in turn, end to end. */
  | {
      readonly kind: 'chunked';
      readonly batch: number;
      readonly files: readonly (readonly TermedChunk[])[];
      readonly vectors?: Float32Array;
    };

export interface HashedFile {
  readonly blob: string;
  readonly bytes: number;
  /** Of the moment before it was read. */
  readonly modifiedMs: number;
}

/** A chunk with what BM25 counts of it. */
export interface TermedChunk extends Chunk {
  readonly terms: string;
}
