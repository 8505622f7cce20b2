import { type PlacedObject, type PlacedString, type PlacedValue, readPlacedJson } from './jsonReader.ts';

/** A cell of a Jupyter notebook. Its outputs are not read. */
export interface NotebookCell {
  readonly languageId: string;
  readonly source: string;
  /** For each line of the source, where it stands in the notebook's own text: a UTF-16 offset. */
  readonly offsets: readonly number[];
}

/** Cells in order. Undefined for what is no notebook, or a damaged one. */
export function notebookCells(text: string): readonly NotebookCell[] | undefined {
  const notebook = readPlacedJson(text, new Set(['outputs', 'attachments']));
  const cells = member(notebook, 'cells');
  if (!isArray(cells)) return undefined;
  const metadata = member(notebook, 'metadata');
  const language =
    textOf(member(member(metadata, 'language_info'), 'name')) ??
    textOf(member(member(metadata, 'kernelspec'), 'language')) ??
    'python';
  return cells.flatMap((cell) => {
    const lines = sourceLines(member(cell, 'source'));
    const type = textOf(member(cell, 'cell_type'));
    if (lines.length === 0 || type === undefined) return [];
    // A notebook of several languages names them cell by cell.
    const own = textOf(member(member(member(cell, 'metadata'), 'vscode'), 'languageId'));
    const languageId =
      type === 'markdown' ? 'markdown' : type === 'code' ? (own ?? languageIdOf(language)) : 'plaintext';
    return [
      { languageId, source: lines.map(({ value }) => value).join('\n'), offsets: lines.map(({ offset }) => offset) },
    ];
  });
}

function languageIdOf(kernel: string): string {
  const name = kernel.toLowerCase();
  return { 'c++': 'cpp', 'c#': 'csharp', bash: 'shellscript', ipython: 'python' }[name] ?? name;
}

/** One string per line, or one string for all; a string may hold several lines. */
function sourceLines(source: PlacedValue): readonly PlacedString[] {
  const strings = isArray(source) ? source : [source];
  const lines = strings.filter(isString).flatMap(({ value, offset }) => {
    const ended = value.endsWith('\n') ? value.slice(0, -1) : value;
    return ended.split(/\r?\n/).map((line) => ({ value: line, offset }));
  });
  return lines.some(({ value }) => value.trim() !== '') ? lines : [];
}

function member(value: PlacedValue, name: string): PlacedValue {
  return isObject(value) ? value.members.get(name) : undefined;
}

function textOf(value: PlacedValue): string | undefined {
  return isString(value) ? value.value : undefined;
}

function isArray(value: PlacedValue): value is readonly PlacedValue[] {
  return Array.isArray(value);
}

function isObject(value: PlacedValue): value is PlacedObject {
  return value !== undefined && 'members' in value;
}

function isString(value: PlacedValue): value is PlacedString {
  return value !== undefined && 'offset' in value;
}
