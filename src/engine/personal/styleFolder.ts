import { setImmediate as breathe } from 'node:timers/promises';
import { delay } from '../../base/aborts.ts';
import { errorText, type Logger } from '../../base/logger.ts';
import type { Discovery } from '../../codeIndex/discover/discovery.ts';
import type { FoundFile } from '../../codeIndex/discover/fileRules.ts';
import { isSkippedFolder } from '../../codeIndex/discover/skippedFolders.ts';
import { isInside } from '../../codeIndex/indexer/forgotten.ts';
import type { Gate } from '../../codeIndex/indexer/gate.ts';
import { isStyleConfig } from '../../personalize/style/config/readConfig.ts';
import type { StyledFile } from '../../personalize/style/folderStyle.ts';
import type { StyleKeeper } from '../../personalize/style/styleKeeper.ts';
import { type Exclusion, pathInside } from '../../privacy/exclusion.ts';
import { readStyleSample } from './styleSample.ts';

export interface StyleFolderOptions {
  /** Absolute path of the workspace folder; the keeper has it open. */
  readonly folder: string;
  readonly keeper: StyleKeeper;
  /** The same files as in the index. */
  readonly discovery: Discovery;
  readonly exclusion: Pick<Exclusion, 'isExcluded'>;
  readonly gate: Pick<Gate, 'pass'>;
  readonly log: Logger;
}

/** Saving one file makes several events. */
const gatherMs = 300;
/** More than anybody saves by hand: a change of branch. */
const maxChanges = 20;
/** After so many files of a walk, others get their turn; hardly a millisecond. */
const filesPerSlice = 50;

/**
 * Keeps the style of one workspace folder in step with its files: by a walk in idle moments, whose end nobody waits for,
 * and by what is saved, made and deleted from then on, which overtakes it.
 */
export class StyleFolder implements AsyncDisposable {
  readonly #options: StyleFolderOptions;
  readonly #ended = new AbortController();
  /** What was read so far, and when it had been changed: configurations and what shows no style are in no count. */
  readonly #read = new Map<string, number>();
  readonly #changed = new Set<string>();
  #isLooking = false;
  #looking: Promise<void> = Promise.resolve();
  #walk = new AbortController();
  #walking: Promise<void> = Promise.resolve();

  constructor(options: StyleFolderOptions) {
    this.#options = options;
  }

  /** Goes over the whole folder; anew, if it is at it. */
  walk(): void {
    this.#walk.abort();
    this.#walk = new AbortController();
    const signal = AbortSignal.any([this.#ended.signal, this.#walk.signal]);
    const { folder, log } = this.#options;
    this.#walking = this.#walking
      .then(() => this.#goOver(signal))
      .catch((cause: unknown) => {
        if (!signal.aborted) log.warn(`The style of ${folder} is not measured: ${errorText(cause)}`);
      });
  }

  /** @param absolutePaths files or folders, wherever they lie, that were made, changed or deleted */
  changed(absolutePaths: readonly string[]): void {
    for (const path of absolutePaths) if (this.#concerns(path)) this.#changed.add(path);
    if (this.#isLooking || this.#changed.size === 0 || this.#ended.signal.aborted) return;
    this.#isLooking = true;
    this.#looking = this.#look(this.#ended.signal).catch(() => undefined);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ended.abort();
    await Promise.all([this.#looking, this.#walking]);
  }

  #concerns(absolutePath: string): boolean {
    const inside = pathInside(this.#options.folder, absolutePath);
    return inside !== undefined && !inside.split('/').some((name) => isSkippedFolder(name, noNames));
  }

  async #look(signal: AbortSignal): Promise<void> {
    while (this.#changed.size > 0) {
      await this.#untilGathered(signal);
      const paths = [...this.#changed];
      this.#changed.clear();
      if (paths.length > maxChanges || paths.some((path) => this.#options.discovery.isRuleFile(path))) this.walk();
      else for (const path of paths) await this.#lookAt(path, signal);
    }
    this.#isLooking = false;
  }

  /** A flood of events is over when none comes for a while. */
  async #untilGathered(signal: AbortSignal): Promise<void> {
    let before = 0;
    do {
      before = this.#changed.size;
      await delay(gatherMs, signal);
    } while (this.#changed.size > maxChanges && this.#changed.size > before);
  }

  async #lookAt(absolutePath: string, signal: AbortSignal): Promise<void> {
    const { folder, keeper, discovery } = this.#options;
    const found = await discovery.find(absolutePath);
    signal.throwIfAborted();
    if (found === 'folder') this.walk();
    else if (found === undefined) this.#dropInside(absolutePath);
    else if (this.#isNew(found)) await this.#take(found, (file) => keeper.saved(folder, file), signal);
  }

  async #goOver(signal: AbortSignal): Promise<void> {
    const { folder, keeper, gate } = this.#options;
    const fresh = await this.#freshFiles(signal);
    for (let at = 0, workedMs = 0; at < fresh.length; at++) {
      await gate.pass(workedMs, signal);
      const startMs = performance.now();
      const file = fresh[at];
      // Meanwhile it may have been saved, or there are enough that are newer.
      if (file !== undefined && this.#isNew(file))
        await this.#take(file, (sample) => keeper.add(folder, sample), signal);
      else if (at % filesPerSlice === 0) await breathe();
      workedMs = performance.now() - startMs;
    }
  }

  /** What the walk has to read: configurations, then the newest first. What is not to be seen any more is dropped. */
  async #freshFiles(signal: AbortSignal): Promise<readonly FoundFile[]> {
    const { discovery, gate } = this.#options;
    const gone = this.#known();
    const fresh: FoundFile[] = [];
    let files = 0;
    await gate.pass(0, signal);
    for await (const file of discovery.walk(signal)) {
      gone.delete(file.path);
      if (this.#isNew(file)) fresh.push(file);
      if (++files % filesPerSlice > 0) continue;
      await breathe();
      await gate.pass(0, signal);
    }
    signal.throwIfAborted();
    for (const path of gone) this.#drop(path);
    return fresh.toSorted((a, b) => rankOf(a) - rankOf(b) || b.modifiedMs - a.modifiedMs);
  }

  #isNew({ path, languageId, modifiedMs }: FoundFile): boolean {
    const { folder, keeper } = this.#options;
    if (this.#read.get(path) === modifiedMs) return false;
    return isStyleConfig(path) || keeper.wants(folder, path, languageId, modifiedMs);
  }

  async #take(found: FoundFile, add: (file: StyledFile) => void, signal: AbortSignal): Promise<void> {
    // The user may have excluded it since it was found.
    const isExcluded = await this.#options.exclusion.isExcluded(found.absolutePath);
    const file = isExcluded ? undefined : await readStyleSample(found);
    signal.throwIfAborted();
    if (file === undefined) this.#drop(found.path);
    else add(file);
    this.#read.set(found.path, file?.modifiedMs ?? found.modifiedMs);
  }

  /** Everything that may have left a trace. */
  #known(): Set<string> {
    const { folder, keeper } = this.#options;
    return new Set([...keeper.paths(folder), ...this.#read.keys()]);
  }

  #dropInside(absolutePath: string): void {
    const inside = pathInside(this.#options.folder, absolutePath)?.normalize('NFC');
    if (inside === undefined) return;
    for (const path of this.#known()) if (isInside(path, inside)) this.#drop(path);
  }

  #drop(path: string): void {
    this.#read.delete(path);
    this.#options.keeper.removed(this.#options.folder, path);
  }
}

const noNames: ReadonlySet<string> = new Set();

function rankOf({ path }: FoundFile): number {
  return isStyleConfig(path) ? 0 : 1;
}
