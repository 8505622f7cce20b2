import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isAbandoned, isTemporary, writeAtomically } from '../../base/atomicFile.ts';
import { errorText, type Logger } from '../../base/logger.ts';
import type { PlannedFile } from '../../edits/plan/editPlan.ts';
import { ProblemError } from '../../protocol/problems.ts';
import { type Checkpoint, readCheckpoint } from './readCheckpoint.ts';

export interface CheckpointsOptions {
  /** Made when it is needed, for this user's eyes. */
  readonly folder: string;
  readonly log: Logger;
  readonly now: () => number;
  /** The oldest go first: by number, by size, by age. */
  readonly limits?: CheckpointLimits;
}

interface CheckpointLimits {
  readonly count: number;
  readonly bytes: number;
  readonly ageMs: number;
}

const usualLimits: CheckpointLimits = { count: 100, bytes: 100_000_000, ageMs: 30 * 24 * 60 * 60 * 1_000 };

/** What a killed process had not finished is removed when it lay untouched for so long: it holds code. */
const leftoverMs = 60_000;

/**
 * Checkpoints on the disk, one file each, which all windows share. One is whole or not there, whenever a process is
 * killed; a damaged one is as one that is not there.
 */
export class Checkpoints {
  readonly #options: CheckpointsOptions;

  constructor(options: CheckpointsOptions) {
    this.#options = options;
  }

  /** Resolves when it is on the disk. Rejects with a `ProblemError` (`edits.noCheckpoint`): then nothing may be written. */
  async keep(files: readonly PlannedFile[], id = newId(this.#options.now())): Promise<Checkpoint> {
    const { folder, now } = this.#options;
    const checkpoint: Checkpoint = { id, atMs: now(), files };
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const text = JSON.stringify({ version: 1, ...checkpoint });
      await writeAtomically(this.#pathOf(id), (file) => file.writeFile(text));
    } catch (cause) {
      throw new ProblemError({ code: 'edits.noCheckpoint', reason: errorText(cause) }, { cause });
    }
    await this.prune();
    return checkpoint;
  }

  /** Undefined when it is not there, or not any more. */
  async get(id: string): Promise<Checkpoint | undefined> {
    if (!isId(id)) return undefined;
    const text = await readFile(this.#pathOf(id), 'utf8').catch(() => undefined);
    return text === undefined ? undefined : readCheckpoint(id, text);
  }

  /** Nothing was written, so there is nothing to go back from. */
  async drop(id: string): Promise<void> {
    if (isId(id)) await rm(this.#pathOf(id), { force: true });
  }

  /** Newest first. */
  async list(): Promise<readonly Checkpoint[]> {
    const checkpoints: Checkpoint[] = [];
    for (const id of await this.#ids()) {
      const checkpoint = await this.get(id);
      if (checkpoint !== undefined) checkpoints.push(checkpoint);
    }
    return checkpoints.toSorted((a, b) => b.atMs - a.atMs || (a.id < b.id ? 1 : -1));
  }

  /** Newest first, as far as their names tell. */
  async #ids(): Promise<readonly string[]> {
    const names = await readdir(this.#options.folder).catch(() => []);
    return names
      .flatMap((name) => (name.endsWith('.json') ? [name.slice(0, -'.json'.length)] : []))
      .filter(isId)
      .toSorted()
      .toReversed();
  }

  /** Removes what is too old or too much, and what a killed process left. Never rejects. */
  async prune(): Promise<void> {
    try {
      await this.#prune();
    } catch (cause) {
      this.#options.log.warn(`Old checkpoints: ${errorText(cause)}`);
    }
  }

  async #prune(): Promise<void> {
    const { folder, now, limits = usualLimits } = this.#options;
    const names = await readdir(folder).catch(() => []);
    for (const name of names.filter(isTemporary))
      if (await isAbandoned(join(folder, name), leftoverMs)) await rm(join(folder, name), { force: true });
    let [count, bytes] = [0, 0];
    for (const id of await this.#ids()) {
      const facts = await stat(this.#pathOf(id)).catch(() => undefined);
      count++;
      bytes += facts?.size ?? 0;
      const isOld = facts !== undefined && now() - facts.mtimeMs > limits.ageMs;
      // The newest stays, however large it is.
      if (isOld || (count > 1 && (count > limits.count || bytes > limits.bytes))) await this.drop(id);
    }
  }

  #pathOf(id: string): string {
    return join(this.#options.folder, `${id}.json`);
  }
}

/** Sorts by time; chance tells apart what several windows keep in one millisecond. */
function newId(nowMs: number): string {
  return `${String(Math.max(0, Math.floor(nowMs))).padStart(15, '0')}-${randomBytes(6).toString('hex')}`;
}

function isId(name: string): boolean {
  return /^\d{15}-[0-9a-f]{12}$/.test(name);
}
