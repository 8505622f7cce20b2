import { posix } from 'node:path';
import { type Declaration, declarationsIn } from '../../../syntax/declarations.ts';
import type { Import } from '../../../syntax/importReaders.ts';
import { importsIn } from '../../../syntax/imports.ts';
import type { Syntax } from '../../../syntax/syntax.ts';
import { importPaths } from './importPaths.ts';
import type { WorkspaceView } from './workspaceView.ts';

/** One name that a file imports: `local` is what it is called there, `name` what it is called where it comes from. */
export interface WantedName {
  readonly specifier: string;
  readonly name: string;
  readonly local: string;
}

export interface FoundDeclaration {
  readonly path: string;
  readonly declaration: Declaration;
}

/** The file that imports; `uri` says in which workspace folder. */
interface Importer {
  readonly uri: string;
  readonly path: string;
  readonly languageId: string;
}

interface SourceFile {
  readonly version: string;
  readonly languageId: string;
  readonly declarations: readonly Declaration[];
  readonly imports: readonly Import[];
}

const maxCachedFiles = 200;
/** `index.ts` that exports from `index.ts` that exports from ...: how far to follow. */
const maxReexports = 3;
/** A package folder (Go) may have many files. */
const maxFolderFiles = 20;

/** Languages of imported files that differ from the importer's. Headers, for one, are read as what includes them. */
const languageOfEnding: Readonly<Record<string, string>> = {
  '.ts': 'typescript',
  '.mts': 'typescript',
  '.cts': 'typescript',
  '.tsx': 'typescriptreact',
  '.js': 'javascript',
  '.mjs': 'javascript',
  '.cjs': 'javascript',
  '.jsx': 'javascriptreact',
};

/** Finds and reads what a file imports from its own workspace. Files are parsed once per version. */
export class ImportedFiles {
  readonly #workspace: Omit<WorkspaceView, 'openDocuments'>;
  readonly #syntax: Syntax;
  /** By importing document and path, because a path alone may exist in several workspace folders; least recently used first. */
  readonly #files = new Map<string, SourceFile>();

  constructor(workspace: Omit<WorkspaceView, 'openDocuments'>, syntax: Syntax) {
    this.#workspace = workspace;
    this.#syntax = syntax;
  }

  /** The declarations behind a name; for `*` those whose name the importer uses. Empty when it is not found. */
  async find(
    importer: Importer,
    wanted: Omit<WantedName, 'local'>,
    isUsed: (name: string) => boolean,
    depth = 0,
  ): Promise<readonly FoundDeclaration[]> {
    for (const candidate of importPaths(importer, wanted.specifier, wanted.name)) {
      const found: FoundDeclaration[] = [];
      for (const path of await this.#expand(importer, candidate)) {
        const file = await this.#read(importer, path);
        if (file !== undefined) found.push(...(await this.#findIn(file, path, importer, wanted.name, isUsed, depth)));
      }
      if (found.length > 0) return found;
    }
    return [];
  }

  async #findIn(
    file: SourceFile,
    path: string,
    importer: Importer,
    name: string,
    isUsed: (name: string) => boolean,
    depth: number,
  ): Promise<readonly FoundDeclaration[]> {
    const here = file.declarations.filter((each) => isNamed(each, name, path, isUsed));
    if (here.length > 0) return here.map((declaration) => ({ path, declaration }));
    if (depth >= maxReexports || name === '*') return [];
    for (const { specifier, names, reexported } of file.imports) {
      const passedOn = reexported && names.find((each) => each.local === name || each.name === '*');
      if (!passedOn) continue;
      const further = { specifier, name: passedOn.local === name ? passedOn.name : name };
      const from = { uri: importer.uri, path, languageId: file.languageId };
      const found = await this.find(from, further, isUsed, depth + 1);
      if (found.length > 0) return found;
    }
    return [];
  }

  /** A folder stands for its files, tests excepted. */
  async #expand(importer: Importer, candidate: string): Promise<readonly string[]> {
    if (!candidate.endsWith('/')) return [candidate];
    const ending = posix.extname(importer.path);
    const names = await this.#workspace.filesIn(importer.uri, candidate.slice(0, -1));
    const sources = names.filter((name) => name.endsWith(ending) && !name.endsWith(`_test${ending}`));
    return sources.slice(0, maxFolderFiles).map((name) => candidate + name);
  }

  async #read(importer: Importer, path: string): Promise<SourceFile | undefined> {
    const version = await this.#workspace.fileVersion(importer.uri, path);
    const key = `${importer.uri}\n${path}`;
    const cached = this.#files.get(key);
    this.#files.delete(key);
    if (version === undefined) return undefined;
    const file = cached?.version === version ? cached : await this.#parse(importer, path, version);
    if (file === undefined) return undefined;
    this.#files.set(key, file);
    const [oldest] = this.#files.keys();
    if (this.#files.size > maxCachedFiles && oldest !== undefined) this.#files.delete(oldest);
    return file;
  }

  async #parse(importer: Importer, path: string, version: string): Promise<SourceFile | undefined> {
    const text = await this.#workspace.readFile(importer.uri, path);
    if (text === undefined) return undefined;
    const languageId = languageOfEnding[posix.extname(path)] ?? importer.languageId;
    using parsed = await this.#syntax.parse(languageId, text);
    // A file that cannot be parsed in time is not tried again before it changes.
    if (parsed === undefined) return { version, languageId, declarations: [], imports: [] };
    return { version, languageId, declarations: declarationsIn(parsed), imports: importsIn(parsed) };
  }
}

function isNamed(declaration: Declaration, name: string, path: string, isUsed: (name: string) => boolean): boolean {
  if (declaration.name === name) return true;
  if (name === 'default') return /\bexport default\b/.test(declaration.signature);
  const isWholeFile = name === '*' || posix.parse(path).name === name;
  return isWholeFile && isUsed(declaration.name);
}
