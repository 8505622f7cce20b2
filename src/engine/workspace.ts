import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { URI } from 'vscode-uri';
import { isMissing } from '../privacy/ignoreFile.ts';
import { fileOf } from '../base/fileOf.ts';
import { unixLines } from '../base/unixLines.ts';
import type { WorkspaceView } from '../inference/completion/context/workspaceView.ts';
import type { DocumentView } from '../inference/completion/types.ts';
import { type Exclusion, pathInside } from '../privacy/exclusion.ts';
import type { OpenDocuments } from './openDocuments.ts';

/** Larger files are data rather than code. */
const maxFileBytes = 1_000_000;

/**
 * The workspace as the pipeline may see it: what the user excluded, and what lies outside the document's workspace
 * folder, does not exist here. This is the only place where the engine reads the user's files.
 */
export class Workspace implements WorkspaceView {
  readonly #documents: OpenDocuments;
  readonly #exclusion: Exclusion;
  #folders: readonly string[];
  /** Views of the open documents that may be seen, by URI, most recently opened or edited last. */
  readonly #views = new Map<string, DocumentView>();

  constructor(documents: OpenDocuments, exclusion: Exclusion, folders: readonly string[]) {
    this.#documents = documents;
    this.#exclusion = exclusion;
    this.#folders = folders;
    documents.onOpen.on((document) => void this.view(document));
    documents.onChange.on(({ document }) => void this.view(document));
    documents.onClose.on(({ uri }) => this.#views.delete(uri));
  }

  setFolders(folders: readonly string[]): void {
    this.#folders = folders;
    this.#exclusion.setFolders(folders);
  }

  /** The document as the pipeline sees it; undefined when the user excluded it. */
  async view(document: TextDocument): Promise<DocumentView | undefined> {
    if (await isExcluded(this.#exclusion, document.uri)) {
      this.#views.delete(document.uri);
      return undefined;
    }
    const known = this.#views.get(document.uri);
    const cells = this.#documents.cellsAround(document);
    const isOnlyCell = cells.before.length + cells.after.length === 0;
    if (known?.version === document.version && isOnlyCell) return known;
    const file = fileOf(document.uri);
    const folder = file && this.#folders.find((each) => pathInside(each, file) !== undefined);
    const view: DocumentView = {
      uri: document.uri,
      path: this.#shownPath(document.uri),
      ...(folder === undefined ? {} : { folder }),
      languageId: document.languageId,
      version: document.version,
      text: document.getText(),
      before: cells.before.map((text) => `${text}\n`).join(''),
      after: cells.after.map((text) => `\n${text}`).join(''),
    };
    if (this.#documents.get(document.uri)?.version === document.version) {
      this.#views.delete(document.uri);
      this.#views.set(document.uri, view);
    }
    return view;
  }

  openDocuments(): readonly DocumentView[] {
    return [...this.#views.values()].toReversed();
  }

  async fileVersion(fromUri: string, path: string): Promise<string | undefined> {
    const file = await this.#allowedFile(fromUri, path);
    if (file === undefined) return undefined;
    const open = this.#views.get(URI.file(file).toString());
    if (open !== undefined) return `open ${open.version}`;
    const facts = await stat(file).catch(() => undefined);
    return facts?.isFile() && facts.size <= maxFileBytes ? `${facts.mtimeMs} ${facts.size}` : undefined;
  }

  async readFile(fromUri: string, path: string): Promise<string | undefined> {
    if ((await this.fileVersion(fromUri, path)) === undefined) return undefined;
    const file = await this.#allowedFile(fromUri, path);
    if (file === undefined) return undefined;
    const open = this.#views.get(URI.file(file).toString());
    if (open !== undefined) return open.text;
    const text = await readFile(file, 'utf8').catch(() => undefined);
    return text === undefined ? undefined : unixLines(text);
  }

  /** Absolute paths of the folders that are open. */
  get folders(): readonly string[] {
    return this.#folders;
  }

  /**
   * The text of a file that is to be edited, with `\n` line ends and no byte order mark, and the editor's version where
   * it is open; undefined when there is no such file. Rejects with the reason when it may not be read or is no text.
   *
   * @param path absolute, and found to be inside of the workspace
   */
  async fileToEdit(path: string): Promise<{ readonly text: string; readonly version?: number } | undefined> {
    if (await this.#exclusion.isExcluded(path)) throw new Error('the user excluded it');
    const open = this.#documents.get(URI.file(path).toString());
    if (open !== undefined) return { text: open.getText(), version: open.version };
    const facts = await stat(path).catch(ignoreMissing);
    if (facts === undefined) return undefined;
    if (!facts.isFile() || facts.size > maxFileBytes) throw new Error('it is too large');
    const bytes = await readFile(path);
    if (bytes.includes(0)) throw new Error('it is no text');
    try {
      return { text: unixLines(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) };
    } catch (cause) {
      throw new Error('it is no UTF-8 text', { cause });
    }
  }

  async filesIn(fromUri: string, folder: string): Promise<readonly string[]> {
    const inside = this.#inside(fromUri, folder);
    if (inside === undefined) return [];
    const entries = await readdir(inside, { withFileTypes: true }).catch(() => []);
    return entries
      .filter((entry) => entry.isFile())
      .map(({ name }) => name)
      .toSorted();
  }

  async #allowedFile(fromUri: string, path: string): Promise<string | undefined> {
    const file = this.#inside(fromUri, path);
    return file === undefined || (await this.#exclusion.isExcluded(file)) ? undefined : file;
  }

  /** The absolute path, unless it leaves the workspace folder of `fromUri`. */
  #inside(fromUri: string, path: string): string | undefined {
    const folder = this.#folderOf(fromUri);
    if (folder === undefined) return undefined;
    const file = resolve(folder, path);
    return pathInside(folder, file) === undefined ? undefined : file;
  }

  /** A document outside every workspace folder is a workspace of its own: just its file's folder. */
  #folderOf(uri: string): string | undefined {
    const file = fileOf(uri);
    if (file === undefined) return undefined;
    return this.#folders.find((folder) => pathInside(folder, file) !== undefined) ?? join(file, '..');
  }

  #shownPath(uri: string): string {
    const file = fileOf(uri);
    const folder = this.#folderOf(uri);
    const inside = file && folder && pathInside(folder, file);
    return inside || basename(URI.parse(uri).path);
  }
}

/** Whether the user excluded a document; one that was never saved is nobody's secret file. */
export async function isExcluded(exclusion: Exclusion, uri: string): Promise<boolean> {
  const file = fileOf(uri);
  return file !== undefined && exclusion.isExcluded(file);
}

function ignoreMissing(cause: unknown): undefined {
  if (isMissing(cause)) return undefined;
  throw cause;
}
