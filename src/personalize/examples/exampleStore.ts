/** A value of SQLite, as far as examples need them. */
type Value = string | number | null;

export type Row = Readonly<Record<string, unknown>>;

/** What is used of `DatabaseSync`. */
export interface Database {
  prepare(sql: string): {
    all(...values: Value[]): Row[];
    get(...values: Value[]): Row | undefined;
    run(...values: Value[]): unknown;
  };
}

/**
 * The store that examples lie in, its tables described in `schema.ts`; `EventStore` is one. All reject with
 * `ProblemError` when the file cannot be used.
 */
export interface ExampleStore {
  /** Reads after all that was recorded so far; undefined where nothing was ever stored. */
  read<T>(work: (database: Database) => T): Promise<T | undefined>;
  /** Writes as a whole or not at all. */
  change<T>(work: (database: Database) => T): Promise<T>;
  /** Deletes, so that no file holds any of it afterwards. */
  erase(work: (database: Database) => void): Promise<void>;
  /** Deletes all examples in the same manner, and whatever was about to become one, here and in other windows. */
  deleteExamples(nowMs: number): Promise<void>;
}
