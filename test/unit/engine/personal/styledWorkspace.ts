import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { Emitter } from '../../../../src/base/emitter.ts';
import { silentLogger } from '../../../../src/base/logger.ts';
import type { DocumentChange } from '../../../../src/engine/openDocuments.ts';
import {
  createStyleDesk,
  type StyleDeskOptions,
  type WorkspaceStyle,
} from '../../../../src/engine/personal/styleDesk.ts';
import { createExclusion } from '../../../../src/privacy/exclusion.ts';
import { inEnglish, type Problem } from '../../../../src/protocol/problems.ts';

/** Real folders of the user's and of Hearth's, and a client that saves and types; gone after `clean`. */
export class StyledWorkspace {
  readonly #scratch = realpathSync(mkdtempSync(join(tmpdir(), 'hearth-style-')));
  readonly dataFolder = join(this.#scratch, 'data');
  readonly problems: Problem[] = [];
  readonly #desks: WorkspaceStyle[] = [];
  readonly #onSave = new Emitter<TextDocument>();
  readonly #onChange = new Emitter<DocumentChange>();

  /** Absolute path. */
  at(...path: readonly string[]): string {
    return join(this.#scratch, ...path);
  }

  write(files: Readonly<Record<string, string | Uint8Array>>): void {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(this.at(path)), { recursive: true });
      writeFileSync(this.at(path), content);
    }
  }

  /** A new window on these folders. */
  open(folders: readonly string[], options: Partial<StyleDeskOptions> = {}): WorkspaceStyle {
    const paths = folders.map((folder) => this.at(folder));
    for (const path of paths) mkdirSync(path, { recursive: true });
    const desk = createStyleDesk({
      dataFolder: this.dataFolder,
      folders: paths,
      documents: { onSave: this.#onSave, onChange: this.#onChange },
      exclusion: createExclusion({ folders: paths, log: silentLogger }),
      t: inEnglish,
      log: silentLogger,
      onProblem: (problem) => this.problems.push(problem),
      ...options,
    });
    this.#desks.push(desk);
    return desk;
  }

  /** Writes a file as an editor does and tells the engine as an editor does. */
  save(path: string, text: string): void {
    this.write({ [path]: text });
    this.#onSave.fire(this.#document(path, text));
  }

  type(path: string): void {
    this.#onChange.fire({ document: this.#document(path, ''), changes: [], lineChanges: [] });
  }

  uri(path: string): string {
    return pathToFileURL(this.at(path)).href;
  }

  /** Paths whose habits are kept on the disk. */
  kept(): readonly string[] {
    const folder = join(this.dataFolder, 'personal', 'measuredStyle');
    return readdirSync(folder)
      .flatMap((name): string[] =>
        JSON.parse(readFileSync(join(folder, name), 'utf8')).files.map(([path]: readonly string[]) => path),
      )
      .toSorted();
  }

  async clean(): Promise<void> {
    for (const desk of this.#desks.splice(0)) await desk[Symbol.asyncDispose]();
    rmSync(this.#scratch, { recursive: true, force: true, maxRetries: 5 });
  }

  #document(path: string, text: string): TextDocument {
    return TextDocument.create(this.uri(path), 'typescript', 1, text);
  }
}

/** What a desk says of a trait in one of its folders. */
export async function told(desk: WorkspaceStyle, folder: string, trait = 'quotes'): Promise<string | undefined> {
  const { folders } = await desk.summary();
  const traits = folders.find((each) => each.folder === folder)?.families.flatMap((family) => family.traits);
  return traits?.find(({ id, text }) => id === trait && text !== undefined)?.text;
}

export async function until(happened: () => Promise<boolean>, what: string): Promise<void> {
  for (const deadline = Date.now() + 15_000; !(await happened()); await sleep(20))
    if (Date.now() > deadline) throw new Error(`never: ${what}`);
}
