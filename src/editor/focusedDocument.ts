import { languages, type TextDocument, window } from 'vscode';
import { servedDocuments } from './servedDocuments.ts';

/** The document with the focus, when it is one that gets ghost text: the output panel and the like are not. */
export function focusedDocument(): TextDocument | undefined {
  const document = window.activeTextEditor?.document;
  return document && languages.match(servedDocuments, document) > 0 ? document : undefined;
}
