import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { foldersAbove, type GitRules, isGitIgnored, rulesInside } from './gitRules.ts';
import { isMadeByTool, isSkippedFolder } from './skippedFolders.ts';

/** A folder that belongs into the index, read. */
export interface FolderView {
  readonly absolutePath: string;
  /** Relative to the workspace folder, `/`-separated, NFC; '' is the workspace folder itself. */
  readonly path: string;
  readonly entries: readonly Dirent[];
  readonly names: ReadonlySet<string>;
  readonly rules: GitRules;
}

/** The workspace folder. Rejects when it cannot be read. */
export async function rootView(absolutePath: string): Promise<FolderView> {
  const listing = await listingOf(absolutePath);
  const rules = await rulesInside(absolutePath, basename(absolutePath), listing.names, await rulesAbove(absolutePath));
  return { absolutePath, path: '', ...listing, rules };
}

/**
 * A folder inside another one; undefined when it does not belong into the index. Rejects when it cannot be read.
 *
 * @param otherFolders workspace folders whose own index this would be, absolute paths
 */
export async function viewInside(
  outer: FolderView,
  name: string,
  otherFolders: ReadonlySet<string>,
): Promise<FolderView | undefined> {
  const absolutePath = join(outer.absolutePath, name);
  if (isSkippedFolder(name, outer.names) || otherFolders.has(absolutePath)) return undefined;
  if (isGitIgnored(outer.rules, name, 'folder')) return undefined;
  const listing = await listingOf(absolutePath);
  if (isMadeByTool(listing.names)) return undefined;
  const rules = await rulesInside(absolutePath, name, listing.names, outer.rules);
  return { absolutePath, path: pathIn(outer, name), ...listing, rules };
}

export function pathIn({ path }: FolderView, name: string): string {
  const nfc = name.normalize('NFC');
  return path === '' ? nfc : `${path}/${nfc}`;
}

/** What the repository above the workspace folder says. A folder that it leaves out was opened all the same: then nothing. */
async function rulesAbove(folder: string): Promise<GitRules | undefined> {
  let rules: GitRules | undefined;
  const chain = [...(await foldersAbove(folder)), folder];
  for (const [at, path] of chain.entries()) {
    const name = basename(path);
    if (rules !== undefined && isGitIgnored(rules, name, 'folder')) return undefined;
    if (at < chain.length - 1) rules = await rulesInside(path, name, (await listingOf(path)).names, rules);
  }
  return rules;
}

async function listingOf(path: string): Promise<Pick<FolderView, 'entries' | 'names'>> {
  const entries = await readdir(path, { withFileTypes: true });
  return { entries, names: new Set(entries.map(({ name }) => name)) };
}
