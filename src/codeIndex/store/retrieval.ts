import type { Table } from '@lancedb/lancedb';
import type { RecordBatch } from 'apache-arrow';
import type { StoredChunk } from '../chunk.ts';
import { chunkAt, chunkColumns, lookupName } from './chunkRows.ts';
import type { FileTable } from './fileTable.ts';
import type { Candidate } from './indexStore.ts';
import type { Lance } from './lance.ts';
import { sqlIn } from './sql.ts';

/** What the three searches look into; asked anew for each, as both change. */
export interface Searched {
  readonly lance: Lance;
  readonly chunks: Table;
  readonly files: FileTable;
  /** Grows whenever `files` changes. */
  readonly changes: number;
  /** Rows that the full-text index does not know yet. */
  readonly unindexedRows: number;
}

/** Of the partitions of the vector index; with `refineFactor` 4 it finds 97 of the 100 nearest. */
const nprobes = 40;
const refineFactor = 4;
/** More rows outside the full-text index (20 microseconds each) are not searched by words until it has them. */
const maxUnindexedRows = 4_000;
/** Chunks that no file has any more are found, too, and left out. */
const spareRows = 8;
const maxRounds = 4;

interface Found {
  readonly chunk: StoredChunk;
  readonly score: number;
}

export async function byTerms(current: () => Searched, terms: readonly string[], limit: number): Promise<Candidate[]> {
  const words = terms.filter((term) => term !== '').join(' ');
  if (words === '') return [];
  return living(current, limit, async ({ lance, chunks, unindexedRows }, rows) => {
    // Its words are joined by OR.
    const query = chunks.query().fullTextSearch(new lance.MatchQuery(words, 'terms'));
    if (unindexedRows > maxUnindexedRows) query.fastSearch();
    return found(query.select([...chunkColumns, '_score']).limit(rows), (batch, row) =>
      batch.getChild('_score')?.get(row),
    );
  });
}

export async function byVector(current: () => Searched, vector: Float32Array, limit: number): Promise<Candidate[]> {
  // A text without words is like no other.
  if (vector.every((each) => each === 0)) return [];
  return living(current, limit, ({ chunks }, rows) => {
    const query = chunks.vectorSearch(vector).distanceType('dot').nprobes(nprobes).refineFactor(refineFactor);
    return found(
      query.select([...chunkColumns, '_distance']).limit(rows),
      (batch, row) => 1 - Number(batch.getChild('_distance')?.get(row)),
    );
  });
}

export async function byName(current: () => Searched, names: readonly string[], limit: number): Promise<Candidate[]> {
  const wanted = new Set(names.map(lookupName));
  wanted.delete('');
  if (wanted.size === 0) return [];
  return living(current, limit, ({ chunks }, rows) =>
    found(
      chunks
        .query()
        .where(sqlIn('name', wanted))
        .select([...chunkColumns])
        .limit(rows),
      () => 1,
    ),
  );
}

/**
 * The first `limit` of what `search` finds that some file has. Asks for more while too many were dead, and again when
 * the files changed meanwhile: so each file is seen either as it was before or as it is after.
 */
async function living(
  current: () => Searched,
  limit: number,
  search: (searched: Searched, rows: number) => Promise<Found[]>,
): Promise<Candidate[]> {
  if (limit <= 0) return [];
  const { liveChunks, parkedChunks } = current().files;
  let rows = Math.ceil(limit * (1 + parkedChunks / Math.max(1, liveChunks))) + spareRows;
  for (let round = 1; ; round++) {
    const before = current();
    const all = await search(before, rows);
    const { files, changes } = current();
    const alive = all.flatMap(({ chunk, score }) => {
      const paths = files.pathsOf(chunk.blob);
      return paths.length > 0 ? [{ chunk, score, paths: [...paths] }] : [];
    });
    const wasOvertaken = changes !== before.changes && alive.length < all.length;
    const needsMore = alive.length < limit && all.length >= rows;
    if (round === maxRounds || !(wasOvertaken || needsMore)) return alive.slice(0, limit);
    if (needsMore) rows *= 4;
  }
}

async function found(
  query: AsyncIterable<RecordBatch>,
  scoreOf: (batch: RecordBatch, row: number) => unknown,
): Promise<Found[]> {
  const all: Found[] = [];
  for await (const batch of query)
    for (let row = 0; row < batch.numRows; row++)
      all.push({ chunk: chunkAt(batch, row), score: Number(scoreOf(batch, row)) });
  return all;
}
