import { createHash, randomUUID } from 'node:crypto';
import type { Connection } from '@lancedb/lancedb';
import { Field, Schema, Utf8 } from 'apache-arrow';
import { batchOf, textColumn } from './columns.ts';

/** Grows with every change of what the tables mean. */
const schemaVersion = 1;
const tableName = 'meta';
export const chunkTablePrefix = 'chunks-';
const schema = new Schema([new Field('json', new Utf8(), false)]);

/** What a store is made with; another of any of these needs another store. */
export interface StoreMake {
  readonly embedderId: string;
  readonly dimensions: number;
  readonly chunkerVersion: string;
}

/** What a store says of itself. */
export interface StoreIdentity extends StoreMake {
  readonly schemaVersion: number;
  /** Another for each store that was ever begun, also at the same place. */
  readonly id: string;
  /** Absolute path of the workspace folder on the machine that began it. */
  readonly folder: string;
  /** Name of the table that holds the chunks; another one after each rewrite. */
  readonly chunkTable: string;
}

/** Why what is there cannot be used. */
export type Mismatch = 'version' | 'embedder' | 'chunker';

/** Kept in a table of LanceDB, so that it can lie wherever the other tables can. Rejects when it cannot be read. */
export async function readIdentity(database: Connection): Promise<StoreIdentity> {
  const table = await database.openTable(tableName);
  const rows = await table.query().select(['json']).toArrow();
  table.close();
  const found: unknown = JSON.parse(String(rows.getChild('json')?.get(0)));
  if (!isIdentity(found)) throw new Error('The table meta is not of a store');
  return found;
}

/** Of a store that is about to be begun. */
export function newIdentity({ embedderId, dimensions, chunkerVersion }: StoreMake, folder: string): StoreIdentity {
  const identity = { schemaVersion, id: randomUUID(), embedderId, dimensions, chunkerVersion, folder };
  return { ...identity, chunkTable: nextChunkTable(identity) };
}

/** Written last when a store is begun, and when another chunk table takes over: one commit, so it is the moment of both. */
export async function writeIdentity(database: Connection, identity: StoreIdentity): Promise<void> {
  const row = batchOf(schema, 1, [textColumn([JSON.stringify(identity)])]);
  const isThere = (await database.tableNames()).includes(tableName);
  const table = isThere ? await database.openTable(tableName) : await database.createEmptyTable(tableName, schema);
  await table.add(row, { mode: 'overwrite' });
  table.close();
}

export function mismatchOf(identity: StoreIdentity, make: StoreMake): Mismatch | undefined {
  if (identity.schemaVersion !== schemaVersion) return 'version';
  if (identity.embedderId !== make.embedderId || identity.dimensions !== make.dimensions) return 'embedder';
  return identity.chunkerVersion === make.chunkerVersion ? undefined : 'chunker';
}

/** Vectors of different embedders never meet: not even in tables of one name. */
export function nextChunkTable({ embedderId }: Pick<StoreMake, 'embedderId'>): string {
  const embedder = createHash('sha256').update(embedderId).digest('hex').slice(0, 12);
  return `${chunkTablePrefix}${embedder}-${randomUUID().slice(0, 8)}`;
}

function isIdentity(value: unknown): value is StoreIdentity {
  if (typeof value !== 'object' || value === null) return false;
  const types = new Map(Object.entries(value).map(([key, each]) => [key, typeof each]));
  return (
    ['id', 'embedderId', 'chunkerVersion', 'folder', 'chunkTable'].every((key) => types.get(key) === 'string') &&
    ['schemaVersion', 'dimensions'].every((key) => types.get(key) === 'number')
  );
}
