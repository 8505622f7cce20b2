import { Field, FixedSizeList, Float32, type RecordBatch, Schema, type Table, Utf8 } from 'apache-arrow';
import type { ChunkKind, EmbeddedChunk, StoredChunk } from '../chunk.ts';
import { batchOf, textColumn, vectorColumn } from './columns.ts';

/** Texts are two thirds of the store, and shrink to a third. */
const compressed = new Map([['lance-encoding:compression', 'zstd']]);
const text = (name: string): Field<Utf8> => new Field(name, new Utf8(), false);
const compressedText = (name: string): Field<Utf8> => new Field(name, new Utf8(), false, compressed);

const kinds = new Map<string, ChunkKind>(
  (
    ['function', 'method', 'class', 'type', 'variable', 'statements', 'section', 'cell', 'block'] satisfies ChunkKind[]
  ).map((kind) => [kind, kind]),
);

/**
 * The columns that make a `StoredChunk`. What is only read back as a whole shares one of them: each column of a row that
 * is found costs a read of its own, and a search looks at more than a hundred rows.
 */
export const chunkColumns = ['about', 'text'] as const;

/** One row per chunk, once per content however many files have it. */
export function chunkSchema(dimensions: number): Schema {
  return new Schema([
    text('id'),
    text('blob'),
    // JSON: everything of a `StoredChunk` but its text.
    compressedText('about'),
    compressedText('text'),
    compressedText('terms'),
    // The end of `symbolPath` in lower case, '' for none.
    text('name'),
    new Field('vector', vectorTypeOf(dimensions), false),
  ]);
}

export function chunkBatch(dimensions: number, chunks: readonly EmbeddedChunk[]): Table {
  const vectorType = vectorTypeOf(dimensions);
  return batchOf(chunkSchema(dimensions), chunks.length, [
    textColumn(chunks.map(({ id }) => id)),
    textColumn(chunks.map(({ blob }) => blob)),
    textColumn(chunks.map(aboutOf)),
    textColumn(chunks.map((chunk) => chunk.text)),
    textColumn(chunks.map(({ terms }) => terms)),
    textColumn(chunks.map(({ symbolPath }) => lookupName(symbolPath.at(-1) ?? ''))),
    vectorColumn(
      vectorType,
      chunks.map(({ vector }) => vector),
    ),
  ]);
}

function vectorTypeOf(dimensions: number): FixedSizeList<Float32> {
  return new FixedSizeList(dimensions, new Field('item', new Float32(), true));
}

/** As names are compared: case does not matter. */
export function lookupName(name: string): string {
  return name.toLowerCase();
}

/** The chunk in one row of a batch that has `chunkColumns`. */
export function chunkAt(batch: RecordBatch, row: number): StoredChunk {
  const about: unknown = JSON.parse(String(batch.getChild('about')?.get(row)));
  if (!Array.isArray(about)) throw new Error('A row does not say what its chunk is');
  const [id, blob, languageId, kind, startLine, endLine, header, ...symbolPath]: readonly unknown[] = about;
  return {
    id: String(id),
    blob: String(blob),
    languageId: String(languageId),
    kind: kinds.get(String(kind)) ?? 'block',
    symbolPath: symbolPath.map(String),
    startLine: Number(startLine),
    endLine: Number(endLine),
    header: String(header),
    text: String(batch.getChild('text')?.get(row)),
  };
}

function aboutOf({ id, blob, languageId, kind, startLine, endLine, header, symbolPath }: StoredChunk): string {
  return JSON.stringify([id, blob, languageId, kind, startLine, endLine, header, ...symbolPath]);
}
