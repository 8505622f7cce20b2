import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isRecord } from '../../base/isRecord.ts';
import { isAbandoned, isTemporary, writeAtomically } from '../../base/atomicFile.ts';

/** What is known of a conversation without reading its file. */
export interface ListedChat {
  readonly title: string;
  readonly createdMs: number;
  readonly changedMs: number;
  readonly turns: number;
  /** See `signature.ts`. */
  readonly signature: string;
}

/** With the state of the file that it was read from. */
interface Entry extends ListedChat {
  readonly bytes: number;
  readonly mtimeMs: number;
}

const version = 1;
/** So many files are read at once, and as many may be read again at the next start before the cache is written. */
const batch = 24;
/** What a killed process had not finished is removed when it lay untouched for so long: it holds what was said. */
const leftoverMs = 60_000;

/**
 * The conversations of a folder, kept in step with the files. `index.json` beside them is a cache that is never
 * believed: an entry counts while its file has the size and time that it was made from.
 */
export class Listing {
  readonly #folder: string;
  readonly #read: (id: string) => Promise<ListedChat | undefined>;
  #entries: Promise<Map<string, Entry>> | undefined;
  #unsaved = 0;

  /** `read` makes the entry of a conversation from its file; undefined when it cannot be read. */
  constructor(folder: string, read: (id: string) => Promise<ListedChat | undefined>) {
    this.#folder = folder;
    this.#read = read;
  }

  /** Of every conversation that is there now and can be read, by id. */
  async current(ids: (names: readonly string[]) => readonly string[]): Promise<ReadonlyMap<string, ListedChat>> {
    const entries = await (this.#entries ??= loadEntries(this.#cachePath));
    const names = await readdir(this.#folder).catch(() => []);
    await this.#removeLeftovers(names.filter(isTemporary));
    const present = ids(names);
    const gone = new Set(entries.keys()).difference(new Set(present));
    for (const id of gone) entries.delete(id);
    for (let at = 0; at < present.length; at += batch)
      await Promise.all(present.slice(at, at + batch).map((id) => this.#refresh(entries, id)));
    if (gone.size > 0 || this.#unsaved > batch) await this.#save(entries);
    return entries;
  }

  /** After a file was deleted: nothing of it stays in the cache, whichever window wrote that. */
  async forget(id: string): Promise<void> {
    const entries = await (this.#entries ??= loadEntries(this.#cachePath));
    entries.delete(id);
    await this.#save(entries);
  }

  async #removeLeftovers(names: readonly string[]): Promise<void> {
    for (const path of names.map((name) => join(this.#folder, name)))
      if (await isAbandoned(path, leftoverMs)) await rm(path, { force: true }).catch(() => {});
  }

  async #refresh(entries: Map<string, Entry>, id: string): Promise<void> {
    const stats = await stat(join(this.#folder, `${id}.jsonl`)).catch(() => undefined);
    const known = entries.get(id);
    if (stats !== undefined && known?.bytes === stats.size && known.mtimeMs === stats.mtimeMs) return;
    const listed = stats === undefined ? undefined : await this.#read(id);
    if (stats === undefined || listed === undefined) entries.delete(id);
    else entries.set(id, { ...listed, bytes: stats.size, mtimeMs: stats.mtimeMs });
    this.#unsaved++;
  }

  async #save(entries: ReadonlyMap<string, Entry>): Promise<void> {
    const text = JSON.stringify({ version, entries: Object.fromEntries(entries) });
    try {
      await writeAtomically(this.#cachePath, (file) => file.writeFile(text));
      this.#unsaved = 0;
    } catch {
      // A cache that cannot be written is made again.
    }
  }

  get #cachePath(): string {
    return join(this.#folder, 'index.json');
  }
}

async function loadEntries(path: string): Promise<Map<string, Entry>> {
  try {
    const cache: unknown = JSON.parse(await readFile(path, 'utf8'));
    if (isRecord(cache) && cache['version'] === version && isRecord(cache['entries']))
      return new Map(Object.entries(cache['entries']).flatMap(([id, entry]) => (isEntry(entry) ? [[id, entry]] : [])));
  } catch {
    // Missing or damaged: made again from the files.
  }
  return new Map();
}

function isEntry(value: unknown): value is Entry {
  if (!isRecord(value) || typeof value['title'] !== 'string' || typeof value['signature'] !== 'string') return false;
  return ['createdMs', 'changedMs', 'turns', 'bytes', 'mtimeMs'].every((key) => typeof value[key] === 'number');
}
