/** An edit that the user accepted, as it stands in the document: from chat, or a fix. */
export interface TaughtEdit {
  readonly uri: string;
  /** Relative to its workspace folder, `/`-separated. */
  readonly path: string;
  /** Absolute path of the workspace folder; absent outside one. */
  readonly folder?: string;
  readonly languageId: string;
  readonly model: string;
  /** All text of the document before the edit, and after it. Lines end with `\n` only. */
  readonly prefix: string;
  readonly text: string;
  readonly suffix: string;
  /** What the model had proposed, where the user changed it before accepting. */
  readonly offered?: string;
  /** What the model was given of other files, the most relevant last. */
  readonly snippets?: readonly { readonly path: string; readonly text: string }[];
}
