import { commands, RelativePattern, type SymbolInformation, Uri, workspace } from 'vscode';
import { foldersAmong, globFor, inOrderOfName } from './nameSearch.ts';
import type { MentionSource } from './suggestions.ts';

/** Enough to have the best among them; more would make typing wait. */
const maxFound = 200;

/** Files, folders and symbols by what is typed of their name. VS Code's own excludes hold: `files.exclude`, `search.exclude`. */
export function namesInFolder(folder: string): MentionSource {
  const root = workspace.workspaceFolders?.find(({ uri }) => uri.toString() === folder);
  const find = async (glob: string): Promise<readonly string[]> => {
    if (!root) return [];
    const found = await workspace.findFiles(new RelativePattern(root, glob), undefined, maxFound);
    return found.map((uri) => pathIn(folder, uri)).filter((path) => path !== undefined);
  };
  return {
    files: async (query) => inOrderOfName(await find(globFor(query)), query),
    folders: async (query) => foldersAmong(await find(`${globFor(query.replace(/\/$/, ''))}/**`), query),
    symbols: async (query) => {
      const found = await commands.executeCommand<SymbolInformation[] | undefined>(
        'vscode.executeWorkspaceSymbolProvider',
        query,
      );
      return (found ?? []).flatMap(({ name, location }) => {
        const path = pathIn(folder, location.uri);
        return path === undefined ? [] : [{ name: name.replace(/\(.*$/, ''), place: path }];
      });
    },
  };
}

/** How the engine calls a file of a folder; undefined for others. */
export function pathIn(folder: string, uri: Uri): string | undefined {
  const { path, scheme, authority } = Uri.parse(folder);
  if (folder === '' || uri.scheme !== scheme || uri.authority !== authority) return undefined;
  const root = path.endsWith('/') ? path : `${path}/`;
  return uri.path.startsWith(root) && uri.path.length > root.length
    ? uri.path.slice(root.length).replace(/\/$/, '')
    : undefined;
}
