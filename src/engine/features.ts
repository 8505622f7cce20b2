import type { CancellationToken, Connection } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Completer } from '../inference/completion/completer.ts';
import type { RecentEdits } from '../inference/completion/context/recentEdits.ts';
import type { Completion, CompletionQuery } from '../inference/completion/types.ts';
import type { ModelRunner } from '../inference/host/modelRunner.ts';
import type { Recorder } from '../personalize/events/recorder.ts';
import {
  acceptedCommand,
  type CursorMoved,
  type DownloadModel,
  type DownloadModelResult,
  type DownloadProgress,
  type ListModels,
  Message,
  type SelectModel,
  type SelectModelResult,
} from '../protocol/messages.ts';
import { isEnabledFor } from '../protocol/settings.ts';
import { abortSignal } from './abortSignal.ts';
import { itemOf, queryOf } from './inlineCompletion.ts';
import type { LiveSettings } from './liveSettings.ts';
import type { ModelChoice } from './modelChoice.ts';
import type { DocumentChange, OpenDocuments } from './openDocuments.ts';
import type { Workspace } from './workspace.ts';

/** `textDocument/inlineCompletion`, and reading ahead where the cursor rests. */
export function serveCompletions(
  connection: Connection,
  parts: {
    readonly documents: OpenDocuments;
    readonly workspace: Workspace;
    readonly settings: LiveSettings;
    readonly completer: Completer;
    readonly onShown: (query: CompletionQuery, completions: readonly Completion[]) => void;
  },
): void {
  const { documents, workspace, settings, completer } = parts;
  const queryFor = async (params: Parameters<typeof queryOf>[0]): Promise<CompletionQuery | undefined> => {
    const arrivedMs = performance.now();
    const document = documents.get(params.textDocument.uri);
    if (document === undefined || !isEnabledFor(settings.now, document.languageId)) return undefined;
    const view = await workspace.view(document);
    return view && queryOf(params, document, view, arrivedMs);
  };

  connection.languages.inlineCompletion.on(async (params, token) => {
    const query = await queryFor(params);
    if (query === undefined || token.isCancellationRequested) return null;
    const completions = await completer.complete(query, abortSignal(token));
    if (completions.length === 0) return null;
    if (!token.isCancellationRequested) parts.onShown(query, completions);
    return { items: completions.map((completion) => itemOf(completion, query, params.position)) };
  });

  connection.onNotification(Message.cursorMoved, async ({ uri, position }: CursorMoved) => {
    const query = await queryFor({ textDocument: { uri }, position, context: { triggerKind: 2 } });
    if (query !== undefined) await completer.warmUp(query);
  });
}

/** Everything about which model runs. */
export function serveModels(
  connection: Connection,
  models: ModelChoice,
  { onDownloaded }: { readonly onDownloaded: () => void },
): void {
  const onProgress = (progress: DownloadProgress) =>
    void connection.sendNotification(Message.downloadProgress, progress);
  // Without params the first argument is the cancellation token, which names no use either.
  connection.onRequest(Message.models, (asked?: ListModels) => models.list(asked ?? {}));
  connection.onRequest<SelectModelResult, void>(Message.selectModel, ({ idOrPath }: SelectModel) =>
    models.select(idOrPath),
  );
  connection.onRequest<DownloadModelResult, void>(
    Message.downloadModel,
    async ({ id }: DownloadModel, token: CancellationToken) => {
      const result = await models.download(id, onProgress, abortSignal(token));
      if (result.ok) onDownloaded();
      return result;
    },
  );
  connection.onRequest<SelectModelResult, void>(Message.restartModel, () => models.restart());
}

/** What became of the completions, for statistics and, later, for learning. */
export function recordEvents(
  connection: Connection,
  parts: {
    readonly documents: OpenDocuments;
    readonly workspace: Workspace;
    readonly recorder: Recorder;
    readonly recentEdits: RecentEdits;
  },
): void {
  const { documents, workspace, recorder, recentEdits } = parts;
  const noteEdit = async (document: TextDocument, lineChanges: DocumentChange['lineChanges']) => {
    const view = await workspace.view(document);
    if (view === undefined) recentEdits.forget(document.uri);
    else recentEdits.documentChanged(view.uri, view.path, lineChanges, view.text);
  };
  documents.onChange.on(({ document, changes, lineChanges }) => {
    recorder.documentChanged(document.uri, changes, document.getText());
    void noteEdit(document, lineChanges);
  });
  documents.onClose.on((document) => recorder.documentClosed(document.uri, document.getText()));
  connection.onExecuteCommand(({ command, arguments: args }) => {
    if (command === acceptedCommand) recorder.acceptedCommand(String(args?.[0]));
  });
  connection.onRequest(Message.statistics, () => recorder.statistics());
  connection.onRequest(Message.deleteEvents, () => recorder.deleteAll());
}

/** A changed setting takes effect at once. */
export function followSettings(
  settings: LiveSettings,
  parts: { readonly models: ModelChoice; readonly runner: ModelRunner; readonly completer: Completer },
): void {
  settings.onChange.on(({ before, now }) => {
    if (before.model !== now.model) void parts.models.follow(now.model);
  });
  let modelId = '';
  parts.runner.onState.on((state) => {
    if (state.kind !== 'ready' || state.model.id === modelId) return;
    modelId = state.model.id;
    parts.completer.modelChanged();
  });
}
