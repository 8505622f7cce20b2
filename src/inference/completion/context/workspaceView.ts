import type { DocumentView } from '../types.ts';

/**
 * What context sources may know of the workspace; the engine implements it. What the user excluded does not exist here,
 * neither among the open documents nor as a file. Paths are `/`-separated and relative to the workspace folder of the
 * document `fromUri`, as in `DocumentView.path`; nothing outside of that folder exists.
 */
export interface WorkspaceView {
  /** Most recently viewed first. */
  openDocuments(): readonly DocumentView[];
  /**
   * Changes whenever the file's text does: the version of the open document, or time and size on the disk. Cheap,
   * because it also tells whether a file exists: undefined when it is missing, excluded or too large.
   */
  fileVersion(fromUri: string, path: string): Promise<string | undefined>;
  /** The text, from the open document if there is one, with `\n` line ends; undefined when there is no `fileVersion`. */
  readFile(fromUri: string, path: string): Promise<string | undefined>;
  /** Names of the files right inside a folder, sorted; empty when there is no such folder. */
  filesIn(fromUri: string, folder: string): Promise<readonly string[]>;
}
