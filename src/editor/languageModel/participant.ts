import {
  type CancellationToken,
  chat,
  type ChatContext,
  type ChatPromptReference,
  type ChatRequest,
  type ChatResponseStream,
  type ChatResult,
  type Disposable,
  FileType,
  l10n,
  Location,
  type LogOutputChannel,
  Range,
  Uri,
  window,
  workspace,
} from 'vscode';
import { errorText } from '../../base/logger.ts';
import type { CompletedChat, EditorState } from '../../protocol/chatMessages.ts';
import { describeProblem } from '../../protocol/problems.ts';
import { editorState, stateAt } from '../chat/editorState.ts';
import { requestError } from '../requestError.ts';
import type { CompletionClient } from './completionClient.ts';
import { attachmentsOf, earlierMessages, questionText, type Reference } from './participantQuestion.ts';

/** As in the manifest. */
const participantId = 'hearth.chat';

/** `@hearth` in VS Code's own chat: answers as the chat view does, and keeps nothing. */
export function offerParticipant(completion: CompletionClient, icon: Uri, log: LogOutputChannel): Disposable {
  const participant = chat.createChatParticipant(participantId, async (request, context, stream, token) => {
    try {
      tellSources(await answer(completion, request, context, stream, token), stream);
      return {};
    } catch (cause) {
      if (token.isCancellationRequested) return {};
      log.warn(`@hearth: ${errorText(cause)}`);
      return { errorDetails: { message: requestError(cause).message } } satisfies ChatResult;
    }
  });
  participant.iconPath = icon;
  return participant;
}

async function answer(
  completion: CompletionClient,
  { prompt, command, references }: ChatRequest,
  { history }: ChatContext,
  stream: ChatResponseStream,
  token: CancellationToken,
): Promise<CompletedChat> {
  const attached = await Promise.all(references.map(({ value }) => referenceOf(value)));
  const known = attached.flatMap((each) => each ?? []);
  for (const [at, { id }] of references.entries())
    if (attached[at] === undefined) stream.progress(l10n.t('{0} cannot be shown to the model from here.', id));
  return completion.ask(
    {
      folder: folderOf(references),
      text: questionText(prompt, command),
      attachments: attachmentsOf(known, { command, isFirst: history.length === 0 }),
      earlier: earlierMessages(history),
      editor: { ...(await stateOf(references)), isTrusted: workspace.isTrusted },
    },
    // No image in it is fetched, and no link leads to a command: that is how VS Code shows Markdown of participants.
    (text) => stream.markdown(text),
    token,
  );
}

/** Files and folders of the workspace, by the paths that the engine knows them by. It reads them: what is excluded stays so. */
async function referenceOf(value: unknown): Promise<Reference | undefined> {
  if (value instanceof Location) return { kind: 'place' };
  if (!(value instanceof Uri) || workspace.getWorkspaceFolder(value) === undefined) return undefined;
  const stat = await Promise.resolve(workspace.fs.stat(value)).catch(() => undefined);
  if (stat === undefined) return undefined;
  const path = workspace.asRelativePath(value, false);
  return { kind: (stat.type & FileType.Directory) === 0 ? 'file' : 'folder', path };
}

/** Where what was attached lies; else the document in front; else the first. */
function folderOf(references: readonly ChatPromptReference[]): string {
  const uris = [
    ...references.flatMap(({ value }) => (value instanceof Location ? value.uri : value instanceof Uri ? value : [])),
    ...(window.activeTextEditor ? [window.activeTextEditor.document.uri] : []),
  ];
  const [folder] = [
    ...uris.flatMap((uri) => workspace.getWorkspaceFolder(uri) ?? []),
    ...(workspace.workspaceFolders ?? []),
  ];
  return folder?.uri.toString() ?? '';
}

/** The place that was attached, as if it were selected; else what the editor in front shows. */
async function stateOf(references: readonly ChatPromptReference[]): Promise<EditorState> {
  const place = references.map(({ value }) => value).find((value) => value instanceof Location);
  return place === undefined ? editorState() : stateAt(await workspace.openTextDocument(place.uri), place.range);
}

/** What the answer rests on, for the list below it; what could not be found, in words. */
function tellSources({ context, citations, problems }: CompletedChat, stream: ChatResponseStream): void {
  for (const problem of problems) stream.progress(describeProblem(problem, l10n.t).message);
  for (const { uri, startLine = 1, endLine = startLine } of [...citations, ...context])
    if (uri !== undefined) stream.reference(new Location(Uri.parse(uri), new Range(startLine - 1, 0, endLine, 0)));
}
