import { lstat, realpath } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isAbort } from '../../base/aborts.ts';
import { errorText, type Logger } from '../../base/logger.ts';
import { type Exclusion, pathInside } from '../../privacy/exclusion.ts';
import { ignoreFileName } from '../../privacy/ignoreFile.ts';
import { type FoundFile, judgeFile } from './fileRules.ts';
import { type FolderView, rootView, viewInside } from './folderView.ts';
import { gitIgnoreName } from './gitRules.ts';

/** Which files of a workspace folder belong into the index; one set of rules for whole walks and for single files. */
export interface Discovery {
  /** All of them, by the rules as they are now, folder by folder. Rejects when the workspace folder cannot be read. */
  walk(signal: AbortSignal): AsyncGenerator<FoundFile>;
  /**
   * What an absolute path leads to: 'folder' for one that may hold files for the index; undefined when there is nothing
   * for it. Never rejects.
   */
  find(absolutePath: string): Promise<FoundFile | 'folder' | undefined>;
  /** Whether a change of this file changes which files belong into the index. */
  isRuleFile(absolutePath: string): boolean;
}

export interface DiscoveryOptions {
  /** Absolute path of the workspace folder. */
  readonly folder: string;
  /** The other workspace folders; one that lies inside this one has its own index. */
  readonly otherFolders?: readonly string[];
  /** What the user excluded is not read. */
  readonly exclusion: Exclusion;
  readonly log: Logger;
}

/** Enough to keep the threads that Node reads with busy. */
const foldersAtOnce = 8;
const filesAtOnce = 32;

/**
 * Links are never followed: what one leads to inside the workspace folder is found under its own path, once, and what lies
 * outside is not ours. Files that Git tracks although a rule names them are left out like the others.
 */
export function createDiscovery({ folder, otherFolders = [], exclusion, log }: DiscoveryOptions): Discovery {
  const others = new Set(otherFolders);
  const complaints = new Set<string>();

  async function* walk(signal: AbortSignal): AsyncGenerator<FoundFile> {
    exclusion.changed(join(folder, ignoreFileName));
    const waiting: (() => Promise<FolderView | undefined>)[] = [() => rootView(folder)];
    const visits = new Set<Promise<Visit>>();
    while (waiting.length + visits.size > 0) {
      while (waiting.length > 0 && visits.size < foldersAtOnce) start(waiting.pop());
      const visit = await Promise.race(visits);
      visits.delete(visit.self());
      signal.throwIfAborted();
      waiting.push(...visit.folders);
      yield* visit.files;
    }

    function start(open: (() => Promise<FolderView | undefined>) | undefined): void {
      if (open === undefined) return;
      const self: Promise<Visit> = visitFolder(open, signal).then((visit) => ({ ...visit, self: () => self }));
      visits.add(self);
    }
  }

  async function visitFolder(
    open: () => Promise<FolderView | undefined>,
    signal: AbortSignal,
  ): Promise<Omit<Visit, 'self'>> {
    const view = await open();
    if (view === undefined) return { files: [], folders: [] };
    const files: FoundFile[] = [];
    const names = view.entries.filter((entry) => entry.isFile()).map(({ name }) => name);
    for (let at = 0; at < names.length; at += filesAtOnce) {
      signal.throwIfAborted();
      const some = names.slice(at, at + filesAtOnce).map((name) => fileIn(view, name));
      for (const file of await Promise.all(some)) if (file !== undefined) files.push(file);
    }
    const inside = view.entries.filter((entry) => entry.isDirectory());
    return {
      files,
      folders: inside.map(
        ({ name }) =>
          () =>
            folderIn(view, name),
      ),
    };
  }

  function fileIn(view: FolderView, name: string): Promise<FoundFile | undefined> {
    return unlessUnreadable(join(view.absolutePath, name), judgeFile(view, name, exclusion));
  }

  function folderIn(view: FolderView, name: string): Promise<FolderView | undefined> {
    return unlessUnreadable(join(view.absolutePath, name), viewInside(view, name, others));
  }

  /** What cannot be read costs itself. */
  async function unlessUnreadable<T>(path: string, found: Promise<T>): Promise<T | undefined> {
    try {
      return await found;
    } catch (cause) {
      if (isAbort(cause)) throw cause;
      const complaint = `${path} is left out of the index: ${errorText(cause)}`;
      if (!complaints.has(complaint)) log.debug(complaint);
      complaints.add(complaint);
      return undefined;
    }
  }

  async function find(absolutePath: string): Promise<FoundFile | 'folder' | undefined> {
    exclusion.changed(absolutePath);
    const real = await realpath(absolutePath).catch(() => undefined);
    const inside = real && pathInside(await realpath(folder), real);
    if (inside === undefined || inside === '') return undefined;
    const names = inside.split('/');
    const last = names.pop() ?? '';
    let view: FolderView | undefined = await rootView(folder);
    for (const name of names) view = view && (await folderIn(view, name));
    if (view === undefined) return undefined;
    const found = await lstat(join(view.absolutePath, last));
    if (found.isFile()) return fileIn(view, last);
    return found.isDirectory() && (await folderIn(view, last)) !== undefined ? 'folder' : undefined;
  }

  return {
    walk,
    find: async (absolutePath) => (await unlessUnreadable(absolutePath, find(absolutePath))) ?? undefined,
    isRuleFile(absolutePath) {
      const name = basename(absolutePath);
      return (
        [gitIgnoreName, ignoreFileName].includes(name.toLowerCase()) || /[\\/]info[\\/]exclude$/.test(absolutePath)
      );
    },
  };
}

interface Visit {
  readonly files: readonly FoundFile[];
  readonly folders: readonly (() => Promise<FolderView | undefined>)[];
  /** The promise of this visit. */
  self(): Promise<Visit>;
}
