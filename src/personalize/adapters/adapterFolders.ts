import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { moveDurably, syncFolder, temporaryPath, writeAtomically } from '../../base/atomicFile.ts';
import { errorText, type Logger } from '../../base/logger.ts';
import { type LoraAdapter, writeLoraGguf } from '../../formats/gguf/loraGguf.ts';
import { type AdapterCard, isAdapterId, parseCard } from './card.ts';
import { fileSha256 } from './modelSha256.ts';

/** A card before the file is there that it describes. */
export type Draft = Omit<AdapterCard, 'sha256' | 'bytes'>;

/** The folders of the adapters, one for each: `<id>/adapter.gguf` and `<id>/card.json`. What is in them never changes but for cards. */
export class AdapterFolders {
  readonly #folder: string;
  readonly #log: Logger;
  /** SHA-256 of files, for as long as their size and time of change stay. */
  readonly #hashes = new Map<string, { readonly revision: string; readonly sha256: string }>();

  constructor(folder: string, log: Logger) {
    this.#folder = folder;
    this.#log = log;
  }

  ggufPath(id: string): string {
    return join(this.#folder, id, 'adapter.gguf');
  }

  /** Puts an adapter into a folder of its own that appears as a whole, and is on the disk when this resolves. */
  async add(adapter: LoraAdapter, draft: Draft): Promise<AdapterCard> {
    const folder = join(this.#folder, draft.id);
    const unfinished = temporaryPath(folder);
    try {
      await mkdir(unfinished, { recursive: true, mode: 0o700 });
      const gguf = join(unfinished, 'adapter.gguf');
      await writeLoraGguf(gguf, adapter);
      const card = { ...draft, sha256: await fileSha256(gguf), bytes: (await stat(gguf)).size };
      await writeCard(unfinished, card);
      await syncFolder(unfinished);
      await moveDurably(unfinished, folder);
      return card;
    } catch (cause) {
      await rm(unfinished, { recursive: true, force: true }).catch(() => {});
      throw cause;
    }
  }

  /** Replaces the card of an adapter that is there. */
  rewrite(card: AdapterCard): Promise<void> {
    return writeCard(join(this.#folder, card.id), card);
  }

  /** The cards of all adapters that are complete and undamaged, newest first. */
  async list(): Promise<readonly AdapterCard[]> {
    const names = await readdir(this.#folder).catch(() => []);
    const cards = await Promise.all(names.filter(isAdapterId).map((id) => this.find(id)));
    return cards
      .filter((card) => card !== undefined)
      .toSorted((a, b) => b.createdMs - a.createdMs || b.id.localeCompare(a.id));
  }

  /**
   * The card of an adapter that is complete and undamaged; undefined for others.
   *
   * @param fresh whether its file is read again even if it seems unchanged: before it is loaded
   */
  async find(id: string, { fresh = false } = {}): Promise<AdapterCard | undefined> {
    if (!isAdapterId(id)) return undefined;
    try {
      const card = await readCard(join(this.#folder, id));
      if (card.id === id && card.sha256 === (await this.#sha256(id, fresh))) return card;
      this.#log.warn(`the adapter ${id} is damaged: its file is not the one of its card`);
    } catch (cause) {
      this.#log.warn(`the adapter ${id} is incomplete or damaged: ${errorText(cause)}`);
    }
    return undefined;
  }

  async #sha256(id: string, fresh: boolean): Promise<string> {
    const path = this.ggufPath(id);
    const { size, mtimeNs } = await stat(path, { bigint: true });
    const revision = `${size} ${mtimeNs}`;
    const known = this.#hashes.get(path);
    if (!fresh && known?.revision === revision) return known.sha256;
    const sha256 = await fileSha256(path);
    this.#hashes.set(path, { revision, sha256 });
    return sha256;
  }
}

/** A name that no adapter had or will have: the day, for people, and chance. */
export function newAdapterId(nowMs: number): string {
  const day = new Date(nowMs).toISOString().slice(0, 10).replaceAll('-', '');
  return `${day}-${randomBytes(6).toString('hex')}`;
}

async function readCard(folder: string): Promise<AdapterCard> {
  return parseCard(JSON.parse(await readFile(join(folder, 'card.json'), 'utf8')));
}

async function writeCard(folder: string, card: AdapterCard): Promise<void> {
  const text = JSON.stringify(card, undefined, 2);
  // What could not be read again (a number that is not finite) is refused before it is written.
  parseCard(JSON.parse(text));
  await writeAtomically(join(folder, 'card.json'), (file) => file.writeFile(text));
}
