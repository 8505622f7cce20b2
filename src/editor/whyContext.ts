import { Disposable, FileType, l10n, type LogOutputChannel, Uri, window, workspace } from 'vscode';
import { registerCommand } from './command.ts';
import { contextPage, markdownLink, type Place } from './contextPage.ts';
import type { IndexClient } from './indexClient.ts';
import { MarkdownPage } from './markdownPage.ts';

/** Shows what the last completion was given, piece by piece, with why. */
export function offerContext(index: IndexClient, log: LogOutputChannel): Disposable {
  const page = new MarkdownPage('hearth-context', log);
  return Disposable.from(
    page,
    registerCommand('hearth.whyContext', log, async () => {
      const { completion } = await index.lastContext();
      if (!completion) {
        void window.showInformationMessage(
          l10n.t('There was no completion yet. Type something, then look again what it was made from.'),
        );
        return;
      }
      const links = await findLinks([completion, ...completion.snippets]);
      await page.show(contextPage(completion, ({ path }) => links.get(path), l10n.t));
    }),
  );
}

/** Links by path, of what can be opened. In a page that lies in no folder, a leading slash means the first one. */
async function findLinks(places: readonly Place[]): Promise<ReadonlyMap<string, string>> {
  const links = new Map<string, string>();
  const root = workspace.workspaceFolders?.[0]?.uri;
  for (const { path, uri } of places) {
    const found = uri === undefined ? await findFile(path) : Uri.parse(uri);
    if (root && found && found.scheme === root.scheme && found.authority === root.authority)
      links.set(path, markdownLink(root.path, found.path));
  }
  return links;
}

/** The file of this path in the first workspace folder that has one. */
async function findFile(path: string): Promise<Uri | undefined> {
  for (const { uri } of workspace.workspaceFolders ?? []) {
    const candidate = Uri.joinPath(uri, path);
    const type = await workspace.fs.stat(candidate).then(
      (stat) => stat.type,
      () => FileType.Unknown,
    );
    if (type === FileType.File) return candidate;
  }
  return undefined;
}
