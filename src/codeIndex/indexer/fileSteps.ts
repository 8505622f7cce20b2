import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { Chunk } from '../chunk.ts';
import { passageOf } from '../passage.ts';
import type { FileTask, HashedFile, TermedChunk } from './workerMessages.ts';

/** What turns bytes into chunks, terms and vectors; nothing in it knows a path, so that a rename changes nothing. */
export interface FileParts {
  /** Changes with everything that changes chunks: the hash of a file's content depends on it. */
  readonly version: string;
  /** The text as it may be stored, with `\n` line ends; undefined for what is no text or nobody wrote. */
  sourceOf(bytes: Uint8Array, task: FileTask): string | undefined;
  chunk(source: { readonly languageId: string; readonly text: string }): Promise<readonly Chunk[]>;
  terms(text: string): readonly string[];
  /** Absent when the vectors are made elsewhere. */
  readonly embed?: (texts: readonly string[]) => readonly Float32Array[];
}

export interface ReadBytes extends HashedFile {
  readonly content: Uint8Array;
}

/** A language that no grammar knows. */
const plainLanguage = 'plaintext';
/** Of SHA-256; enough that no two contents ever meet. */
const blobBytes = 16;

/** Undefined when the file is gone, is none, or may not be read. */
export async function readBytes(task: FileTask, version: string): Promise<ReadBytes | undefined> {
  try {
    await using file = await open(task.absolutePath);
    const stats = await file.stat();
    if (!stats.isFile()) return undefined;
    const content = await file.readFile();
    return { content, blob: blobOf(content, task.languageId, version), bytes: stats.size, modifiedMs: stats.mtimeMs };
  } catch {
    return undefined;
  }
}

/** The identity of what a file says: the same for the same bytes read as the same language by the same rules. */
function blobOf(content: Uint8Array, languageId: string, version: string): string {
  const hash = createHash('sha256').update(`${version}\0${languageId}\0`).update(content);
  return hash.digest().subarray(0, blobBytes).toString('base64url');
}

export interface ChunkedFile {
  readonly chunks: readonly TermedChunk[];
  /** As many as chunks, when the parts embed. */
  readonly vectors: readonly Float32Array[];
}

/** @param plain without a grammar, in blocks of lines */
export async function chunkFile(
  content: Uint8Array,
  task: FileTask,
  plain: boolean,
  parts: FileParts,
): Promise<ChunkedFile> {
  const text = parts.sourceOf(content, task);
  if (text === undefined) return { chunks: [], vectors: [] };
  const chunks = await parts.chunk({ languageId: plain ? plainLanguage : task.languageId, text });
  const passages = chunks.map(passageOf);
  return {
    chunks: chunks.map((chunk, at) => ({ ...chunk, terms: parts.terms(passages[at] ?? '').join(' ') })),
    vectors: parts.embed?.(passages) ?? [],
  };
}
