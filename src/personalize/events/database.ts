import { chmod, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { delay } from '../../base/aborts.ts';
import { errorText, type Logger } from '../../base/logger.ts';
import { migrate } from './schema.ts';
import { type DatabaseSync, isBusy, isDamage, type OpenSqlite } from './sqlite.ts';

/** How long one statement waits for another process to finish writing. It blocks the engine, so it is short. */
const busyTimeoutMs = 5;
/** How often, and with which pause in between that blocks nobody, a busy database is tried again: 4 s in all. */
const busyAttempts = 120;
const busyPauseMs = 30;

export interface DatabaseOptions {
  readonly path: string;
  /** The file never grows beyond this, whatever happens to pruning. */
  readonly maxFileBytes: number;
  readonly sqlite: OpenSqlite;
  readonly log: Logger;
}

/**
 * Opens the database, making folder (0700) and file (0600) when they are missing. A damaged file is set aside and a new
 * one begun. Throws when there is no SQLite, no permission, no space, or a newer version of Hearth wrote the file.
 */
export async function openDatabase(options: DatabaseOptions): Promise<DatabaseSync> {
  const { path, sqlite, log } = options;
  if (sqlite === undefined) throw new Error(`Node.js ${process.version} comes without SQLite`);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  // Made before SQLite opens it: its log files get the same permissions.
  await (await open(path, 'a', 0o600)).close();
  await chmod(path, 0o600);
  const ino = await inodeOf(path);
  try {
    return await whenNotBusy(() => connect(options, sqlite));
  } catch (cause) {
    if (!isDamage(cause)) throw cause;
    await setAside(path, ino, log, cause);
    return whenNotBusy(() => connect(options, sqlite));
  }
}

/** Runs synchronous database work, again and again while another process is writing. */
export async function whenNotBusy<T>(work: () => T): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return work();
    } catch (cause) {
      if (!isBusy(cause) || attempt === busyAttempts) throw cause;
    }
    await delay(busyPauseMs);
  }
}

/**
 * Moves a damaged database, its logs included, to `<name>.damaged-<date>`; only the newest such file is kept.
 *
 * @param ino The damaged file's inode: when another process has set it aside already, the new one stays.
 */
export async function setAside(path: string, ino: number | undefined, log: Logger, cause: unknown): Promise<void> {
  if ((await inodeOf(path)) !== ino) return;
  await deleteSetAside(path);
  const aside = `${path}.damaged-${new Date().toISOString().replaceAll(':', '-')}`;
  await rename(path, aside);
  for (const end of ['-wal', '-shm']) await rename(path + end, aside + end).catch(() => undefined);
  log.error(`The event store was damaged. It lies in ${aside} now, and a new one begins: ${errorText(cause)}`);
  await (await open(path, 'a', 0o600)).close();
}

/** Tells a file from another one that took its place; undefined when there is none. */
export async function inodeOf(path: string): Promise<number | undefined> {
  return (await stat(path).catch(() => undefined))?.ino;
}

/** Deletes what `setAside` left. */
export async function deleteSetAside(path: string): Promise<void> {
  for (const name of await readdir(dirname(path)))
    if (name.startsWith(`${basename(path)}.damaged-`)) await rm(join(dirname(path), name));
}

function connect({ path, maxFileBytes }: DatabaseOptions, sqlite: NonNullable<OpenSqlite>): DatabaseSync {
  const database = sqlite(path);
  try {
    database.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}`);
    // WAL: windows read and write at the same time, and a killed process leaves whole transactions only.
    // NORMAL: no fsync per commit. A power cut can cost the last commits, never the file.
    // secure_delete: deleted text is overwritten, not just unlinked from the tables.
    database.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = NORMAL;
      PRAGMA secure_delete = ON;
      PRAGMA trusted_schema = OFF;
      PRAGMA journal_size_limit = 4000000;
      PRAGMA max_page_count = ${Math.ceil(maxFileBytes / 4096)};
    `);
    migrate(database);
    return database;
  } catch (cause) {
    database.close();
    throw cause;
  }
}
