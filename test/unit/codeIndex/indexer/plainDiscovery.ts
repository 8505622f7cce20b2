import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, extname, join, relative } from 'node:path';
import type { Discovery, FoundFile } from '../../../../src/codeIndex/indexer/discovery.ts';

const languages: Readonly<Record<string, string>> = { '.ts': 'typescript', '.py': 'python', '.md': 'markdown' };

/** Code and Markdown; `.gitignore` names files and folders by their whole path from the root. */
export function plainDiscovery(folder: string): Discovery {
  const ignored = async (): Promise<string[]> =>
    (await readFile(join(folder, '.gitignore'), 'utf8').catch(() => '')).split('\n').filter((line) => line !== '');
  const find = async (absolutePath: string): Promise<FoundFile | 'folder' | undefined> => {
    const path = relative(folder, absolutePath);
    const rules = await ignored();
    if (rules.some((rule) => path === rule || path.startsWith(`${rule}/`)) || path.startsWith('.git')) return undefined;
    const stats = await stat(absolutePath).catch(() => undefined);
    if (stats?.isDirectory()) return 'folder';
    const languageId = languages[extname(path)];
    if (languageId === undefined || !stats?.isFile()) return undefined;
    return { absolutePath, path, languageId, bytes: stats.size, modifiedMs: stats.mtimeMs };
  };
  return {
    async *walk() {
      for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
        const found = await find(join(entry.parentPath, entry.name));
        if (found !== undefined && found !== 'folder') yield found;
      }
    },
    find,
    isRuleFile: (path) => basename(path) === '.gitignore',
  };
}
