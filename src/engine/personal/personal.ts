import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Emitter } from '../../base/emitter.ts';
import { errorText, type Logger } from '../../base/logger.ts';
import { powerSource } from '../../codeIndex/indexer/power.ts';
import type { ModelRunner } from '../../inference/host/modelRunner.ts';
import type { AdapterStore } from '../../personalize/adapters/adapterStore.ts';
import { readBaseModel } from '../../personalize/adapters/baseModel.ts';
import type { Place } from '../../personalize/adapters/uses.ts';
import { neededExamples } from '../../personalize/dataset/split.ts';
import type { ExampleBook } from '../../personalize/examples/exampleBook.ts';
import { waitsFor } from '../../personalize/training/automaticTraining.ts';
import { forgetLastTraining } from '../../personalize/training/lastTraining.ts';
import type {
  AdapterPlace,
  AutomaticTraining,
  ExportResult,
  ImportAdapter,
  PersonalOverview,
  PersonalStatus,
  TrainResult,
  UseAdapter,
} from '../../protocol/personalMessages.ts';
import { type Problem, ProblemError } from '../../protocol/problems.ts';
import type { Settings } from '../../protocol/settings.ts';
import type { AdaptersInUse } from './adaptersInUse.ts';
import type { ModelInUse } from './modelInUse.ts';
import { adapterSummary, adaptersInUse, canRollBack, exampleTotals } from './overview.ts';
import { personalStatusOf } from './personalStatus.ts';
import type { StyleDesk } from './styleDesk.ts';
import type { Trainings } from './trainings.ts';

export interface PersonalParts {
  /** `personal/` in the data folder. */
  readonly folder: string;
  readonly book: ExampleBook;
  readonly store: AdapterStore;
  readonly trainings: Trainings;
  readonly inUse: AdaptersInUse;
  readonly style: StyleDesk;
  readonly model: (signal?: AbortSignal) => Promise<ModelInUse | undefined>;
  /** Of the model's file; undefined before the first. */
  readonly baseSha256: () => Promise<string | undefined>;
  readonly runner: Pick<ModelRunner, 'restart'>;
  readonly settings: () => Settings;
  readonly workspaceFolder: () => string;
  readonly log: Logger;
}

const checkEveryMs = 60_000;

/** What was learned from the user, as the client asks for it and changes it. */
export class Personal implements AsyncDisposable {
  readonly onStatus = new Emitter<PersonalStatus>();
  readonly #parts: PersonalParts;
  #counts = { usable: 0, fresh: 0 };
  #lastKeyMs = Date.now();
  readonly #timer: NodeJS.Timeout;

  constructor(parts: PersonalParts) {
    this.#parts = parts;
    parts.trainings.onChange.on(() => {
      if (parts.trainings.current === undefined) void this.recount();
      else this.#tell();
    });
    this.#timer = setInterval(() => void this.#check(), checkEveryMs).unref();
  }

  get status(): PersonalStatus {
    const { trainings, settings } = this.#parts;
    return personalStatusOf(trainings, settings().learn === 'off', this.#counts);
  }

  /** Once a model is up: goes on with what was interrupted. */
  async start(): Promise<void> {
    await this.#parts.inUse.refresh();
    if (this.#parts.settings().learn !== 'off') await this.#parts.trainings.goOn();
    await this.recount();
  }

  /** Examples, adapters or the user's switch may have changed: looks, and tells. */
  async recount(): Promise<void> {
    await Promise.all([this.#count(), this.#parts.inUse.refresh()]);
    this.#tell();
  }

  typed(): void {
    this.#lastKeyMs = Date.now();
    this.#parts.trainings.typed();
  }

  async overview(): Promise<PersonalOverview> {
    const { book, store, style, workspaceFolder } = this.#parts;
    await this.#count();
    const model = await this.#modelFacts();
    const folder = workspaceFolder();
    const [cards, uses, rules, counts] = await Promise.all([
      store.list(),
      store.uses(),
      book.rules(),
      book.counts(Date.now()),
    ]);
    const sha256 = model?.sha256;
    return {
      status: this.status,
      automatic: await this.#automatic(),
      counts: exampleTotals(counts, rules),
      rules,
      adapters: cards.map((card) => adapterSummary(card, sha256)),
      model: model ?? null,
      inUse: sha256 === undefined ? [] : adaptersInUse(uses, sha256, folder),
      canRollBack: sha256 !== undefined && canRollBack(uses, sha256),
      style: await style.summary(),
    };
  }

  async train(place: AdapterPlace): Promise<TrainResult> {
    if (this.#parts.settings().learn === 'off') return { ok: false, problem: { code: 'training.off' } };
    const result = await this.#parts.trainings.begin(place);
    await this.#count();
    return result;
  }

  /** Completions are written with it from the next one on. */
  use(order: UseAdapter): Promise<TrainResult> {
    return outcomeOf(async () => {
      const { store, inUse } = this.#parts;
      if (order.order === 'remove') await store.remove(order.id);
      else if (order.order === 'rename') await store.revise(order.id, { name: order.name });
      else if (order.order === 'rollBack') await store.rollBack(await this.#placeOf(order.place));
      else {
        const place = await this.#placeOf(order.place);
        await store.select(place, order.order === 'none' ? null : { id: order.id, scale: order.scale });
      }
      await inUse.refresh();
      this.#tell();
    });
  }

  async export(id: string, into: string): Promise<ExportResult> {
    try {
      return { ok: true, folder: await this.#parts.store.export(id, into) };
    } catch (cause) {
      return { ok: false, problem: problemOf(cause) };
    }
  }

  /** What others made is kept, and used where the user wanted it. */
  import({ paths, name, place }: ImportAdapter): Promise<TrainResult> {
    return outcomeOf(async () => {
      const { store, inUse } = this.#parts;
      const model = await this.#neededModel();
      const base = await readBaseModel(model.path, model.sha256, model.loaded.name);
      const facts = { name, kind: 'shared', examples: 0, training: null, proof: null, notes: '' } as const;
      const { id } = await store.import(paths, facts, base);
      await store.select(await this.#placeOf(place), { id, scale: 1 });
      await inUse.refresh();
      this.#tell();
    });
  }

  /** Deletes every example, adapter, profile and cache, and lets the model process go, which may hold some of it. */
  async forget(): Promise<void> {
    const { trainings, store, book, style, inUse, runner, folder } = this.#parts;
    await trainings.forget();
    await store.deleteAll();
    await book.deleteAll(Date.now());
    await style.forgetAll();
    await forgetLastTraining(join(folder, 'last.json'));
    await rm(folder, { recursive: true, force: true });
    await inUse.refresh();
    await runner.restart();
    await this.#count();
    this.#tell();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    await this.#parts.trainings[Symbol.asyncDispose]();
    await this.#parts.style[Symbol.asyncDispose]();
  }

  async #check(): Promise<void> {
    await this.#count();
    if ((await this.#automatic()).waitsFor === undefined && this.#parts.settings().learn === 'automatic')
      if (this.#parts.trainings.current === undefined) await this.#parts.trainings.begin({ kind: 'personal' });
    this.#tell();
  }

  async #automatic(): Promise<AutomaticTraining> {
    const isOn = this.#parts.settings().learn === 'automatic';
    const { endedMs } = await this.#parts.trainings.lastFor(await this.#parts.baseSha256());
    const wait = waitsFor({
      isOn,
      ...this.#counts,
      needed: neededExamples,
      lastEndedMs: endedMs === 0 ? undefined : endedMs,
      lastKeyMs: this.#lastKeyMs,
      power: isOn ? await powerSource() : 'unknown',
      nowMs: Date.now(),
    });
    return wait === undefined || wait === 'off' ? { isOn } : { isOn, waitsFor: wait };
  }

  async #count(): Promise<void> {
    try {
      const { newestMs } = await this.#parts.trainings.lastFor(await this.#parts.baseSha256());
      const { usable, fresh } = await this.#parts.book.counts(newestMs);
      this.#counts = { usable, fresh };
    } catch (cause) {
      this.#parts.log.debug(`The examples could not be counted: ${errorText(cause)}`);
    }
  }

  async #modelFacts(): Promise<PersonalOverview['model'] | undefined> {
    const model = await this.#parts.model().catch(() => undefined);
    return model && { name: model.loaded.name, sha256: model.sha256 };
  }

  async #neededModel(): Promise<ModelInUse> {
    const model = await this.#parts.model();
    if (model === undefined) throw new ProblemError({ code: 'training.noModel' });
    return model;
  }

  async #placeOf(place: AdapterPlace): Promise<Place> {
    const { sha256 } = await this.#neededModel();
    return { base: sha256, folder: place.kind === 'project' ? place.folder : '' };
  }

  #tell(): void {
    this.onStatus.fire(this.status);
  }
}

async function outcomeOf(work: () => Promise<void>): Promise<TrainResult> {
  try {
    await work();
    return { ok: true };
  } catch (cause) {
    return { ok: false, problem: problemOf(cause) };
  }
}

function problemOf(cause: unknown): Problem {
  if (cause instanceof ProblemError) return cause.problem;
  throw cause;
}
