import { readFile as readFromDisk, stat } from 'node:fs/promises';
import { dirname, relative, sep } from 'node:path';
import { compileGlob } from './editorconfigGlob.ts';

/**
 * Reads `.editorconfig` files. Written here because the npm package brings a WebAssembly parser, a command line and four
 * dependencies.
 */

/** The three properties as they stand in the file, lower case; a property that is `unset` is absent. */
export interface EditorconfigIndent {
  readonly indent_style?: string;
  readonly indent_size?: string;
  readonly tab_width?: string;
}

/** The file's text; undefined when there is none. */
export type ReadText = (path: string) => Promise<string | undefined>;

/** By name, all in lower case. */
type Properties = Readonly<Record<string, string>>;

interface Section {
  readonly applies: (path: string) => boolean;
  readonly properties: Properties;
}

export interface EditorconfigFile {
  readonly isRoot: boolean;
  readonly sections: readonly Section[];
}

const names: ReadonlySet<string> = new Set(['indent_style', 'indent_size', 'tab_width']);
const maxBytes = 100_000;
/** How long a changed file may go unnoticed. */
const keepMs = 10_000;
const maxFolders = 1_000;

/** Looks up the files of a path's folder and those above, the nearest last, until one says `root = true`. */
export function createEditorconfig(
  readText: ReadText = readSmallFile,
  nowMs: () => number = () => performance.now(),
): (filePath: string) => Promise<EditorconfigIndent> {
  const folders = new Map<string, { readonly untilMs: number; readonly file: Promise<EditorconfigFile | undefined> }>();

  const fileIn = (folder: string): Promise<EditorconfigFile | undefined> => {
    const known = folders.get(folder);
    if (known && known.untilMs > nowMs()) return known.file;
    if (folders.size >= maxFolders) folders.clear();
    const path = folder.endsWith(sep) ? `${folder}.editorconfig` : `${folder}${sep}.editorconfig`;
    const file = readText(path).then(
      (text) => (text === undefined ? undefined : parseEditorconfig(text)),
      () => undefined,
    );
    folders.set(folder, { untilMs: nowMs() + keepMs, file });
    return file;
  };

  return async (filePath) => {
    const found: Properties[] = [];
    for (let folder = dirname(filePath), above = ''; folder !== above; ) {
      const file = await fileIn(folder);
      const path = relative(folder, filePath).split(sep).join('/');
      found.unshift(file === undefined ? {} : propertiesOf(file, path));
      if (file?.isRoot) break;
      above = folder;
      folder = dirname(folder);
      if (folder === above) break;
    }
    const merged: Properties = Object.assign({}, ...found);
    return Object.fromEntries(Object.entries(merged).filter(([name, value]) => names.has(name) && value !== 'unset'));
  };
}

/** What a file says of a path, `/`-separated and relative to the file's folder. A later section wins. */
export function propertiesOf({ sections }: EditorconfigFile, path: string): Properties {
  return Object.assign({}, ...sections.filter(({ applies }) => applies(path)).map(({ properties }) => properties));
}

export function parseEditorconfig(text: string): EditorconfigFile {
  const sections: { applies: Section['applies']; properties: Record<string, string> }[] = [];
  let isRoot = false;
  for (const raw of text.replace(/^\ufeff/, '').split(/\r?\n/)) {
    const line = raw.trim();
    const section = /^\[(.+)\]$/.exec(line)?.[1];
    const [, key, value] = /^([^=#;[\s][^=\s]*)\s*=\s*(.*)$/.exec(line) ?? [];
    if (section !== undefined) sections.push({ applies: compileGlob(section), properties: {} });
    else if (key !== undefined && value !== undefined) {
      const [name, setting] = [key.toLowerCase(), value.toLowerCase()];
      const current = sections.at(-1);
      if (!current) isRoot = name === 'root' ? setting === 'true' : isRoot;
      else current.properties[name] = setting;
    }
  }
  return { isRoot, sections };
}

/** Only an ordinary file of a sensible size: the workspace may hold anything under this name. */
async function readSmallFile(path: string): Promise<string | undefined> {
  try {
    const info = await stat(path);
    return info.isFile() && info.size <= maxBytes ? await readFromDisk(path, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}
