import { rm } from 'node:fs/promises';
import { type DatabaseOptions, deleteSetAside, inodeOf, openDatabase, setAside, whenNotBusy } from './database.ts';
import { inTransaction } from './schema.ts';
import { type DatabaseSync, isDamage } from './sqlite.ts';

/**
 * The one connection of this process to the store's file. The file is opened, or made, when something is first done
 * with it, and anew when it was deleted, or set aside by another window. One caller at a time: see `EventStore`.
 */
export class StoreFile {
  readonly #options: DatabaseOptions;
  #database: DatabaseSync | undefined;
  #ino: number | undefined;

  constructor(options: DatabaseOptions) {
    this.#options = options;
  }

  async exists(): Promise<boolean> {
    return (await inodeOf(this.#options.path)) !== undefined;
  }

  /** Runs work on the open database, again on a new one if the old one turns out to be damaged. */
  async use<T>(work: (database: DatabaseSync) => T): Promise<T> {
    const database = await this.#open();
    try {
      return await whenNotBusy(() => work(database));
    } catch (cause) {
      if (!isDamage(cause)) throw cause;
      this.close();
      await setAside(this.#options.path, this.#ino, this.#options.log, cause);
      const anew = await this.#open();
      return whenNotBusy(() => work(anew));
    }
  }

  /**
   * Runs work that deletes, and sees to it that nothing of what it deleted is left: not in the file, not in its log, not
   * in a damaged file that was set aside. Costs a copy of all that stays.
   */
  async erase<T>(work: (database: DatabaseSync) => T): Promise<T> {
    await deleteSetAside(this.#options.path);
    const result = await this.use((database) => inTransaction(database, () => work(database)));
    await this.use((database) => {
      emptyLog(database);
      // Deleted rows are overwritten, but SQLite may have moved them before, and then a copy lies between other rows.
      database.exec('VACUUM');
      emptyLog(database);
    });
    return result;
  }

  close(): void {
    this.#database?.close();
    this.#database = undefined;
  }

  async delete(): Promise<void> {
    this.close();
    for (const end of ['', '-wal', '-shm']) await rm(this.#options.path + end, { force: true });
  }

  async #open(): Promise<DatabaseSync> {
    const { path } = this.#options;
    if (this.#database !== undefined && (await inodeOf(path)) === this.#ino) return this.#database;
    this.close();
    this.#database = await openDatabase(this.#options);
    this.#ino = await inodeOf(path);
    return this.#database;
  }
}

/** Moves all of the write-ahead log into the file and cuts the log to nothing. */
function emptyLog(database: DatabaseSync): void {
  const isBlocked = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.['busy'] === 1;
  if (isBlocked) throw Object.assign(new Error('another window is using the event store'), { errcode: 5 });
}
