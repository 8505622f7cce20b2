import { join } from 'node:path';
import type { Connection } from 'vscode-languageserver';
import { errorText, type Logger } from '../../base/logger.ts';
import type { AdapterUse, Generate } from '../../inference/generate.ts';
import type { ModelRunner } from '../../inference/host/modelRunner.ts';
import { AdapterStore } from '../../personalize/adapters/adapterStore.ts';
import { createExampleBook } from '../../personalize/examples/exampleBook.ts';
import type { ExampleStore } from '../../personalize/examples/exampleStore.ts';
import { readGeneralCode } from '../../personalize/general/generalCode.ts';
import { TrainingRecords } from '../../personalize/training/trainingRecord.ts';
import type { Exclusion } from '../../privacy/exclusion.ts';
import type {
  ComparedCompletions,
  ComparePlace,
  TrainingEstimate,
  TrainingWish,
} from '../../protocol/personalMessages.ts';
import type { Problem, Translate } from '../../protocol/problems.ts';
import type { LiveSettings } from '../liveSettings.ts';
import type { OpenDocuments } from '../openDocuments.ts';
import type { Workspace } from '../workspace.ts';
import { AdaptersInUse } from './adaptersInUse.ts';
import { compareAt } from './compareAt.ts';
import { estimateTraining } from './estimateTraining.ts';
import { modelInUse } from './modelInUse.ts';
import { Personal } from './personal.ts';
import { servePersonal } from './servePersonal.ts';
import { createStyleDesk, type WorkspaceStyle } from './styleDesk.ts';
import { Trainings } from './trainings.ts';

export interface LearningOptions {
  /** Where the engine's own files lie. */
  readonly dist: string;
  readonly dataFolder: string;
  /** Absolute paths; adapters of a project are those of the first. */
  readonly folders: readonly string[];
  readonly settings: LiveSettings;
  readonly documents: OpenDocuments;
  readonly workspace: Workspace;
  readonly exclusion: Exclusion;
  readonly examples: ExampleStore;
  readonly runner: ModelRunner;
  /** What was written so far was written by a model that knew something else. */
  readonly onChange: () => void;
  readonly t: Translate;
  readonly log: Logger;
  readonly onProblem: (problem: Problem) => void;
}

/** What is learned from the user, and writing with it. */
export interface Learning extends AsyncDisposable {
  /** As the model generates; bare where an adapter cannot be used. */
  readonly generate: Generate;
  /** What the model is to run with right now. */
  adapters(): readonly AdapterUse[];
  readonly style: WorkspaceStyle;
  /** Answers the client from now on. */
  serve(connection: Connection): void;
  /** Looks at the user's code and goes on with what was interrupted, each as soon as it can. */
  start(): void;
  setFolders(folders: readonly string[]): void;
}

/** Introduces examples, trainings, adapters and style to each other. Reads and writes in `personal/` of the data folder. */
export async function createLearning(options: LearningOptions): Promise<Learning> {
  const { dist, dataFolder, settings, documents, workspace, runner, onProblem, log } = options;
  const folder = join(dataFolder, 'personal');
  const trainerEntry = join(dist, 'trainer.js');
  const gpu = () => settings.now.gpu;
  let [firstFolder = ''] = options.folders;
  const workspaceFolder = () => firstFolder;

  const book = createExampleBook(options.examples);
  const store = await AdapterStore.open({ folder, log });
  const model = (signal?: AbortSignal) => modelInUse(runner, store, signal);
  const baseSha256 = async () => runner.file && store.baseSha256(runner.file.path);
  const inUse = new AdaptersInUse({
    store,
    baseSha256,
    workspaceFolder,
    onChange: options.onChange,
    onProblem,
    log,
  });
  const tools = {
    book,
    general: () => readGeneralCode(join(dist, '..', 'models', 'general-code.jsonl')),
    runner,
    store,
    records: new TrainingRecords(join(folder, 'runs')),
  };
  const trainings = new Trainings({ ...tools, trainerEntry, folder, model, workspaceFolder, gpu, log });
  const style = createStyleDesk(options);
  const personal = new Personal({
    folder,
    book,
    store,
    trainings,
    inUse,
    style,
    model,
    baseSha256,
    runner,
    settings: () => settings.now,
    workspaceFolder,
    log,
  });
  const compare = async (place: ComparePlace): Promise<ComparedCompletions> => {
    const document = documents.get(place.uri);
    const view = document && (await workspace.view(document));
    if (document === undefined || view === undefined || runner.state.kind !== 'ready') return { without: '', with: '' };
    const { generate } = runner;
    return compareAt({ generate, model: runner.state.model, adapters: inUse.now }, document, view, place);
  };
  const estimate = async ({ place }: TrainingWish): Promise<TrainingEstimate> =>
    estimateTraining(tools, await model(), place, { trainerEntry, gpu: gpu(), log });
  const noted = (work: Promise<void>) =>
    void work.catch((cause: unknown) => log.warn(`What was learned: ${errorText(cause)}`));

  documents.onChange.on(() => personal.typed());
  settings.onChange.on(({ before, now }) => {
    if (before.learn !== now.learn) noted(personal.start());
  });
  runner.onState.on(({ kind }) => {
    if (kind === 'ready') noted(personal.start());
  });

  return {
    generate: inUse.generate(runner.generate),
    adapters: () => inUse.now,
    style,
    serve(connection) {
      servePersonal(connection, { personal, trainings, book, style, estimate, compare });
    },
    start() {
      style.start();
      noted(personal.recount());
    },
    setFolders(folders) {
      [firstFolder = ''] = folders;
      style.setFolders(folders);
      noted(inUse.refresh());
    },
    [Symbol.asyncDispose]: () => personal[Symbol.asyncDispose](),
  };
}
