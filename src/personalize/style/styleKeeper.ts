import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { Emitter } from '../../base/emitter.ts';
import { errorText, type Logger } from '../../base/logger.ts';
import { mergedEdits, noEdits, type StyleEdits } from './edits.ts';
import {
  type AllEdits,
  type DamagedEdits,
  deleteEditsFile,
  noEditsAtAll,
  readEditsFile,
  writeEditsFile,
} from './editsFile.ts';
import { FolderStyle, type StyledFile } from './folderStyle.ts';
import { measuredPath, readMeasured, writeMeasured } from './measuredStore.ts';
import type { StyleProfile } from './profile.ts';

export interface StyleKeeperOptions {
  readonly dataFolder: string;
  readonly log: Logger;
  /** The edited profiles made no sense and were set aside: the user should hear of it. */
  readonly onDamaged: (damaged: DamagedEdits) => void;
}

/** Somebody who saves again and again is measured once. */
const settleMs = 500;
/** What was measured is written this long after the first change; a killed process measures again what it lost. */
const writeAfterMs = 30_000;

const noProfile: StyleProfile = { families: [], lines: [], notes: [] };

/**
 * The style profiles of the open workspace folders. Use:
 *
 *     await keeper.open(folder)                        when a folder opens: what was measured last time
 *     if (keeper.wants(folder, path, ...)) keeper.add  for each file of a walk, and for configuration files
 *     keeper.saved(folder, file)                       at every save; keeper.removed(folder, path) at every deletion
 *     keeper.profile(folder)                           at any time, at once
 *     await keeper.edit(folder, change)                what the user changed by hand; folder undefined: everywhere
 *
 * It reads no file of the user's: whoever feeds it answers for what may be seen.
 */
export class StyleKeeper implements AsyncDisposable {
  /** The absolute path of the folder whose profile changed. */
  readonly onChange = new Emitter<string>();
  readonly #options: StyleKeeperOptions;
  readonly #editsPath: string;
  readonly #measuredFolder: string;
  readonly #folders = new Map<string, FolderStyle>();
  readonly #merged = new Map<string, StyleEdits>();
  readonly #queue = new Map<string, { readonly folder: string; readonly file: StyledFile }>();
  #edits: AllEdits = noEditsAtAll;
  #settling: NodeJS.Timeout | undefined;
  #writing: NodeJS.Timeout | undefined;
  /** Everything that touches the disk runs in its turn. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: StyleKeeperOptions) {
    this.#options = options;
    const personal = join(options.dataFolder, 'personal');
    this.#editsPath = join(personal, 'style.json');
    this.#measuredFolder = join(personal, 'measuredStyle');
  }

  /** Resolves when the folder's profile is what it was when it was last written. */
  open(folder: string): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#folders.has(folder)) return;
      this.#folders.set(folder, new FolderStyle(await readMeasured(measuredPath(this.#measuredFolder, folder))));
      await this.#readEdits().catch((cause: unknown) =>
        this.#options.log.warn(`Style profiles are used without what was edited: ${errorText(cause)}`),
      );
    });
  }

  /** Reads what the user changed anew: another window may have changed it. Rejects when it cannot be read. */
  reload(): Promise<void> {
    return this.#inTurn(() => this.#readEdits());
  }

  async close(folder: string): Promise<void> {
    await this.flush();
    this.#folders.delete(folder);
  }

  /** Of a folder that was not opened: nothing. */
  profile(folder: string): StyleProfile {
    return this.#folders.get(folder)?.profile(this.#editsOf(folder)) ?? noProfile;
  }

  /** Whether reading a file would tell anything new. */
  wants(folder: string, path: string, languageId: string, modifiedMs: number): boolean {
    return this.#folders.get(folder)?.wants(path, languageId, modifiedMs) ?? false;
  }

  /** Takes a file in at once: a few milliseconds. For walks, which should pause between files. */
  add(folder: string, file: StyledFile): void {
    this.#folders.get(folder)?.add(file);
    this.#changed(folder);
  }

  /** Takes a file in once nobody has saved it for half a second. */
  saved(folder: string, file: StyledFile): void {
    this.#queue.set(`${folder}\0${file.path}`, { folder, file });
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => void this.#settle(), settleMs).unref();
  }

  /** Deleted, renamed, or no longer to be seen. */
  removed(folder: string, path: string): void {
    this.#queue.delete(`${folder}\0${path}`);
    this.#folders.get(folder)?.remove(path);
    this.#changed(folder);
  }

  /** The files whose habits count, so that those that the user excluded meanwhile can be removed. */
  paths(folder: string): readonly string[] {
    return (
      this.#folders
        .get(folder)
        ?.measured.files()
        .map(({ path }) => path) ?? []
    );
  }

  /** What the user changed by hand, for one folder or for everywhere. */
  edits(folder: string | undefined): StyleEdits {
    return (folder === undefined ? this.#edits.everywhere : this.#edits.folders.get(folder)) ?? noEdits;
  }

  /** Resolves when the change is on the disk. Rejects when it cannot be written. */
  edit(folder: string | undefined, change: (edits: StyleEdits) => StyleEdits): Promise<void> {
    return this.#inTurn(async () => {
      // Another window may have changed something.
      await this.#readEdits();
      const changed = change(this.edits(folder));
      const { everywhere, folders } = this.#edits;
      const edits =
        folder === undefined
          ? { everywhere: changed, folders }
          : { everywhere, folders: new Map(folders).set(folder, changed) };
      await writeEditsFile(this.#editsPath, edits);
      this.#setEdits(edits);
    });
  }

  /** Deletes every count and every edit, here and on the disk. */
  forgetAll(): Promise<void> {
    this.#queue.clear();
    return this.#inTurn(async () => {
      await deleteEditsFile(this.#editsPath);
      await rm(this.#measuredFolder, { recursive: true, force: true });
      for (const folder of this.#folders.keys()) this.#folders.set(folder, new FolderStyle());
      this.#setEdits(noEditsAtAll);
    });
  }

  /** Resolves when everything saved so far counts and is written. */
  async flush(): Promise<void> {
    await this.#settle();
    clearTimeout(this.#writing);
    this.#writing = undefined;
    await this.#inTurn(() => this.#write());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.flush();
  }

  async #settle(): Promise<void> {
    clearTimeout(this.#settling);
    // Iterating over the queue itself: what is removed or forgotten meanwhile does not come back.
    for (const [key, { folder, file }] of this.#queue) {
      this.#queue.delete(key);
      this.add(folder, file);
      await breathe();
    }
  }

  async #write(): Promise<void> {
    for (const [folder, style] of this.#folders) {
      if (!style.isDirty) continue;
      style.isDirty = false;
      await writeMeasured(measuredPath(this.#measuredFolder, folder), style.measured).catch((cause: unknown) =>
        this.#options.log.warn(`The measured style of a folder is not kept: ${errorText(cause)}`),
      );
    }
  }

  async #readEdits(): Promise<void> {
    const { edits, damaged } = await readEditsFile(this.#editsPath);
    if (damaged !== undefined) {
      this.#options.log.error(`Edited style profiles made no sense and lie in ${damaged.aside} now: ${damaged.reason}`);
      this.#options.onDamaged(damaged);
    }
    this.#setEdits(edits);
  }

  #setEdits(edits: AllEdits): void {
    this.#edits = edits;
    this.#merged.clear();
    for (const folder of this.#folders.keys()) this.onChange.fire(folder);
  }

  #editsOf(folder: string): StyleEdits {
    let merged = this.#merged.get(folder);
    if (merged === undefined) {
      merged = mergedEdits(this.#edits.everywhere, this.#edits.folders.get(folder) ?? noEdits);
      this.#merged.set(folder, merged);
    }
    return merged;
  }

  #changed(folder: string): void {
    if (!this.#folders.has(folder)) return;
    this.onChange.fire(folder);
    this.#writing ??= setTimeout(() => void this.flush(), writeAfterMs).unref();
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}
