import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { errorText, type Logger } from '../../base/logger.ts';
import type { Statistics } from '../../protocol/messages.ts';
import { type Problem, ProblemError } from '../../protocol/problems.ts';
import { deleteSetAside, inodeOf, openDatabase, setAside, whenNotBusy } from './database.ts';
import { defaultLimits, type Limits, prune } from './pruning.ts';
import { inTransaction } from './schema.ts';
import { type DatabaseSync, findSqlite, isDamage, type OpenSqlite } from './sqlite.ts';
import { readStatistics } from './statistics.ts';
import { insertEvents, type StoredEvent } from './storedEvent.ts';

export interface EventStoreOptions {
  readonly dataFolder: string;
  /** Asked just before writing: events for which it says no are dropped. */
  readonly mayStore: (uri: string) => Promise<boolean>;
  readonly log: Logger;
  readonly onProblem: (problem: Problem) => void;
  readonly limits?: Limits;
  readonly sqlite?: OpenSqlite;
}

/** What waits in memory before it is written; a killed process loses no more than this. */
const flushAfterMs = 500;
/** After a failure (disk full, no permission) nothing is recorded for so long. */
const retryAfterMs = 60_000;

/**
 * `events.sqlite` in the data folder: written by every window at once, whole or not at all. `add` only queues; the file
 * is opened at the first write, so a store that is never written to leaves no trace. Never throws at those who record.
 */
export class EventStore implements AsyncDisposable {
  readonly #options: EventStoreOptions;
  readonly #path: string;
  readonly #limits: Limits;
  readonly #sqlite: OpenSqlite;
  #queue: { readonly uri: string; readonly event: StoredEvent }[] = [];
  #timer: NodeJS.Timeout | undefined;
  #database: DatabaseSync | undefined;
  #ino: number | undefined;
  /** Everything that touches the file runs in its turn. */
  #turn: Promise<unknown> = Promise.resolve();
  #failure: { readonly problem: Problem; readonly untilMs: number } | undefined;

  constructor(options: EventStoreOptions) {
    this.#options = options;
    this.#path = join(options.dataFolder, 'events.sqlite');
    this.#limits = options.limits ?? defaultLimits;
    this.#sqlite = 'sqlite' in options ? options.sqlite : findSqlite();
  }

  /** Why nothing is recorded at the moment. */
  get problem(): Problem | undefined {
    return this.#failure?.problem;
  }

  add(uri: string, event: StoredEvent): void {
    if (this.#failure !== undefined && performance.now() < this.#failure.untilMs) return;
    this.#queue.push({ uri, event });
    this.#timer ??= setTimeout(() => void this.flush(), flushAfterMs).unref();
  }

  /** Resolves when all that was added is in the file, or dropped for a reason. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    return this.#inTurn(() => this.#write());
  }

  /** @param nowMs Milliseconds since 1970. */
  async statistics(nowMs: number): Promise<Statistics> {
    await this.flush();
    return this.#inTurn(async () => {
      try {
        if ((await inodeOf(this.#path)) !== undefined)
          return await this.#withDatabase((database) => readStatistics(database, nowMs));
      } catch (cause) {
        this.#fail(cause);
      }
      return { days: 0, models: [] };
    });
  }

  /**
   * Deletes every event and every example: overwritten in the file, which shrinks; its log is emptied; damaged files that
   * were set aside go too. Other windows can stay open. Throws `ProblemError` when the file cannot be written.
   */
  deleteAll(): Promise<void> {
    this.#queue = [];
    return this.#inTurn(async () => {
      if ((await inodeOf(this.#path)) === undefined) return;
      try {
        await deleteSetAside(this.#path);
        await this.#withDatabase(empty);
      } catch (cause) {
        // What cannot be emptied (no SQLite, a newer version's file) is deleted, at the cost of other open windows.
        await this.#deleteFile().catch(() => {
          throw new ProblemError({ code: 'events.unavailable', reason: errorText(cause) }, { cause });
        });
      }
      this.#failure = undefined;
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.flush();
    this.#close();
  }

  async #write(): Promise<void> {
    const queued = this.#queue;
    this.#queue = [];
    const verdicts = await Promise.all(queued.map(({ uri }) => this.#mayStore(uri)));
    const events = queued.filter((_, i) => verdicts[i]).map(({ event }) => event);
    if (events.length === 0) return;
    try {
      await this.#withDatabase((database) => {
        inTransaction(database, () => {
          insertEvents(database, events);
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

  /** Runs work on the open database, again on a new one if the old one turns out to be damaged. */
  async #withDatabase<T>(work: (database: DatabaseSync) => T): Promise<T> {
    const database = await this.#open();
    try {
      return await whenNotBusy(() => work(database));
    } catch (cause) {
      if (!isDamage(cause)) throw cause;
      this.#close();
      await setAside(this.#path, this.#ino, this.#options.log, cause);
      const anew = await this.#open();
      return whenNotBusy(() => work(anew));
    }
  }

  /** The file may have been deleted, or set aside by another window, since it was opened. */
  async #open(): Promise<DatabaseSync> {
    if (this.#database !== undefined && (await inodeOf(this.#path)) === this.#ino) return this.#database;
    this.#close();
    this.#database = await openDatabase({
      path: this.#path,
      maxFileBytes: this.#limits.maxBytes * 2,
      sqlite: this.#sqlite,
      log: this.#options.log,
    });
    this.#ino = await inodeOf(this.#path);
    return this.#database;
  }

  #close(): void {
    this.#database?.close();
    this.#database = undefined;
  }

  async #deleteFile(): Promise<void> {
    this.#close();
    for (const end of ['', '-wal', '-shm']) await rm(this.#path + end, { force: true });
  }

  /** Says once, until a write succeeds again, why nothing is recorded. */
  #fail(cause: unknown): void {
    const problem: Problem = { code: 'events.unavailable', reason: errorText(cause) };
    if (this.#failure === undefined) {
      this.#options.log.warn(`Nothing is recorded: ${errorText(cause)}`);
      this.#options.onProblem(problem);
    }
    this.#failure = { problem, untilMs: performance.now() + retryAfterMs };
    this.#close();
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}

function empty(database: DatabaseSync): void {
  inTransaction(database, () => {
    for (const table of ['survival', 'outcome', 'example', 'completion']) database.exec(`DELETE FROM ${table}`);
  });
  emptyLog(database);
  database.exec('VACUUM');
  emptyLog(database);
}

/** Moves all of the write-ahead log into the file and cuts the log to nothing. */
function emptyLog(database: DatabaseSync): void {
  const isBlocked = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.['busy'] === 1;
  if (isBlocked) throw Object.assign(new Error('another window is using the event store'), { errcode: 5 });
}
