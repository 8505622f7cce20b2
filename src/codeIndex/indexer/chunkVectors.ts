import type { EmbeddedChunk } from '../chunk.ts';
import type { Embedder } from '../embedder/embedder.ts';
import { passageOf } from '../passage.ts';
import type { IndexStore } from '../store/indexStore.ts';
import type { ReadFile } from './fileReaders.ts';

type ChunkedFile = Extract<ReadFile, { kind: 'chunked' }>;

/** A model is asked for so many vectors at a time: what is asked in between waits for one batch at most. */
const embedBatch = 16;

/** The chunks of a file as the store takes them, with the vectors that the worker made. */
export function embeddedChunks(
  file: ChunkedFile,
  vectors: readonly Float32Array[] = workerVectors(file),
): EmbeddedChunk[] {
  const { chunks, facts, task } = file;
  return chunks.map((chunk, at) => ({
    ...chunk,
    id: `${facts.blob}:${at}`,
    blob: facts.blob,
    languageId: task.languageId,
    vector: vectors[at] ?? new Float32Array(),
  }));
}

/**
 * The same with vectors from a slow embedder, which is asked only for what the file's last version, still in the store,
 * does not have. Rejects when the embedder does.
 */
export async function embedSlowly(
  file: ChunkedFile,
  embedder: Embedder,
  store: IndexStore,
  signal: AbortSignal,
): Promise<EmbeddedChunk[]> {
  const before = store.files.get(file.task.path)?.blob;
  const known = before === undefined ? new Map<string, Float32Array>() : await store.vectorsOf(before);
  const passages = file.chunks.map(passageOf);
  const missing = [...new Set(passages.filter((passage) => !known.has(passage)))];
  const made = new Map(known);
  for (let at = 0; at < missing.length; at += embedBatch) {
    signal.throwIfAborted();
    const batch = missing.slice(at, at + embedBatch);
    const vectors = await embedder.embed(batch, 'passage');
    for (const [index, passage] of batch.entries()) {
      const vector = vectors[index];
      if (vector !== undefined) made.set(passage, vector);
    }
  }
  return embeddedChunks(
    file,
    passages.map((passage) => made.get(passage) ?? new Float32Array(embedder.dimensions)),
  );
}

function workerVectors({ chunks, vectors }: ChunkedFile): Float32Array[] {
  if (vectors === undefined || chunks.length === 0) return [];
  const dimensions = vectors.length / chunks.length;
  return chunks.map((_, at) => vectors.subarray(at * dimensions, (at + 1) * dimensions));
}
