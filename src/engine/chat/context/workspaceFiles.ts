import { realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { URI } from 'vscode-uri';
import { pathInside } from '../../../privacy/exclusion.ts';
import { maskSecrets } from '../../../privacy/secretText.ts';
import { ProblemError } from '../../../protocol/problems.ts';
import type { Workspace } from '../../workspace.ts';

/** A file that may be shown to a model. */
export interface ShownFile {
  /** Relative to the workspace folder, `/`-separated. */
  readonly path: string;
  readonly uri: string;
  /** As the editor has it where it is open, without secrets. */
  readonly text: string;
}

/** The files of a workspace folder as a model may see them: none outside of it, none that the user excluded, no secrets. */
export class WorkspaceFiles {
  readonly #workspace: Pick<Workspace, 'readFile' | 'filesIn'>;

  constructor(workspace: Pick<Workspace, 'readFile' | 'filesIn'>) {
    this.#workspace = workspace;
  }

  /** Rejects with a `ProblemError` (`context.notFound`) for all that cannot be shown, whatever the reason. */
  async read(folder: string | undefined, path: string): Promise<ShownFile> {
    const file = folder && (await this.#fileIn(folder, path));
    if (!file) throw new ProblemError({ code: 'context.notFound', what: path });
    return file;
  }

  /** Names of files right in a folder. Rejects as `read` does where there are none. */
  async list(folder: string | undefined, path: string): Promise<readonly string[]> {
    const inside = folder && (await this.#inside(folder, path));
    const names = inside ? await this.#workspace.filesIn(anyUriIn(folder), inside) : [];
    if (names.length === 0) throw new ProblemError({ code: 'context.notFound', what: path });
    return names;
  }

  async #fileIn(folder: string, path: string): Promise<ShownFile | undefined> {
    const inside = await this.#inside(folder, path);
    const text = inside && (await this.#workspace.readFile(anyUriIn(folder), inside));
    // What holds a zero byte is no text.
    if (!inside || text === undefined || text === '' || text.includes('\0')) return undefined;
    return { path: inside, uri: URI.file(join(folder, inside)).toString(), text: maskSecrets(text) };
  }

  /** The path in the folder, unless it leaves it, by `..` or by a link. */
  async #inside(folder: string, path: string): Promise<string | undefined> {
    const file = resolve(folder, path.replaceAll('\\', '/'));
    const inside = pathInside(folder, file);
    const [realFolder, real] = await Promise.all([folder, file].map((each) => realpath(each).catch(() => undefined)));
    if (inside === undefined || realFolder === undefined || real === undefined) return undefined;
    return pathInside(realFolder, real) === undefined ? undefined : inside.replaceAll('\\', '/');
  }
}

/** `Workspace` reads on behalf of a document; this one is nowhere but in the folder. */
function anyUriIn(folder: string): string {
  return URI.file(join(folder, 'any')).toString();
}
