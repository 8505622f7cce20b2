import type { Dirent } from 'node:fs';
import { readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { pathInside } from '../../privacy/exclusion.ts';

/**
 * Other paths, relative to the workspace folder, by which a tool would come to a file: a repository can have `.vscode` as
 * a link to `config`, and then `config/settings.json` is what the editor obeys. Only links that stand where tools look:
 * at the top of the folder, and in the folders there whose name begins with a dot.
 *
 * @param real the file, with all links followed
 */
export async function aliasesOf(folder: string, real: string): Promise<readonly string[]> {
  const entries = await entriesOf(folder);
  const inner = await Promise.all(
    entries
      .filter((entry) => entry.isDirectory() && entry.name.startsWith('.'))
      .map(async ({ name }) => linksIn(await entriesOf(join(folder, name))).map((link) => `${name}/${link}`)),
  );
  const aliases = await Promise.all(
    [...linksIn(entries), ...inner.flat()].map(async (link) => {
      const leadsTo = await realpath(join(folder, link)).catch(() => undefined);
      if (leadsTo === real) return [link];
      const inside = leadsTo === undefined ? undefined : pathInside(leadsTo, real);
      return inside === undefined ? [] : [`${link}/${inside}`];
    }),
  );
  return aliases.flat();
}

function linksIn(entries: readonly Dirent[]): readonly string[] {
  return entries.filter((entry) => entry.isSymbolicLink()).map(({ name }) => name);
}

function entriesOf(folder: string): Promise<readonly Dirent[]> {
  return readdir(folder, { withFileTypes: true }).catch(() => []);
}
