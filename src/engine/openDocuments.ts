import type { Connection, NotebookDocumentChangeEvent, TextDocumentContentChangeEvent } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { Emitter } from '../base/emitter.ts';
import { fileOf } from '../base/fileOf.ts';
import { unixLines } from '../base/unixLines.ts';
import type { LineChange } from '../inference/completion/context/recentEdits.ts';
import type { TextChange } from '../personalize/events/completionEvent.ts';

export interface DocumentChange {
  readonly document: TextDocument;
  /** In the order they were made; each offset counts in the text left by the change before it. */
  readonly changes: readonly TextChange[];
  /** The same changes by lines; one that replaced the whole text is not among them. */
  readonly lineChanges: readonly LineChange[];
}

/**
 * The documents the client has open, notebook cells among them, with `\n` line ends whatever the client uses: LSP
 * positions count no line ends, so they fit both. Kept by hand rather than by the library's
 * `TextDocuments`, which applies changes without saying what they were; the event store has to know.
 */
export class OpenDocuments {
  readonly onOpen = new Emitter<TextDocument>();
  readonly onChange = new Emitter<DocumentChange>();
  readonly onSave = new Emitter<TextDocument>();
  readonly onClose = new Emitter<TextDocument>();
  readonly #documents = new Map<string, TextDocument>();
  /** Cell URIs of each notebook, in order. */
  readonly #notebooks = new Map<string, string[]>();

  constructor(connection: Connection) {
    connection.onDidOpenTextDocument(({ textDocument }) => this.#open(textDocument));
    connection.onDidChangeTextDocument(({ textDocument, contentChanges }) =>
      this.#change(textDocument.uri, textDocument.version, contentChanges),
    );
    connection.onDidSaveTextDocument(({ textDocument }) => {
      const document = this.#documents.get(textDocument.uri);
      if (document !== undefined) this.onSave.fire(document);
    });
    connection.onDidCloseTextDocument(({ textDocument }) => this.#close(textDocument.uri));
    const notebooks = connection.notebooks.synchronization;
    notebooks.onDidOpenNotebookDocument(({ notebookDocument, cellTextDocuments }) => {
      this.#notebooks.set(
        notebookDocument.uri,
        notebookDocument.cells.map((cell) => cell.document),
      );
      for (const cell of cellTextDocuments) this.#open(cell);
    });
    notebooks.onDidChangeNotebookDocument(({ notebookDocument, change }) =>
      this.#changeNotebook(notebookDocument.uri, change),
    );
    notebooks.onDidCloseNotebookDocument(({ notebookDocument, cellTextDocuments }) => {
      this.#notebooks.delete(notebookDocument.uri);
      for (const cell of cellTextDocuments) this.#close(cell.uri);
    });
  }

  get(uri: string): TextDocument | undefined {
    return this.#documents.get(uri);
  }

  /** Most recently opened or edited first. */
  newestFirst(): readonly TextDocument[] {
    return [...this.#documents.values()].toReversed();
  }

  /** The cells before and after this one in its notebook that are written in the same language. */
  cellsAround(document: TextDocument): { readonly before: readonly string[]; readonly after: readonly string[] } {
    for (const cells of this.#notebooks.values()) {
      const at = cells.indexOf(document.uri);
      if (at < 0) continue;
      const texts = (uris: readonly string[]) =>
        uris
          .map((uri) => this.#documents.get(uri))
          .filter((cell) => cell?.languageId === document.languageId)
          .map((cell) => cell?.getText() ?? '');
      return { before: texts(cells.slice(0, at)), after: texts(cells.slice(at + 1)) };
    }
    return { before: [], after: [] };
  }

  #open(item: { uri: string; languageId: string; version: number; text: string }): void {
    const document = TextDocument.create(item.uri, item.languageId, item.version, unixLines(item.text));
    this.#documents.set(item.uri, document);
    this.onOpen.fire(document);
  }

  #change(uri: string, version: number, contentChanges: readonly TextDocumentContentChangeEvent[]): void {
    let document = this.#documents.get(uri);
    if (document === undefined) return;
    const changes: TextChange[] = [];
    const lineChanges: LineChange[] = [];
    for (const change of contentChanges) {
      const whole = !('range' in change);
      const start = whole ? 0 : document.offsetAt(change.range.start);
      const end = whole ? document.getText().length : document.offsetAt(change.range.end);
      const text = unixLines(change.text);
      if (!whole) lineChanges.push({ startLine: change.range.start.line, endLine: change.range.end.line, text });
      changes.push({ start, deletedLength: end - start, insertedText: text });
      document = TextDocument.update(document, [{ ...change, text }], version);
    }
    // Set anew, so that the last edited document comes last in the map.
    this.#documents.delete(uri);
    this.#documents.set(uri, document);
    this.onChange.fire({ document, changes, lineChanges });
  }

  #close(uri: string): void {
    const document = this.#documents.get(uri);
    if (!this.#documents.delete(uri) || document === undefined) return;
    this.onClose.fire(document);
  }

  #changeNotebook(uri: string, { cells }: NotebookDocumentChangeEvent): void {
    const order = this.#notebooks.get(uri);
    if (order === undefined || cells === undefined) return;
    if (cells.structure !== undefined) {
      const { array, didOpen, didClose } = cells.structure;
      order.splice(array.start, array.deleteCount, ...(array.cells ?? []).map((cell) => cell.document));
      for (const cell of didOpen ?? []) this.#open(cell);
      for (const cell of didClose ?? []) this.#close(cell.uri);
    }
    for (const { document, changes } of cells.textContent ?? []) this.#change(document.uri, document.version, changes);
  }
}

/** Absolute paths of the files that are open, most recently opened or edited first. */
export function recentPaths(documents: Pick<OpenDocuments, 'newestFirst'>): readonly string[] {
  return documents.newestFirst().flatMap(({ uri }) => fileOf(uri) ?? []);
}
