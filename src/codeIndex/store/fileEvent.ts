import { Field, Float64, Int32, type RecordBatch, Schema, type Table, Utf8 } from 'apache-arrow';
import type { IndexedFile } from '../chunk.ts';
import { batchOf, float64Column, int32Column, textColumn } from './columns.ts';

/**
 * One line of the file table's log. The latest of a `keyOf` counts; all lines of one change are appended at once, so a
 * change is there as a whole or not at all.
 */
export interface FileEvent extends IndexedFile {
  /**
   * `live`: this file has this content; `gone`: not any more; `deleted`: not any more, and its content was to be deleted
   * at once; `parked`: no file (`path` is '') has this content.
   */
  readonly state: 'live' | 'gone' | 'deleted' | 'parked';
  /** Of the content; what the chunk table has of it is held against this. */
  readonly chunkCount: number;
  /** When it was parked, ms since 1970; 0 otherwise. */
  readonly parkedMs: number;
  /** Grows with each change. */
  readonly sequence: number;
}

export const fileSchema = new Schema([
  ...['path', 'blob', 'languageId', 'state'].map((name) => new Field(name, new Utf8(), false)),
  ...['bytes', 'modifiedMs', 'parkedMs', 'sequence'].map((name) => new Field(name, new Float64(), false)),
  new Field('chunkCount', new Int32(), false),
]);

export function fileBatch(events: readonly FileEvent[]): Table {
  return batchOf(fileSchema, events.length, [
    textColumn(events.map(({ path }) => path)),
    textColumn(events.map(({ blob }) => blob)),
    textColumn(events.map(({ languageId }) => languageId)),
    textColumn(events.map(({ state }) => state)),
    float64Column(events.map(({ bytes }) => bytes)),
    float64Column(events.map(({ modifiedMs }) => modifiedMs)),
    float64Column(events.map(({ parkedMs }) => parkedMs)),
    float64Column(events.map(({ sequence }) => sequence)),
    int32Column(events.map(({ chunkCount }) => chunkCount)),
  ]);
}

export function* fileEvents(batch: RecordBatch): Generator<FileEvent> {
  const column = (name: string) => batch.getChild(name);
  const texts = {
    path: column('path'),
    blob: column('blob'),
    languageId: column('languageId'),
    state: column('state'),
  };
  const numbers = {
    bytes: column('bytes'),
    modifiedMs: column('modifiedMs'),
    parkedMs: column('parkedMs'),
    sequence: column('sequence'),
    chunkCount: column('chunkCount'),
  };
  for (let row = 0; row < batch.numRows; row++) {
    yield {
      path: String(texts.path?.get(row)),
      blob: String(texts.blob?.get(row)),
      languageId: String(texts.languageId?.get(row)),
      state: stateOf(String(texts.state?.get(row))),
      bytes: Number(numbers.bytes?.get(row)),
      modifiedMs: Number(numbers.modifiedMs?.get(row)),
      parkedMs: Number(numbers.parkedMs?.get(row)),
      sequence: Number(numbers.sequence?.get(row)),
      chunkCount: Number(numbers.chunkCount?.get(row)),
    };
  }
}

function stateOf(text: string): FileEvent['state'] {
  if (text === 'live' || text === 'gone' || text === 'deleted' || text === 'parked') return text;
  throw new Error('The table files is not of a store');
}

/** What an event replaces: the file of the same path, or the parked content. */
export function keyOf({ path, blob }: Pick<FileEvent, 'path' | 'blob'>): string {
  return path === '' ? `\0${blob}` : path;
}
