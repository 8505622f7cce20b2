import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isMissingFile } from '../../base/missingFile.ts';
import { delay } from '../../base/aborts.ts';
import { syncFolder, writeAtomically } from '../../base/atomicFile.ts';
import { tryLock } from '../../base/fileLock.ts';
import { errorText, type Logger } from '../../base/logger.ts';
import { ProblemError } from '../../protocol/problems.ts';
import { noUses, parseUses, type Uses } from './uses.ts';

/** A change takes milliseconds; somebody who needs longer is gone or asleep. */
const lockPatienceMs = 10_000;
const lockPauseMs = 20;

interface Read {
  /** Changes with every replacement of the file, whoever wrote it. */
  readonly revision: string;
  readonly uses: Uses;
  readonly isDamaged: boolean;
}

/** `use.json`, which all windows read and write: one at a time, each on top of what the others wrote. */
export class UseFile {
  readonly #path: string;
  readonly #log: Logger;
  #read: Read = { revision: '', uses: noUses, isDamaged: false };

  constructor(folder: string, log: Logger) {
    this.#path = join(folder, 'use.json');
    this.#log = log;
  }

  /** What is in use now, and a mark that is another after every change; costs one look at the folder when none was made. */
  async read(): Promise<Pick<Read, 'uses' | 'revision'>> {
    if (this.#read.revision !== (await this.#revision())) this.#read = await this.#open();
    return this.#read;
  }

  /**
   * Puts `step` of the uses in their place, while no other window changes them.
   *
   * @param before what has to be done, under the same lock, before that: when it rejects, nothing changes
   * @param after what has to be done, under the same lock, after that
   */
  async change(
    step: (uses: Uses) => Uses,
    { before, after }: { readonly before?: () => Promise<void>; readonly after?: () => Promise<void> } = {},
  ): Promise<Uses> {
    await using _ = await this.#lock();
    await before?.();
    const { uses, isDamaged } = await this.#open();
    const changed = step(uses);
    if (isDamaged) await rename(this.#path, `${this.#path}.damaged`);
    if (changed !== uses || isDamaged) {
      const text = JSON.stringify(changed, undefined, 2);
      await writeAtomically(this.#path, (file) => file.writeFile(text));
    }
    await after?.();
    return changed;
  }

  /** Forgets all uses, and does something else under the same lock. */
  async erase(after: () => Promise<void>): Promise<void> {
    await using _ = await this.#lock();
    await rm(this.#path, { force: true });
    await syncFolder(dirname(this.#path));
    await after();
  }

  async #lock(): Promise<AsyncDisposable> {
    await mkdir(dirname(this.#path), { recursive: true, mode: 0o700 });
    const path = join(dirname(this.#path), 'use.lock');
    for (const start = Date.now(); ; await delay(lockPauseMs)) {
      const lock = await tryLock(path);
      if (lock) return { [Symbol.asyncDispose]: () => lock.release() };
      if (Date.now() - start > lockPatienceMs) throw new ProblemError({ code: 'adapter.busy' });
    }
  }

  async #revision(): Promise<string> {
    const stats = await stat(this.#path, { bigint: true }).catch(() => undefined);
    return stats ? revisionOf(stats) : '';
  }

  async #open(): Promise<Read> {
    try {
      await using file = await open(this.#path);
      const revision = revisionOf(await file.stat({ bigint: true }));
      const text = await file.readFile('utf8');
      try {
        return { revision, uses: parseUses(JSON.parse(text)), isDamaged: false };
      } catch (cause) {
        this.#log.warn(`use.json is damaged, so no adapter is used: ${errorText(cause)}`);
        return { revision, uses: noUses, isDamaged: true };
      }
    } catch (cause) {
      if (isMissingFile(cause)) return { revision: '', uses: noUses, isDamaged: false };
      throw cause;
    }
  }
}

/** Each version of the file is a file of its own, so its number alone tells two within one tick of the clock apart. */
function revisionOf({ ino, mtimeNs, size }: { ino: bigint; mtimeNs: bigint; size: bigint }): string {
  return `${ino} ${mtimeNs} ${size}`;
}
