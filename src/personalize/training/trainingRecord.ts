import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomically } from '../../base/atomicFile.ts';
import type { TrainOptions } from '../trainer/trainerProtocol.ts';

/** Which adapter a training makes: the personal one, or that of a workspace folder. */
export type TrainingPlace = { readonly kind: 'personal' } | { readonly kind: 'project'; readonly folder: string };

/**
 * A training that has begun: everything that is needed to go on with it after the engine, the trainer or the machine
 * went down. Beside `samples.jsonl`, in a folder of its own, until it has ended.
 */
export interface TrainingRecord<Proofs = unknown> {
  readonly version: 1;
  readonly id: string;
  readonly place: TrainingPlace;
  /** The workspace folder that was open (`''`: none): what is in use there is what the adapter is held against. */
  readonly folder: string;
  readonly base: { readonly sha256: string; readonly name: string; readonly path: string };
  readonly startedMs: number;
  /** How many of the user's own examples are trained on, and the time of the newest that was looked at. */
  readonly examples: number;
  readonly newestMs: number;
  readonly below: readonly { readonly path: string; readonly scale: number }[];
  readonly options: TrainOptions;
  /** The user's pause outlives a restart. */
  readonly isPaused: boolean;
  /** What is needed to prove the adapter: examples held out, validation, general code, all laid out. */
  readonly proofs: Proofs;
}

/** The folders of trainings that have not ended. There is one at a time, and what a killed window left. */
export class TrainingRecords {
  readonly #root: string;

  /** @param root `personal/runs` in the data folder; need not exist */
  constructor(root: string) {
    this.#root = root;
  }

  /** Makes the folder, and the one above it, where locks and the like lie. */
  async prepare(): Promise<void> {
    await mkdir(this.#root, { recursive: true, mode: 0o700 });
  }

  folderOf(id: string): string {
    return join(this.#root, id);
  }

  samplesPath(id: string): string {
    return join(this.folderOf(id), 'samples.jsonl');
  }

  async make(id: string): Promise<void> {
    await mkdir(this.folderOf(id), { recursive: true, mode: 0o700 });
  }

  /** Written last of what a training needs: a folder without a record was never begun. */
  async write(record: TrainingRecord): Promise<void> {
    await writeAtomically(join(this.folderOf(record.id), 'training.json'), (file) =>
      file.writeFile(JSON.stringify(record)),
    );
  }

  /** The newest training that did not end; what is unreadable or older is removed. */
  async unfinished(): Promise<TrainingRecord | undefined> {
    const names = await readdir(this.#root).catch(() => []);
    const records = await Promise.all(names.map((name) => this.#read(name)));
    const newest = records.filter((record) => record !== undefined).toSorted((a, b) => b.startedMs - a.startedMs)[0];
    for (const name of names) if (name !== newest?.id) await this.remove(name);
    return newest;
  }

  /** Its samples are the user's code: gone for good once they are learned. */
  async remove(id: string): Promise<void> {
    await rm(this.folderOf(id), { recursive: true, force: true });
  }

  async removeAll(): Promise<void> {
    await rm(this.#root, { recursive: true, force: true });
  }

  async #read(name: string): Promise<TrainingRecord | undefined> {
    try {
      const record: TrainingRecord = JSON.parse(await readFile(join(this.#root, name, 'training.json'), 'utf8'));
      return record.version === 1 && record.id === name ? record : undefined;
    } catch {
      return undefined;
    }
  }
}
