import { join } from 'node:path';
import { readJson, writeCrashSafe } from './crashSafeFile.ts';

const fileName = 'forgotten.json';

/** The subfolders that the user wants nothing kept of. Outlives everything but the index folder itself. */
export class Forgotten {
  readonly #path: string;
  #folders: readonly string[];

  private constructor(path: string, folders: readonly string[]) {
    this.#path = path;
    this.#folders = folders;
  }

  /** @param indexFolder Holds what is kept of one workspace folder. */
  static async load(indexFolder: string): Promise<Forgotten> {
    const path = join(indexFolder, fileName);
    const read = await readJson(path);
    return new Forgotten(path, Array.isArray(read) ? read.filter((each) => typeof each === 'string') : []);
  }

  get folders(): readonly string[] {
    return this.#folders;
  }

  /** Whether a path (relative to the workspace folder, `/`-separated) is or lies in a forgotten folder. */
  has(path: string): boolean {
    return this.#folders.some((folder) => isInside(path, folder));
  }

  /** @param folder As the paths; '' is everything. */
  async add(folder: string): Promise<void> {
    if (!this.#folders.includes(folder)) await this.#replace([...this.#folders, folder]);
  }

  /** Also gives up what is forgotten inside of it. */
  async remove(folder: string): Promise<void> {
    await this.#replace(this.#folders.filter((each) => !isInside(each, folder)));
  }

  async #replace(folders: readonly string[]): Promise<void> {
    await writeCrashSafe(this.#path, JSON.stringify(folders));
    this.#folders = folders;
  }
}

/** Whether a path is a folder or lies in it, both relative and `/`-separated. */
export function isInside(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}
