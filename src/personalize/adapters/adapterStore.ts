import { rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { errorText, type Logger } from '../../base/logger.ts';
import { type LoraAdapter, rankOf, readLoraGguf } from '../../formats/gguf/loraGguf.ts';
import { type Problem, ProblemError } from '../../protocol/problems.ts';
import { AdapterFolders, newAdapterId } from './adapterFolders.ts';
import { kindOf } from './architectures.ts';
import type { BaseModel } from './baseModel.ts';
import { type AdapterCard, type AdapterFacts, isAdapterId } from './card.ts';
import { checkAdapter } from './checkAdapter.ts';
import { exportAdapter } from './exportAdapter.ts';
import { readForeignAdapter } from './importAdapter.ts';
import { deleteFolder, removeLeftovers } from './leftovers.ts';
import { modelSha256 } from './modelSha256.ts';
import { UseFile } from './useFile.ts';
import { type Place, rescale, rollBack, type Selection, select, selectedFor, type Uses, without } from './uses.ts';

export interface AdapterStoreOptions {
  /** `personal/` in the data folder; need not exist. */
  readonly folder: string;
  readonly log: Logger;
  /** For how long an unfinished adapter of a process that is gone is left alone. */
  readonly leftoverMs?: number;
}

/** What the model is to run with, in order, and which adapters had to be left out. */
export interface AdapterStack {
  readonly adapters: readonly { readonly path: string; readonly scale: number }[];
  readonly problems: readonly Problem[];
}

const defaultLeftoverMs = 10 * 60_000;
/** How soon a lost adapter is looked for again. */
const lostAgainMs = 30_000;

/** All adapters of this user and which of them are used; any number of windows may have it open. */
export class AdapterStore {
  readonly #folder: string;
  readonly #folders: AdapterFolders;
  readonly #uses: UseFile;
  /** The last answer for each model and folder, true as long as the uses stay. */
  readonly #stacks = new Map<
    string,
    { readonly revision: string; readonly untilMs: number; readonly stack: AdapterStack }
  >();

  private constructor({ folder, log }: AdapterStoreOptions) {
    this.#folder = folder;
    this.#folders = new AdapterFolders(join(folder, 'adapters'), log);
    this.#uses = new UseFile(folder, log);
  }

  /** Opens the store and removes what killed processes left in it. */
  static async open(options: AdapterStoreOptions): Promise<AdapterStore> {
    const { folder, leftoverMs = defaultLeftoverMs } = options;
    await removeLeftovers(folder, join(folder, 'adapters'), leftoverMs);
    return new AdapterStore(options);
  }

  /** SHA-256 of a base model's file; remembered, so only the first time takes its second or two. */
  baseSha256(modelPath: string, signal?: AbortSignal): Promise<string> {
    return modelSha256(modelPath, join(this.#folder, 'hashes.json'), signal);
  }

  /** The cards of all adapters that are complete and undamaged, newest first. */
  list(): Promise<readonly AdapterCard[]> {
    return this.#folders.list();
  }

  /** Keeps an adapter that was trained here. Throws `ProblemError` (`adapter.*`) and keeps nothing. */
  async add(adapter: LoraAdapter, facts: AdapterFacts, base: BaseModel): Promise<AdapterCard> {
    checkAdapter(adapter, base);
    return this.#add(adapter, facts, base, 'trained');
  }

  /** The same for one that lies in a GGUF file. */
  async addFile(path: string, facts: AdapterFacts, base: BaseModel): Promise<AdapterCard> {
    return this.add(await readLoraGguf(path), facts, base);
  }

  /** Keeps an adapter that somebody else made (`readForeignAdapter`). Throws `ProblemError` (`adapter.*`) and keeps nothing. */
  async import(paths: readonly string[], facts: AdapterFacts, base: BaseModel): Promise<AdapterCard> {
    return this.#add(await readForeignAdapter(paths, base), facts, base, 'imported');
  }

  /** An adapter's numbers, checked again. Throws `ProblemError` (`adapter.unknown`, `adapter.damaged`). */
  async load(id: string): Promise<LoraAdapter> {
    await this.#find(id);
    const path = this.#folders.ggufPath(id);
    return readLoraGguf(path).catch((cause: unknown) => {
      throw new ProblemError({ code: 'adapter.damaged', path, reason: errorText(cause) }, { cause });
    });
  }

  /** Gives an adapter another name or the proof it has passed. Throws `ProblemError` (`adapter.unknown`). */
  async revise(id: string, changes: Partial<Pick<AdapterCard, 'name' | 'proof' | 'notes'>>): Promise<AdapterCard> {
    const card = { ...(await this.#find(id)), ...changes };
    await this.#folders.rewrite(card);
    return card;
  }

  /** Writes an adapter for other programs into a new folder in `parent`, and returns it (`exportAdapter`). */
  async export(id: string, parent: string): Promise<string> {
    return exportAdapter(await this.load(id), await this.#find(id), this.#folders.ggufPath(id), parent);
  }

  /** Takes an adapter out of use everywhere and deletes it. */
  async remove(id: string): Promise<void> {
    if (!isAdapterId(id)) throw new ProblemError({ code: 'adapter.unknown', id });
    const after = () => deleteFolder(join(this.#folder, 'adapters'), id);
    await this.#uses.change((uses) => without(uses, id), { after });
  }

  /** Deletes all adapters, what is known of their use, and the models' hashes. */
  async deleteAll(): Promise<void> {
    await this.#uses.erase(() => deleteFolder(this.#folder, 'adapters'));
    await rm(join(this.#folder, 'hashes.json'), { force: true });
    await rm(join(this.#folder, 'use.json.damaged'), { force: true });
    // Others keep things here, too.
    await rmdir(this.#folder).catch(() => {});
  }

  /** Which adapters are used, in all places, as any window last changed it. */
  async uses(): Promise<Uses> {
    return (await this.#uses.read()).uses;
  }

  /** Uses an adapter there, or none. Throws `ProblemError` (`adapter.unknown`, `adapter.otherBase`). */
  async select(place: Place, selection: Selection | null): Promise<Uses> {
    const before = async (): Promise<void> => {
      if (selection === null) return;
      const { base } = await this.#find(selection.id);
      if (base.sha256 !== place.base)
        throw new ProblemError({ code: 'adapter.otherBase', madeFor: base.name, base: place.base.slice(0, 12) });
    };
    return this.#uses.change((uses) => select(uses, place, selection), { before });
  }

  rescale(place: Place, scale: number): Promise<Uses> {
    return this.#uses.change((uses) => rescale(uses, place, scale));
  }

  rollBack(place: Place): Promise<Uses> {
    return this.#uses.change((uses) => rollBack(uses, place));
  }

  /**
   * What a model is to run with in a workspace folder (`''`: outside one). Each adapter's file is read before it is named here
   * for the first time, so what is missing, damaged or made for another model is left out. Cheap as long as
   * no window changes a use: may be asked for every request.
   */
  async stackFor(baseSha256: string, folder: string): Promise<AdapterStack> {
    const { uses, revision } = await this.#uses.read();
    const key = `${baseSha256} ${folder}`;
    const known = this.#stacks.get(key);
    if (known?.revision === revision && Date.now() < known.untilMs) return known.stack;
    const stack = await this.#stackOf(selectedFor(uses, baseSha256, folder), baseSha256);
    // A virus scanner may have held a file that can be read again later.
    const untilMs = stack.problems.length === 0 ? Number.POSITIVE_INFINITY : Date.now() + lostAgainMs;
    this.#stacks.set(key, { revision, untilMs, stack });
    return stack;
  }

  async #stackOf(selected: readonly Selection[], baseSha256: string): Promise<AdapterStack> {
    const adapters: { path: string; scale: number }[] = [];
    const problems: Problem[] = [];
    for (const { id, scale } of selected) {
      const card = await this.#folders.find(id, { fresh: true });
      if (card?.base.sha256 === baseSha256) adapters.push({ path: this.#folders.ggufPath(id), scale });
      else problems.push({ code: 'adapter.lost', name: card?.name ?? id });
    }
    return { adapters, problems };
  }

  async #add(
    adapter: LoraAdapter,
    facts: AdapterFacts,
    { sha256, name, architecture, heads, kvHeads }: BaseModel,
    origin: AdapterCard['origin'],
  ): Promise<AdapterCard> {
    const nowMs = Date.now();
    try {
      return await this.#folders.add(adapter, {
        ...facts,
        version: 1,
        id: newAdapterId(nowMs),
        base: { sha256, name, architecture, heads, kvHeads },
        rank: rankOf(adapter),
        alpha: adapter.alpha,
        modules: kindsOf(adapter),
        createdMs: nowMs,
        origin,
      });
    } catch (cause) {
      if (!(cause instanceof Error && 'syscall' in cause)) throw cause;
      throw new ProblemError({ code: 'adapter.notWritten', path: this.#folder, reason: cause.message }, { cause });
    }
  }

  async #find(id: string): Promise<AdapterCard> {
    const card = await this.#folders.find(id, { fresh: true });
    if (!card) throw new ProblemError({ code: 'adapter.unknown', id });
    return card;
  }
}

function kindsOf({ modules }: LoraAdapter): readonly string[] {
  return [...new Set([...modules.keys()].map((weight) => kindOf(weight) ?? weight))].toSorted();
}
