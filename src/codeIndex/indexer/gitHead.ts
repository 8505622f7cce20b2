import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

/** Where git keeps what belongs to one working tree, and what all working trees of a repository share. */
export interface GitFolders {
  readonly own: string;
  readonly common: string;
}

/** Of the repository that a folder is in; undefined outside of one. Starts no process. */
export async function findGit(folder: string): Promise<GitFolders | undefined> {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const path = join(at, '.git');
    const stats = await stat(path).catch(() => undefined);
    if (stats?.isDirectory()) return { own: path, common: path };
    if (stats?.isFile()) return linkedGit(path);
    if (dirname(at) === at) return undefined;
  }
}

/** What is checked out: the id of the commit; '' when there is none or it cannot be told. */
export async function readGitHead({ own, common }: GitFolders): Promise<string> {
  let value = await textOf(join(own, 'HEAD'));
  // A symbolic ref may name another one.
  for (let depth = 0; depth < 5; depth++) {
    const ref = parseSymbolicRef(value);
    if (ref === undefined) return value.trim();
    if (ref === 'refs/heads/.invalid') return hashOf(await textOf(join(common, 'reftable', 'tables.list')));
    value =
      (await textOf(join(own, ref))) ||
      (await textOf(join(common, ref))) ||
      packedRef(await textOf(join(common, 'packed-refs')), ref);
  }
  return '';
}

/** Whether git is changing the working tree at this moment. */
export async function isGitBusy({ own }: GitFolders): Promise<boolean> {
  return (await stat(join(own, 'index.lock')).catch(() => undefined)) !== undefined;
}

/** `refs/heads/main` of `ref: refs/heads/main`. */
export function parseSymbolicRef(text: string): string | undefined {
  return /^ref:\s*(\S+)\s*$/.exec(text)?.[1];
}

/** The value of a ref in the text of a `packed-refs` file; '' when it is not there. */
export function packedRef(text: string, ref: string): string {
  for (const line of text.split('\n')) {
    const [id = '', name] = line.split(' ');
    if (name === ref && /^[0-9a-f]{40,64}$/.test(id)) return id;
  }
  return '';
}

/** `.git` is a file in working trees of `git worktree` and in submodules: `gitdir: <path>`. */
async function linkedGit(path: string): Promise<GitFolders | undefined> {
  const target = /^gitdir:\s*(.+?)\s*$/m.exec(await textOf(path))?.[1];
  if (target === undefined) return undefined;
  const own = resolve(dirname(path), target);
  const common = (await textOf(join(own, 'commondir'))).trim();
  return { own, common: common === '' ? own : resolve(own, common) };
}

function textOf(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}

/** Of the reftable format only the names of the tables are read: they change with every ref. */
function hashOf(text: string): string {
  return text === '' ? '' : createHash('sha256').update(text).digest('hex').slice(0, 40);
}
