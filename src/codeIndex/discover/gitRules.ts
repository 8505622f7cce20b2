import { readFile, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { isMissing, rulesFromRoot } from '../../privacy/ignoreFile.ts';

export const gitIgnoreName = '.gitignore';

/** Git's ignore rules as they are in force in one folder. */
export interface GitRules {
  /** The folder, relative to where the rules begin (the root of the repository), `/`-separated; '' is that root. */
  readonly folder: string;
  readonly ignore: Ignore;
}

/** As Git's `core.ignoreCase` has it. */
const options = {
  ignorecase: process.platform === 'win32' || process.platform === 'darwin',
  allowRelativePaths: false,
};
/** A rule file larger than this is not one. */
const maxBytes = 1_000_000;

/** Whether the rules of a folder leave out something that lies in it. Git's own index is not asked. */
export function isGitIgnored(rules: GitRules, name: string, kind: 'file' | 'folder'): boolean {
  return rules.ignore.ignores(`${under(rules.folder, name)}${kind === 'folder' ? '/' : ''}`);
}

/**
 * The rules inside a folder. A folder with a `.git` is a repository of its own, where the rules from outside do not count.
 * Rejects when a rule file is there but cannot be read: without it nobody knows what may be seen.
 *
 * @param outer those of the folder around; undefined begins anew
 * @param names of all that lies in the folder
 */
export async function rulesInside(
  path: string,
  name: string,
  names: ReadonlySet<string>,
  outer: GitRules | undefined,
): Promise<GitRules> {
  const isRoot = outer === undefined || names.has('.git');
  const folder = isRoot ? '' : under(outer.folder, name);
  const excluded = names.has('.git') ? await readRules(await excludeFile(join(path, '.git'))) : '';
  const own = names.has(gitIgnoreName) ? await readRules(join(path, gitIgnoreName)) : '';
  if (!isRoot && own === '') return { folder, ignore: outer.ignore };
  const rules = ignore(options);
  if (!isRoot) rules.add(outer.ignore);
  return { folder, ignore: rules.add(rulesFromRoot(excluded, folder)).add(rulesFromRoot(own, folder)) };
}

/** The folders from the repository's root down to the one above `path`; empty when there is no repository above. */
export async function foldersAbove(path: string): Promise<readonly string[]> {
  const above: string[] = [];
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    above.unshift(folder);
    if (await exists(join(folder, '.git'))) return above;
  }
  return [];
}

function under(folder: string, name: string): string {
  const nfc = name.normalize('NFC');
  return folder === '' ? nfc : `${folder}/${nfc}`;
}

/** `.git` is a file in worktrees and submodules, and names the folder. */
async function excludeFile(git: string): Promise<string> {
  const found = await stat(git).catch(() => undefined);
  if (!found?.isFile()) return join(git, 'info', 'exclude');
  const folder = resolve(dirname(git), (await readFile(git, 'utf8')).replace(/^gitdir: /, '').trim());
  const common = (await readFile(join(folder, 'commondir'), 'utf8').catch(() => '.')).trim();
  return join(isAbsolute(common) ? common : join(folder, common), 'info', 'exclude');
}

/** '' for what is missing or no file; like Git, it reads bytes that are no UTF-8 as what they may be. */
async function readRules(path: string): Promise<string> {
  try {
    const found = await stat(path);
    if (!found.isFile()) return '';
    if (found.size > maxBytes) throw new Error(`it has ${found.size} bytes`);
    return new TextDecoder().decode(await readFile(path));
  } catch (cause) {
    if (isMissing(cause)) return '';
    throw cause;
  }
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
