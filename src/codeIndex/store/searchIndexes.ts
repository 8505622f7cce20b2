import type { Table } from '@lancedb/lancedb';
import type { Lance } from './lance.ts';

/** From here on an approximate index beats comparing with every vector (20 ms). */
const minVectorIndexRows = 20_000;
/** Longer words are data. `searchTerms` makes none. */
const maxTokenLength = 128;

export const termIndexName = 'terms_idx';
const vectorIndexName = 'vector_idx';

/** BM25 over `terms`, which are words already: nothing is stemmed or left out. */
export async function createTermIndex(lance: Lance, chunks: Table): Promise<void> {
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
export async function createNameIndexes(lance: Lance, chunks: Table): Promise<void> {
  for (const column of ['name', 'blob'])
    await chunks.createIndex(column, { config: lance.Index.btree(), replace: true });
}

/** Does nothing while there are too few rows to need one. */
export async function createVectorIndex(lance: Lance, chunks: Table): Promise<void> {
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

export async function hasVectorIndex(chunks: Table): Promise<boolean> {
  return (await chunks.listIndices()).some(({ name }) => name === vectorIndexName);
}

/** Rows that the full-text index does not know yet; a search goes through them one by one. */
export async function unindexedRows(chunks: Table): Promise<number> {
  return (await chunks.indexStats(termIndexName))?.numUnindexedRows ?? 0;
}
