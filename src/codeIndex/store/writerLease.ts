import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Table } from '@lancedb/lancedb';
import { Field, Schema, Utf8 } from 'apache-arrow';
import { delay } from '../../base/aborts.ts';
import type { Logger } from '../../base/logger.ts';
import { batchOf, textColumn } from './columns.ts';
import { type Lance, loadLance } from './lance.ts';
import { isDirectory } from './setAside.ts';
import { connect, type StorePlace } from './storeTables.ts';

export interface WriterLease extends AsyncDisposable {
  /** Aborts when another has taken over, or when nobody can be told any more that this one is alive. */
  readonly lost: AbortSignal;
}

export interface LeaseOptions extends StorePlace {
  /** Gives up waiting for it. */
  readonly signal: AbortSignal;
  readonly log: Logger;
  readonly beatMs?: number;
}

const defaultBeatMs = 5_000;
/** Whoever has not beaten for so many beats is dead. Told by watching, not by comparing the clocks of two machines. */
const deadAfterBeats = 6;
const tableName = 'lease';
const schema = new Schema([new Field('json', new Utf8(), false)]);
const nobody = '';

/**
 * The right to write a store that several machines can reach, for which a lock file does not do: a table of one row, the
 * holder, beside the store. Replacing that row fails when anybody else has done so since it was read, which is what makes
 * it a lease. Waits for as long as another one holds it; rejects with an `AbortError` when the signal aborts before.
 */
export async function holdWriterLease(options: LeaseOptions): Promise<WriterLease> {
  const { location, signal, log, beatMs = defaultBeatMs } = options;
  const lance = await loadLance();
  const table = await openLeaseTable(lance, { ...options, location: leaseLocation(location) });
  const holder = JSON.stringify({ id: randomUUID(), host: hostname() });
  let isWaiting = false;
  let seen = { version: -1, sinceMs: 0 };
  for (;;) {
    signal.throwIfAborted();
    await table.checkoutLatest();
    const version = await table.version();
    if (version !== seen.version) seen = { version, sinceMs: performance.now() };
    const isFree = (await holderOf(table)) === nobody;
    const isDead = performance.now() - seen.sinceMs > deadAfterBeats * beatMs;
    if ((isFree || isDead) && (await replace(table, holder))) return new Lease(table, holder, beatMs);
    if (!isWaiting) log.info(`Another indexer writes ${location}; waiting until it is done.`);
    isWaiting = true;
    await delay(beatMs / 2, signal);
  }
}

class Lease implements WriterLease {
  readonly #table: Table;
  readonly #holder: string;
  readonly #lost = new AbortController();
  readonly #ended = new AbortController();
  readonly #life: Promise<void>;

  constructor(table: Table, holder: string, beatMs: number) {
    this.#table = table;
    this.#holder = holder;
    this.#life = this.#beat(beatMs);
  }

  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ended.abort();
    await this.#life;
    if (!this.#lost.signal.aborted && (await replace(this.#table, nobody).catch(() => false)))
      await this.#table.optimize({ cleanupOlderThan: new Date() }).catch(() => undefined);
    this.#table.close();
  }

  async #beat(beatMs: number): Promise<void> {
    const { signal } = this.#ended;
    let lastMs = performance.now();
    while (!signal.aborted) {
      await delay(beatMs, signal).catch(() => undefined);
      if (signal.aborted) return;
      const isOurs = await replace(this.#table, this.#holder).catch(() => undefined);
      if (isOurs === true) lastMs = performance.now();
      // Before another one takes it for dead.
      const isSilent = performance.now() - lastMs > (deadAfterBeats / 2) * beatMs;
      if (isOurs === false || isSilent) return this.#lost.abort();
    }
  }
}

/** A store in a directory is set aside as a whole when it is damaged; the lease is not. */
function leaseLocation(location: string): string {
  return isDirectory(location) ? `${location}.writer` : `${location.replace(/\/+$/, '')}/writer`;
}

async function openLeaseTable(lance: Lance, place: StorePlace): Promise<Table> {
  const database = await connect(lance, place);
  const open = () => database.openTable(tableName);
  return open().catch(async (missing: unknown) => {
    // Of several who make it at once one succeeds.
    await database.createEmptyTable(tableName, schema).catch(() => undefined);
    return open().catch(() => {
      throw missing;
    });
  });
}

async function holderOf(table: Table): Promise<string> {
  const rows = await table.query().select(['json']).toArrow();
  return rows.numRows === 0 ? nobody : String(rows.getChild('json')?.get(0));
}

/** False when anybody else has done so since `table` was looked at. */
async function replace(table: Table, holder: string): Promise<boolean> {
  try {
    await table.add(batchOf(schema, 1, [textColumn([holder])]), { mode: 'overwrite' });
    return true;
  } catch (cause) {
    if (cause instanceof Error && /commit conflict|preempted/i.test(cause.message)) return false;
    throw cause;
  }
}
