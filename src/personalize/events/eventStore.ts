import { join } from 'node:path';
import { errorText, type Logger } from '../../base/logger.ts';
import type { Statistics } from '../../protocol/messages.ts';
import { type Problem, ProblemError } from '../../protocol/problems.ts';
import type { MayLearn } from './exampleEvent.ts';
import { defaultLimits, type Limits, prune } from './pruning.ts';
import { inTransaction } from './schema.ts';
import { type DatabaseSync, findSqlite, type OpenSqlite } from './sqlite.ts';
import { readStatistics } from './statistics.ts';
import { insertEvents, type StoredEvent } from './storedEvent.ts';
import { StoreFile } from './storeFile.ts';

export interface EventStoreOptions {
  readonly dataFolder: string;
  /** Asked just before writing: events for which it says no are dropped. */
  readonly mayStore: (uri: string) => Promise<boolean>;
  /** Reads the rules by which examples are kept or not, at every write; absent: all are kept. */
  readonly mayLearn?: (database: DatabaseSync) => MayLearn;
  /** Told when examples are deleted: what would become one must be forgotten as well. */
  readonly onForget?: () => void;
  readonly log: Logger;
  readonly onProblem: (problem: Problem) => void;
  readonly limits?: Limits;
  readonly sqlite?: OpenSqlite;
}

/** What is only counted waits so long in memory, and is lost when the process is killed. */
const flushAfterMs = 500;
/** After a failure (disk full, no permission) nothing is recorded for so long. */
const retryAfterMs = 60_000;

const exampleTables = ['example'];
const allTables = ['survival', 'outcome', 'example', 'completion', 'learningRule'];

/**
 * `events.sqlite` in the data folder: written by every window at once, whole or not at all. `add` only queues; the file
 * is opened at the first write, so a store that is never written to leaves no trace. Never throws at those who record.
 *
 * Texts to learn from are written in the next turn of the event loop: a killed process loses none. A power cut can
 * cost what the system had not brought to the disk yet: as a rule the last half minute, never the file.
 */
export class EventStore implements AsyncDisposable {
  readonly #options: EventStoreOptions;
  readonly #limits: Limits;
  readonly #file: StoreFile;
  #queue: { readonly uri: string; readonly event: StoredEvent }[] = [];
  #timer: NodeJS.Timeout | undefined;
  #immediate: NodeJS.Immediate | undefined;
  /** Everything that touches the file runs in its turn. */
  #turn: Promise<unknown> = Promise.resolve();
  #failure: { readonly problem: Problem; readonly untilMs: number } | undefined;

  constructor(options: EventStoreOptions) {
    this.#options = options;
    this.#limits = options.limits ?? defaultLimits;
    this.#file = new StoreFile({
      path: join(options.dataFolder, 'events.sqlite'),
      maxFileBytes: this.#limits.maxBytes * 2,
      sqlite: 'sqlite' in options ? options.sqlite : findSqlite(),
      log: options.log,
    });
  }

  /** Why nothing is recorded at the moment. */
  get problem(): Problem | undefined {
    return this.#failure?.problem;
  }

  add(uri: string, event: StoredEvent): void {
    if (this.#failure !== undefined && performance.now() < this.#failure.untilMs) return;
    this.#queue.push({ uri, event });
    if (isOfExample(event)) this.#immediate ??= setImmediate(() => void this.flush());
    else this.#timer ??= setTimeout(() => void this.flush(), flushAfterMs).unref();
  }

  /** Resolves when all that was added is in the file, or dropped for a reason. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    clearImmediate(this.#immediate);
    this.#timer = undefined;
    this.#immediate = undefined;
    return this.#inTurn(() => this.#write());
  }

  /** @param nowMs Milliseconds since 1970. */
  async statistics(nowMs: number): Promise<Statistics> {
    await this.flush();
    return this.#inTurn(async () => {
      try {
        if (await this.#file.exists()) return await this.#file.use((database) => readStatistics(database, nowMs));
      } catch (cause) {
        this.#fail(cause);
      }
      return { days: 0, models: [] };
    });
  }

  /** Reads from the file, after all that was added; undefined where nothing was ever stored. Throws `ProblemError`. */
  async read<T>(work: (database: DatabaseSync) => T): Promise<T | undefined> {
    await this.flush();
    return this.#inTurn(async () => ((await this.#file.exists()) ? orProblem(() => this.#file.use(work)) : undefined));
  }

  /** Writes to the file, as a whole or not at all. Throws `ProblemError`. */
  async change<T>(work: (database: DatabaseSync) => T): Promise<T> {
    await this.flush();
    return this.#inTurn(() =>
      orProblem(() => this.#file.use((database) => inTransaction(database, () => work(database)))),
    );
  }

  /** Deletes, so that no file holds any of it afterwards. Throws `ProblemError` when that cannot be done. */
  async erase(work: (database: DatabaseSync) => void): Promise<void> {
    await this.flush();
    await this.#inTurn(async () => {
      if (await this.#file.exists()) await orProblem(() => this.#file.erase(work));
    });
  }

  /**
   * Deletes every event, every example and every rule: overwritten in the file, which shrinks; its log is emptied;
   * damaged files that were set aside go too. Other windows can stay open, and write nothing of before. Throws
   * `ProblemError` when the file cannot be written.
   *
   * @param nowMs Milliseconds since 1970.
   */
  deleteAll(nowMs = Date.now()): Promise<void> {
    this.#queue = [];
    return this.#deleteRows(allTables, nowMs);
  }

  /** The same for the examples alone. */
  deleteExamples(nowMs = Date.now()): Promise<void> {
    this.#queue = this.#queue.filter(({ event }) => !isOfExample(event));
    return this.#deleteRows(exampleTables, nowMs);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.flush();
    this.#file.close();
  }

  #deleteRows(tables: readonly string[], nowMs: number): Promise<void> {
    this.#options.onForget?.();
    return this.#inTurn(async () => {
      if (!(await this.#file.exists())) return;
      try {
        await this.#file.erase((database) => {
          for (const table of [...tables, 'forgotten']) database.exec(`DELETE FROM ${table}`);
          database.prepare('INSERT INTO forgotten (untilMs) VALUES (?)').run(nowMs);
        });
      } catch (cause) {
        // What cannot be emptied (no SQLite, a newer version's file) is deleted, at the cost of other open windows.
        await this.#file.delete().catch(() => {
          throw unavailable(cause);
        });
      }
      this.#failure = undefined;
    });
  }

  async #write(): Promise<void> {
    const queued = this.#queue;
    this.#queue = [];
    const verdicts = await Promise.all(queued.map(({ uri }) => this.#mayStore(uri)));
    const events = queued.filter((_, i) => verdicts[i]).map(({ event }) => event);
    if (events.length === 0) return;
    try {
      await this.#file.use((database) => {
        inTransaction(database, () => {
          insertEvents(database, events, this.#options.mayLearn?.(database) ?? (() => true));
          prune(database, this.#limits);
        });
      });
      this.#failure = undefined;
    } catch (cause) {
      this.#fail(cause);
    }
  }

  async #mayStore(uri: string): Promise<boolean> {
    try {
      return await this.#options.mayStore(uri);
    } catch {
      return false;
    }
  }

  /** Says once, until a write succeeds again, why nothing is recorded. */
  #fail(cause: unknown): void {
    const problem: Problem = { code: 'events.unavailable', reason: errorText(cause) };
    if (this.#failure === undefined) {
      this.#options.log.warn(`Nothing is recorded: ${errorText(cause)}`);
      this.#options.onProblem(problem);
    }
    this.#failure = { problem, untilMs: performance.now() + retryAfterMs };
    this.#file.close();
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}

function isOfExample({ kind }: StoredEvent): boolean {
  return kind === 'example' || kind === 'became' || kind === 'withdrawn';
}

async function orProblem<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw unavailable(cause);
  }
}

function unavailable(cause: unknown): ProblemError {
  return new ProblemError({ code: 'events.unavailable', reason: errorText(cause) }, { cause });
}
