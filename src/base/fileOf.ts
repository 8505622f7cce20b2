import { URI } from 'vscode-uri';

/** The file a document is kept in (a notebook's cells: the notebook); undefined for one that was never saved. */
export function fileOf(uri: string): string | undefined {
  const parsed = URI.parse(uri);
  return ['file', 'vscode-notebook-cell'].includes(parsed.scheme) ? parsed.with({ scheme: 'file' }).fsPath : undefined;
}
