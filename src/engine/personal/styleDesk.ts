import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileOf } from '../../base/fileOf.ts';
import { errorText, type Logger } from '../../base/logger.ts';
import { createDiscovery } from '../../codeIndex/discover/discovery.ts';
import { Gate } from '../../codeIndex/indexer/gate.ts';
import { powerSource } from '../../codeIndex/indexer/power.ts';
import type { DocumentView } from '../../inference/completion/types.ts';
import { mergedEdits } from '../../personalize/style/edits.ts';
import { StyleKeeper } from '../../personalize/style/styleKeeper.ts';
import { stylePrompt } from '../../personalize/style/stylePrompt.ts';
import { styleScore } from '../../personalize/style/styleScore.ts';
import { type Exclusion, pathInside } from '../../privacy/exclusion.ts';
import type { EditStyle, StyleSummary } from '../../protocol/personalMessages.ts';
import type { Problem, Translate } from '../../protocol/problems.ts';
import type { OpenDocuments } from '../openDocuments.ts';
import { StyleFolder } from './styleFolder.ts';
import { changeOf, styleSummary } from './styleSummary.ts';

/** The style profiles of the open folders, as the client sees and changes them. */
export interface StyleDesk extends AsyncDisposable {
  /** As it is now, also when another window changed something. */
  summary(): Promise<StyleSummary>;
  /** Resolves when the change is on the disk. Rejects when it cannot be written or makes no sense. */
  edit(order: EditStyle): Promise<void>;
  /** Deletes what was measured and set. Saved files count again from then on, all others at the next start. */
  forgetAll(): Promise<void>;
}

/** The same for those who keep it up to date, and for completions. */
export interface WorkspaceStyle extends StyleDesk {
  /** Begins to measure. Before this nothing of the user's is read. */
  start(): void;
  setFolders(folders: readonly string[]): void;
  /** Something was made, changed or deleted there. */
  changed(uris: readonly string[]): void;
  /** How well a text, put into a document at an offset, keeps to the style of its folder: -1 to 1. */
  score(document: DocumentView, offset: number, text: string): number;
  /** How to write code in a language as in this folder, for a model to read; '' where nothing is known. */
  prompt(folder: string | undefined, languageId: string): string;
}

export interface StyleDeskOptions {
  readonly dataFolder: string;
  /** Absolute paths. */
  readonly folders: readonly string[];
  readonly documents: Pick<OpenDocuments, 'onSave' | 'onChange'>;
  readonly exclusion: Exclusion;
  readonly t: Translate;
  readonly log: Logger;
  readonly onProblem: (problem: Problem) => void;
  /** Where a walk asks whether it may go on. */
  readonly gate?: Pick<Gate, 'pass' | 'activity'>;
}

interface OpenFolder {
  readonly files: StyleFolder;
  /** The workspace folders inside of it, which have profiles of their own. */
  readonly inner: string;
}

/** Measures how the user writes code, whether there is an index or not. */
export function createStyleDesk(options: StyleDeskOptions): WorkspaceStyle {
  const { dataFolder, documents, exclusion, t, log, onProblem, gate = new Gate({ powerSource }) } = options;
  const keeper = new StyleKeeper({
    dataFolder,
    log,
    onDamaged: (damaged) => onProblem({ code: 'style.damaged', ...damaged }),
  });
  const open = new Map<string, OpenFolder>();
  const editsPath = join(dataFolder, 'personal', 'style.json');
  let editsStamp: string | undefined;
  let wanted = options.folders;
  let isStarted = false;
  /** What opens and closes folders runs in its turn. */
  let turn: Promise<void> = Promise.resolve();

  function inTurn(work: () => Promise<void>): Promise<void> {
    const done = turn.then(work);
    turn = done.catch((cause: unknown) => log.error('The style profiles', cause));
    return done;
  }

  async function follow(): Promise<void> {
    for (const [folder, { files, inner }] of open) {
      if (wanted.includes(folder) && innerOf(folder) === inner) continue;
      await files[Symbol.asyncDispose]();
      open.delete(folder);
      if (!wanted.includes(folder)) await keeper.close(folder);
    }
    for (const folder of wanted) {
      if (open.has(folder)) continue;
      await keeper.open(folder);
      const files = openFiles(folder);
      if (isStarted) files.walk();
    }
  }

  function openFiles(folder: string): StyleFolder {
    const otherFolders = wanted.filter((other) => other !== folder);
    const discovery = createDiscovery({ folder, otherFolders, exclusion, log });
    const files = new StyleFolder({ folder, keeper, discovery, exclusion, gate, log });
    open.set(folder, { files, inner: innerOf(folder) });
    return files;
  }

  function innerOf(folder: string): string {
    return wanted.filter((other) => pathInside(folder, other) !== undefined).join('\0');
  }

  /** Another window may have changed what the user set. */
  async function followEdits(): Promise<void> {
    const stamp = await stampOf(editsPath);
    if (stamp === editsStamp) return;
    editsStamp = stamp;
    await keeper
      .reload()
      .catch((cause: unknown) => log.warn(`What was edited of style profiles cannot be read: ${errorText(cause)}`));
  }

  function changed(uris: readonly string[]): void {
    if (!isStarted) return;
    const paths = uris.flatMap((uri) => fileOf(uri) ?? []);
    for (const { files } of open.values()) files.changed(paths);
  }

  const listeners = [documents.onSave.on(({ uri }) => changed([uri])), documents.onChange.on(() => gate.activity())];
  void inTurn(follow);

  return {
    start() {
      void inTurn(async () => {
        if (isStarted) return;
        isStarted = true;
        for (const { files } of open.values()) files.walk();
      });
    },
    setFolders(folders) {
      wanted = folders;
      void inTurn(follow);
    },
    changed,
    score({ folder, path, languageId, before, text, after }, offset, inserted) {
      if (folder === undefined) return 0;
      const place = { path, prefix: before + text.slice(0, offset), suffix: text.slice(offset) + after };
      return styleScore(keeper.profile(folder), languageId, inserted, place);
    },
    prompt: (folder, languageId) => (folder === undefined ? '' : stylePrompt(keeper.profile(folder), languageId)),
    async summary() {
      await turn;
      await followEdits();
      const everywhere = keeper.edits(undefined);
      const shown = wanted.filter((folder) => open.has(folder));
      return {
        folders: shown.map((folder) =>
          styleSummary(folder, keeper.profile(folder), mergedEdits(everywhere, keeper.edits(folder)), t),
        ),
      };
    },
    async edit(order) {
      await turn;
      if (!open.has(order.folder)) throw new RangeError('The folder is not open.');
      await keeper.edit(order.folder, changeOf(order));
    },
    forgetAll: () =>
      inTurn(async () => {
        for (const [folder, { files }] of open) {
          await files[Symbol.asyncDispose]();
          openFiles(folder);
        }
        await keeper.forgetAll();
      }),
    async [Symbol.asyncDispose]() {
      for (const listener of listeners) listener[Symbol.dispose]();
      await turn;
      await Promise.all([...open.values()].map(({ files }) => files[Symbol.asyncDispose]()));
      await keeper[Symbol.asyncDispose]();
    },
  };
}

/** Changes with the file; '' while there is none. */
async function stampOf(path: string): Promise<string> {
  try {
    const { ino, mtimeMs, size } = await stat(path);
    return `${ino} ${mtimeMs} ${size}`;
  } catch {
    return '';
  }
}
