import { Field, FixedSizeList, Float32, Int32, type RecordBatch, Schema, type Table, Utf8 } from 'apache-arrow';
import type { ChunkKind, EmbeddedChunk, StoredChunk } from '../chunk.ts';
import { batchOf, int32Column, textColumn, vectorColumn } from './columns.ts';

/** Texts are two thirds of the store, and shrink to a third. */
const compressed = new Map([['lance-encoding:compression', 'zstd']]);
const text = (name: string): Field<Utf8> => new Field(name, new Utf8(), false);
const compressedText = (name: string): Field<Utf8> => new Field(name, new Utf8(), false, compressed);
const int32 = (name: string): Field<Int32> => new Field(name, new Int32(), false);

const kinds = new Map<string, ChunkKind>(
  (
    ['function', 'method', 'class', 'type', 'variable', 'statements', 'section', 'cell', 'block'] satisfies ChunkKind[]
  ).map((kind) => [kind, kind]),
);

/** The columns that make a `StoredChunk`. */
export const chunkColumns = [
  'id',
  'blob',
  'languageId',
  'kind',
  'symbolPath',
  'startLine',
  'endLine',
  'header',
  'text',
] as const;

/** One row per chunk, once per content however many files have it. */
export function chunkSchema(dimensions: number): Schema {
  return new Schema([
    text('id'),
    text('blob'),
    text('languageId'),
    text('kind'),
    // JSON: names are any text, and are only read back as a whole.
    text('symbolPath'),
    int32('startLine'),
    int32('endLine'),
    compressedText('header'),
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
    textColumn(chunks.map(({ languageId }) => languageId)),
    textColumn(chunks.map(({ kind }) => kind)),
    textColumn(chunks.map(({ symbolPath }) => JSON.stringify(symbolPath))),
    int32Column(chunks.map(({ startLine }) => startLine)),
    int32Column(chunks.map(({ endLine }) => endLine)),
    textColumn(chunks.map(({ header }) => header)),
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
  const value = (column: string): unknown => batch.getChild(column)?.get(row);
  return {
    id: String(value('id')),
    blob: String(value('blob')),
    languageId: String(value('languageId')),
    kind: kinds.get(String(value('kind'))) ?? 'block',
    symbolPath: textsIn(String(value('symbolPath'))),
    startLine: Number(value('startLine')),
    endLine: Number(value('endLine')),
    header: String(value('header')),
    text: String(value('text')),
  };
}

function textsIn(json: string): string[] {
  const value: unknown = JSON.parse(json);
  return Array.isArray(value) ? value.map(String) : [];
}
