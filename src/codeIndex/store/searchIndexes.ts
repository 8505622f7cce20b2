import type { Table } from '@lancedb/lancedb';
import type { Lance } from './lance.ts';

/** From here on an approximate index beats comparing with every vector (20 ms). */
const minVectorIndexRows = 20_000;
/** Longer words are data. `searchTerms` makes none. */
const maxTokenLength = 128;

const termIndexName = 'terms_idx';

/** Every index, from nothing; searches use the old ones until the new are complete. */
export async function createIndexes(lance: Lance, chunks: Table, signal?: AbortSignal): Promise<void> {
  for (const create of [createTermIndex, createNameIndexes, createVectorIndex]) {
    signal?.throwIfAborted();
    await create(lance, chunks);
  }
}

/** BM25 over `terms`, which are words already: nothing is stemmed or left out. */
async function createTermIndex(lance: Lance, chunks: Table): Promise<void> {
  const config = lance.Index.fts({
    baseTokenizer: 'whitespace',
    withPosition: false,
    lowercase: false,
    stem: false,
    removeStopWords: false,
    asciiFolding: false,
    maxTokenLength,
  });
  await chunks.createIndex('terms', { config, replace: true });
}

/** For names, and for deleting by content. */
async function createNameIndexes(lance: Lance, chunks: Table): Promise<void> {
  for (const column of ['name', 'blob'])
    await chunks.createIndex(column, { config: lance.Index.btree(), replace: true });
}

/** Does nothing while there are too few rows to need one. */
async function createVectorIndex(lance: Lance, chunks: Table): Promise<void> {
  const rows = await chunks.countRows();
  if (rows < minVectorIndexRows) return;
  const config = lance.Index.ivfRq({
    distanceType: 'dot',
    numPartitions: Math.round(Math.sqrt(rows)),
    maxIterations: 10,
    sampleRate: 64,
  });
  await chunks.createIndex('vector', { config, replace: true });
}

/** Rows that the full-text index does not know yet; a search goes through them one by one. */
export async function unindexedRows(chunks: Table): Promise<number> {
  return (await chunks.indexStats(termIndexName))?.numUnindexedRows ?? 0;
}

/** Data files; a search opens each that has unindexed rows. */
export async function fragmentCount(chunks: Table): Promise<number> {
  return (await chunks.stats()).fragmentStats.numFragments;
}
