/** The vocabulary of the index. Plain data; lines count from 0, `endLine` is the first line after. */

export type ChunkKind =
  | 'function'
  | 'method'
  | 'class'
  | 'type'
  | 'variable'
  | 'statements'
  | 'section'
  | 'cell'
  | 'block';

/** A piece of a file that makes sense alone: a function with its doc comment, a section of Markdown, a block of lines. */
export interface Chunk {
  /** Names from the outside in, `['Completer', 'complete']`; empty for what has no name. */
  readonly symbolPath: readonly string[];
  readonly kind: ChunkKind;
  readonly startLine: number;
  readonly endLine: number;
  /** Whole lines, with `\n` line ends, without what looks like a secret. */
  readonly text: string;
  /** What stands around it in the file, one line each: `class Completer implements Disposable {`. '' at the top level. */
  readonly header: string;
}

/** A chunk in the index. Its file's content, not its path, is its identity: a rename keeps it. */
export interface StoredChunk extends Chunk {
  /** `blob` and the chunk's number in it: unique in a store. */
  readonly id: string;
  /** Hash of the file's bytes and of the version of the chunker. */
  readonly blob: string;
  readonly languageId: string;
}

/** What the store is given. */
export interface EmbeddedChunk extends StoredChunk {
  /** Words and identifiers as `searchTerms` makes them, space separated: what BM25 counts. */
  readonly terms: string;
  /** Of length 1, unless the text has no words: then of length 0. */
  readonly vector: Float32Array;
}

/** A file as the last pass saw it. */
export interface IndexedFile {
  /** Relative to the workspace folder, `/`-separated, NFC. */
  readonly path: string;
  readonly blob: string;
  readonly languageId: string;
  readonly bytes: number;
  /** Of the file on the disk, in ms; with `bytes` it tells whether the file has to be read again. */
  readonly modifiedMs: number;
}
