import type { DatabaseSync } from 'node:sqlite';

export type { DatabaseSync } from 'node:sqlite';

/** Opens a file; undefined where this Node.js comes without SQLite. */
export type OpenSqlite = ((path: string) => DatabaseSync) | undefined;

/** SQLite as built into Node.js 22.13 and newer; the engine itself must run without it. */
export function findSqlite(): OpenSqlite {
  const sqlite = withoutSqliteWarning(() => process.getBuiltinModule?.('node:sqlite'));
  return sqlite === undefined ? undefined : (path) => new sqlite.DatabaseSync(path);
}

/** Loading the module warns once that it is experimental: nothing a user of the editor can act on. */
function withoutSqliteWarning<T>(load: () => T): T {
  const emitWarning = process.emitWarning.bind(process);
  process.emitWarning = (warning: string | Error, ...rest: unknown[]) => {
    if (!String(warning).includes('SQLite')) Reflect.apply(emitWarning, undefined, [warning, ...rest]);
  };
  try {
    return load();
  } finally {
    process.emitWarning = emitWarning;
  }
}

/** Another process is writing: worth trying again. */
export function isBusy(cause: unknown): boolean {
  return [5, 6].includes(resultCode(cause));
}

/** The file is not, or no longer, a database: SQLITE_CORRUPT, SQLITE_NOTADB. */
export function isDamage(cause: unknown): boolean {
  return [11, 26].includes(resultCode(cause));
}

/** SQLite's primary result code, 0 for other errors. See sqlite.org/rescode.html */
function resultCode(cause: unknown): number {
  return cause instanceof Error && 'errcode' in cause && typeof cause.errcode === 'number' ? cause.errcode & 0xff : 0;
}
