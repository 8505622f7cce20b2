import { lstat, readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissingFile } from '../../base/missingFile.ts';
import { errorText } from '../../base/logger.ts';
import { pathInside } from '../../privacy/exclusion.ts';
import { folded } from './pathRules.ts';
import type { TargetProblem } from './target.ts';

/** Where the names of a path lead on the disk. */
export interface Walked {
  /** Absolute, links resolved. */
  readonly real: string;
  /** `/`-separated and relative to the folder, links resolved, with the letters that the disk has. */
  readonly inside: string;
  readonly exists: boolean;
  /** It has another name, on the same disk. */
  readonly isHardLinked: boolean;
}

/** What is no place for files, wherever a workspace folder lies. */
const pseudoFolders = ['/proc', '/sys', '/dev'];

/**
 * Follows names from a workspace folder without opening anything. Links on the way are followed as long as they stay in
 * the folder; one at the place itself is not.
 */
export async function walk(folder: string, names: readonly string[]): Promise<Walked | TargetProblem> {
  try {
    const root = await realpath(folder);
    if (pseudoFolders.some((pseudo) => `${root}/`.startsWith(`${pseudo}/`))) return { code: 'outside' };
    let at = root;
    for (const [index, name] of names.entries()) {
      const isLast = index === names.length - 1;
      const step = await stepTo(at, name);
      if (step.kind === 'none') return await found(root, at, names.slice(index), false);
      if (step.kind === 'otherCase') return { code: 'otherCase', there: step.name };
      const next = join(at, step.name);
      if (step.kind === 'link') {
        const real = isLast ? undefined : await realpath(next);
        if (real === undefined || (real !== root && pathInside(root, real) === undefined))
          return { code: 'link', at: names.slice(0, index + 1).join('/') };
        at = real;
      } else if (step.kind === 'folder' && !isLast) at = next;
      else if (step.kind === 'file' && isLast) return await found(root, await realpath(next), [], step.isHardLinked);
      else return { code: 'notFile', at: names.slice(0, index + 1).join('/') };
    }
    return { code: 'notFile', at: names.join('/') };
  } catch (cause) {
    return { code: 'unreadable', reason: errorText(cause) };
  }
}

async function found(
  root: string,
  at: string,
  missing: readonly string[],
  isHardLinked: boolean,
): Promise<Walked | TargetProblem> {
  // Asked once more as a whole: the disk's own letters, and nothing swapped on the way.
  const real = missing.length === 0 ? at : join(await realpath(at), ...missing);
  const inside = pathInside(root, real);
  if (inside === undefined || pseudoFolders.some((pseudo) => `${real}/`.startsWith(`${pseudo}/`)))
    return { code: 'outside' };
  return { real, inside, exists: missing.length === 0, isHardLinked };
}

type Step =
  | { readonly kind: 'none' }
  | { readonly kind: 'otherCase' | 'folder' | 'link' | 'special'; readonly name: string }
  | { readonly kind: 'file'; readonly name: string; readonly isHardLinked: boolean };

/** What a name is in a folder, under that name or one that some disk takes for the same. */
async function stepTo(folder: string, name: string): Promise<Step> {
  const there = await lstat(join(folder, name)).catch(ignoreMissing);
  if (there === undefined) {
    const alike = (await readdir(folder)).find((other) => folded(other) === folded(name));
    if (alike === undefined) return { kind: 'none' };
    // The same letters, composed in another way, are a slip that nobody can see.
    return alike.normalize('NFC') === name.normalize('NFC')
      ? stepTo(folder, alike)
      : { kind: 'otherCase', name: alike };
  }
  if (there.isSymbolicLink()) return { kind: 'link', name };
  if (there.isDirectory()) return { kind: 'folder', name };
  return there.isFile() ? { kind: 'file', name, isHardLinked: there.nlink > 1 } : { kind: 'special', name };
}

function ignoreMissing(cause: unknown): undefined {
  if (isMissingFile(cause)) return undefined;
  throw cause;
}
