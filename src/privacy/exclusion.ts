import { lstat, realpath } from 'node:fs/promises';
import * as nodePath from 'node:path';
import { basename, dirname, join, resolve } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { errorText, type Logger } from '../base/logger.ts';
import { ignoreFileName, isMissing, readIgnoreFile, rulesFromRoot } from './ignoreFile.ts';
import { isSecretFile } from './secretFiles.ts';

/** What Hearth never reads, stores or completes in: secrets files, and what a `.hearthignore` names. */
export interface Exclusion {
  /**
   * Whether a file must be left alone, wherever its path or its real path lies. Cheap enough for every keystroke.
   * Never rejects: what cannot be judged is excluded.
   */
  isExcluded(fsPath: string): Promise<boolean>;
  /** Something was made, changed or deleted there: verdicts that rest on it are made anew. */
  changed(fsPath: string): void;
  setFolders(folders: readonly string[]): void;
}

export interface ExclusionOptions {
  /** Absolute paths of the workspace folders. */
  readonly folders: readonly string[];
  readonly log: Logger;
}

/** Nobody tells a bare engine of changed files and swapped links; after this long it looks for itself. */
const trustedForMs = 5_000;

/** Rules in force in a folder; `everything` below a rule file that cannot be read. */
type Rules = Ignore | 'everything';

export function createExclusion({ folders, log }: ExclusionOptions): Exclusion {
  let roots = folders;
  let forgetAtMs = 0;
  const verdicts = new Map<string, Promise<boolean>>();
  const rulesByFolder = new Map<string, Promise<Rules>>();
  const complaints = new Set<string>();
  let realRoots: Promise<readonly string[]> | undefined;

  function forget(): void {
    verdicts.clear();
    rulesByFolder.clear();
    realRoots = undefined;
  }

  async function judge(fsPath: string): Promise<boolean> {
    try {
      const path = resolve(fsPath);
      if (isSecretFile(path) || (await isIgnored(path))) return true;
      const real = await realPathOf(path);
      return real !== path && (isSecretFile(real) || (await isIgnored(real)));
    } catch (cause) {
      complain(fsPath, cause);
      return true;
    }
  }

  async function isIgnored(path: string): Promise<boolean> {
    realRoots ??= Promise.all(roots.map((root) => realPathOf(resolve(root))));
    for (const root of new Set([...roots, ...(await realRoots)])) {
      const inside = pathInside(root, path);
      if (inside === undefined) continue;
      const rules = await rulesIn(root, folderOf(inside));
      if (rules === 'everything' || rules.ignores(inside.normalize('NFC'))) return true;
    }
    return false;
  }

  /** @param folder `/`-separated, relative to the root; '' is the root itself. */
  function rulesIn(root: string, folder: string): Promise<Rules> {
    const path = join(root, folder);
    const key = `${root}\0${folder}`;
    const known = rulesByFolder.get(key);
    if (known !== undefined) return known;
    const made = readRules(path, folder, folder === '' ? undefined : rulesIn(root, folderOf(folder)));
    rulesByFolder.set(key, made);
    return made;
  }

  async function readRules(path: string, folder: string, outside: Promise<Rules> | undefined): Promise<Rules> {
    const outer = (await outside) ?? ignore();
    if (outer === 'everything') return outer;
    const file = join(path, ignoreFileName);
    try {
      const text = await readIgnoreFile(file);
      return text === ''
        ? outer
        : ignore()
            .add(outer)
            .add(rulesFromRoot(text, folder.normalize('NFC')));
    } catch (cause) {
      complain(file, cause);
      return 'everything';
    }
  }

  function complain(path: string, cause: unknown): void {
    const complaint = `${path} cannot be judged, so it is excluded with all it stands for: ${errorText(cause)}`;
    if (!complaints.has(complaint)) log.warn(complaint);
    complaints.add(complaint);
  }

  return {
    isExcluded(fsPath) {
      const nowMs = performance.now();
      if (nowMs >= forgetAtMs) {
        forget();
        forgetAtMs = nowMs + trustedForMs;
      }
      const known = verdicts.get(fsPath);
      if (known !== undefined) return known;
      const verdict = judge(fsPath);
      verdicts.set(fsPath, verdict);
      return verdict;
    },
    changed(fsPath) {
      if (basename(fsPath).toLowerCase() === ignoreFileName) {
        forget();
        complaints.clear();
      } else verdicts.clear();
    },
    setFolders(next) {
      roots = next;
      forget();
    },
  };
}

/**
 * A path as `.hearthignore` rules see it, relative to a folder and `/`-separated; undefined when it lies outside.
 *
 * @param flavour The path rules of the system; tests pass `path.win32`.
 */
export function pathInside(
  folder: string,
  path: string,
  flavour: Pick<typeof nodePath, 'relative' | 'isAbsolute' | 'sep'> = nodePath,
): string | undefined {
  const relative = flavour.relative(folder, path);
  const segments = relative.split(flavour.sep);
  if (relative === '' || segments[0] === '..' || flavour.isAbsolute(relative)) return undefined;
  return segments.join('/');
}

/** Links resolved as far as the path exists. Throws when a link leads nowhere or in a circle. */
async function realPathOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (cause) {
    if (!isMissing(cause) || dirname(path) === path) throw cause;
    if (await isDangling(path)) throw cause;
    return join(await realPathOf(dirname(path)), basename(path));
  }
}

async function isDangling(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isSymbolicLink();
  } catch (cause) {
    if (isMissing(cause)) return false;
    throw cause;
  }
}

function folderOf(inside: string): string {
  return inside.includes('/') ? inside.slice(0, inside.lastIndexOf('/')) : '';
}
