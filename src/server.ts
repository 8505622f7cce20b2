import { join } from 'node:path';
import {
  createConnection,
  type InitializeParams,
  type InitializeResult,
  ProposedFeatures,
} from 'vscode-languageserver/node';
import { dataFolder } from './base/dataFolder.ts';
import { fileOf } from './base/fileOf.ts';
import { capabilities } from './engine/capabilities.ts';
import { answeringModel } from './engine/chat/answeringModel.ts';
import { createLocalModel } from './engine/chat/localModel.ts';
import { keyFromClient } from './engine/chat/serverKey.ts';
import { createServerModel } from './engine/chat/serverModel.ts';
import { createTalking } from './engine/chat/talking.ts';
import { createEdits } from './engine/edits/edits.ts';
import { followSettings, recordEvents, serveCompletions, serveModels } from './engine/features.ts';
import { createIndexContext } from './engine/indexContext.ts';
import { IndexModelChoice } from './engine/indexModels.ts';
import { shownOf } from './engine/inlineCompletion.ts';
import { LastContextRecord } from './engine/lastContext.ts';
import { LiveSettings } from './engine/liveSettings.ts';
import { lspLogger } from './engine/lspLogger.ts';
import { ModelChoice } from './engine/modelChoice.ts';
import { OpenDocuments } from './engine/openDocuments.ts';
import { createLearning } from './engine/personal/learning.ts';
import { translationOf } from './engine/personal/styleTranslation.ts';
import { reportStatus } from './engine/statusReport.ts';
import { serveIndex, startSoon } from './engine/serveIndex.ts';
import { watchFiles, watchFolders } from './engine/watchFiles.ts';
import { isExcluded, Workspace } from './engine/workspace.ts';
import { WorkspaceIndex } from './engine/workspaceIndex.ts';
import { createIndentStyles } from './inference/completion/blocks/indentStyle.ts';
import { Completer } from './inference/completion/completer.ts';
import { createImportedDeclarations } from './inference/completion/context/importedDeclarations.ts';
import { createOpenTabs } from './inference/completion/context/openTabs.ts';
import { RecentEdits } from './inference/completion/context/recentEdits.ts';
import { fimFormats, lookUpOf } from './inference/completion/fimFormats.ts';
import type { RunnerOptions } from './inference/host/hostStarter.ts';
import { createModelRunner } from './inference/host/modelRunner.ts';
import { createModelStore } from './inference/models/modelStore.ts';
import { createRecorder } from './personalize/events/recorder.ts';
import { mayLearnIn } from './personalize/examples/learningRules.ts';
import { createExclusion } from './privacy/exclusion.ts';
import { type InitializationOptions, Message } from './protocol/messages.ts';
import type { Problem } from './protocol/problems.ts';
import { createSyntax } from './syntax/syntax.ts';

/**
 * The engine: a language server for any LSP client. Read it as a list: what there is, in the order in which it is
 * built; what it serves; how it starts and ends. Nothing else knows all of this.
 */
const connection = createConnection(ProposedFeatures.all);
const log = lspLogger(connection);
const dist = import.meta.dirname;
const data = dataFolder();

connection.onInitialize(async (params: InitializeParams): Promise<InitializeResult> => {
  const told: InitializationOptions = params.initializationOptions ?? {};
  const folders = pathsOf(params.workspaceFolders);
  const onProblem = (problem: Problem) => void connection.sendNotification(Message.problem, problem);

  const settings = new LiveSettings(connection, told.settings);
  const documents = new OpenDocuments(connection);
  const exclusion = createExclusion({ folders, log });
  documents.onSave.on(({ uri }) => exclusion.changed(fileOf(uri) ?? ''));
  const workspace = new Workspace(documents, exclusion, folders);
  const syntax = createSyntax({ grammarFolder: join(dist, 'grammars'), log });
  const store = createModelStore({
    starterPath: join(dist, '..', 'models', 'starter.gguf'),
    modelsFolder: settings.now.modelsFolder || join(data, 'models'),
    log,
  });
  const running: RunnerOptions = {
    entry: join(dist, 'modelHost.js'),
    dataFolder: data,
    gpu: settings.now.gpu,
    threads: settings.now.threads,
    fimFormats: fimFormats.map(lookUpOf),
    log,
    ...(process.env['HEARTH_LINGER_MS'] ? { lingerMs: Number(process.env['HEARTH_LINGER_MS']) } : {}),
  };
  const runner = createModelRunner(running);
  const models = new ModelChoice({ store, runner, log, onProblem });
  const index = new WorkspaceIndex({
    dist,
    dataFolder: data,
    folders,
    settings,
    exclusion,
    models: new IndexModelChoice({ store, runner: running, log, onProblem }),
    log,
    onProblem,
  });
  const recorder = createRecorder({
    dataFolder: data,
    enabled: () => settings.now.recordEvents,
    isExcluded: (uri) => isExcluded(exclusion, uri),
    mayLearn: (database) => (settings.now.learn === 'off' ? () => false : mayLearnIn(database)),
    log,
    onProblem,
  });
  const learning = await createLearning({
    dist,
    dataFolder: data,
    folders,
    settings,
    documents,
    workspace,
    exclusion,
    examples: recorder.store,
    runner,
    onChange: () => completer.modelChanged(),
    t: translationOf(told.translations),
    log,
    onProblem,
  });
  const serverModel = createServerModel({ settings, keyFor: keyFromClient(connection), log, onProblem });
  const chatModel = answeringModel(serverModel, createLocalModel({ runner, log }));
  const talking = createTalking({
    connection,
    dataFolder: data,
    documents,
    workspace,
    exclusion,
    index,
    model: chatModel.now,
    whyNoModel: () => chatModel.whyNone(),
    modelKnown: (signal) => chatModel.known(signal),
    style: (folder, languageId) => learning.style.prompt(folder, languageId),
    t: translationOf(told.translations),
    log,
    onProblem,
  });
  const edits = createEdits({
    dataFolder: data,
    workspace,
    documents,
    exclusion,
    index,
    syntax,
    model: chatModel.now,
    whyNoModel: () => chatModel.whyNone(),
    style: ({ folder, languageId }) => learning.style.prompt(folder, languageId),
    teach: (edit) => recorder.teach(edit),
    log,
  });
  const recentEdits = new RecentEdits();
  const lastContext = new LastContextRecord();
  const completer = new Completer({
    generate: learning.generate,
    adapters: () => learning.adapters(),
    model: () => (runner.state.kind === 'ready' ? runner.state.model : undefined),
    syntax,
    sources: [
      createImportedDeclarations({ workspace, syntax }),
      createOpenTabs(workspace),
      recentEdits,
      createIndexContext({ index, documents, syntax }),
    ],
    onContext: lastContext.note,
    indentStyle: createIndentStyles(),
    styleScore: (document, offset, text) => learning.style.score(document, offset, text),
    multiline: () => settings.now.multiline,
    log,
    now: () => performance.now(),
  });

  serveCompletions(connection, {
    documents,
    workspace,
    settings,
    completer,
    onShown: (query, completions) => {
      const [first, ...others] = completions.map((each) => shownOf(each, query, runner.state));
      if (first !== undefined) recorder.shown(first, others);
    },
  });
  serveModels(connection, models, { onDownloaded: () => void index.chooseModels() });
  serveIndex(connection, { index, documents, lastContext });
  learning.serve(connection);
  edits.serve(connection);
  recordEvents(connection, { documents, workspace, recorder, recentEdits });
  followSettings(settings, { models, runner, completer });

  connection.onInitialized(() => {
    reportStatus(connection, { runner, completer, settings, server: serverModel });
    watchFiles(connection, params.capabilities, (uris) => {
      for (const uri of uris) exclusion.changed(fileOf(uri) ?? uri);
      index.changed(uris);
      learning.style.changed(uris);
    });
    void models.follow(settings.now.model);
    startSoon(index, runner);
    serverModel.start();
    learning.start();
    watchFolders(connection, params.capabilities, (now) => {
      workspace.setFolders(pathsOf(now));
      index.setFolders(pathsOf(now));
      learning.setFolders(pathsOf(now));
    });
  });
  connection.onShutdown(async () => {
    completer[Symbol.dispose]();
    edits[Symbol.dispose]();
    serverModel[Symbol.dispose]();
    await Promise.all([talking, learning, recorder, index, runner].map((part) => part[Symbol.asyncDispose]()));
    syntax[Symbol.dispose]();
  });
  return { capabilities, serverInfo: { name: 'hearth' } };
});

connection.listen();

function pathsOf(folders: InitializeParams['workspaceFolders']): readonly string[] {
  return (folders ?? []).flatMap(({ uri }) => fileOf(uri) ?? []);
}
