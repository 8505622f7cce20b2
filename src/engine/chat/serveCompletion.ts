import type { Connection } from 'vscode-languageserver';
import { findCitations } from '../../chat/answer/citations.ts';
import { fileOf } from '../../base/fileOf.ts';
import {
  type AskChat,
  ChatMessage,
  type ChatMessageText,
  type ChatModelInfo,
  type ChatTurn,
  type CompleteChat,
  type CompletedChat,
  type CompletionDelta,
  type CountTokens,
} from '../../protocol/chatMessages.ts';
import { ProblemError, type Translate } from '../../protocol/problems.ts';
import { answeredBy, failureOf, usualTemperature } from './answeredBy.ts';
import type { ChatModel } from './chatModel.ts';
import { pose, type PoseParts } from './pose.ts';
import { problemRequests } from './problemRequests.ts';
import { respond } from './respond.ts';

export interface CompletionParts extends PoseParts {
  /** Resolves once it is known whether a model is there. */
  readonly modelKnown: (signal: AbortSignal) => Promise<void>;
  readonly t: Translate;
}

/** An answer that has less room than this is not worth its question. */
const leastAnswer = 16;

/** What others in the editor ask: the model as it is, or a question that is kept nowhere. */
export function serveCompletion(connection: Connection, parts: CompletionParts): void {
  const serve = problemRequests(connection);
  const teller = (id: string) => (text: string) => {
    const delta: CompletionDelta = { id, text };
    void connection.sendNotification(ChatMessage.completionDelta, delta);
  };
  // Without params the first argument is the cancellation token.
  connection.onRequest(ChatMessage.model, () => infoOf(parts.model()));
  serve(ChatMessage.countTokens, async ({ text }: CountTokens) => parts.model()?.estimate(text) ?? text.length);
  serve(ChatMessage.complete, (asked: CompleteChat, signal) => complete(asked, parts, teller(asked.id), signal));
  serve(ChatMessage.ask, (asked: AskChat, signal) => ask(asked, parts, teller(asked.id), signal));
}

function infoOf(model: ChatModel | undefined): ChatModelInfo | null {
  return model === undefined ? null : { kind: model.kind, name: model.name, contextSize: model.contextSize };
}

async function complete(
  { messages, maxTokens, temperature = usualTemperature }: CompleteChat,
  parts: CompletionParts,
  onText: (text: string) => void,
  signal: AbortSignal,
): Promise<CompletedChat> {
  await parts.modelKnown(signal);
  const model = parts.model();
  if (model === undefined) throw new ProblemError(parts.whyNoModel() ?? { code: 'chat.modelGone' });
  const room = model.contextSize - (await model.tokensOf(messages, signal));
  if (room < leastAnswer)
    throw new ProblemError({
      code: 'chat.tooLong',
      promptTokens: model.contextSize - room,
      contextSize: model.contextSize,
    });
  const question = { messages, maxTokens: Math.min(maxTokens ?? room, room), temperature };
  const answer = await answered(model, question, onText, signal);
  const { text, end } = answer;
  return { text, end, answeredBy: answeredBy(model, answer), context: [], citations: [], problems: [] };
}

async function answered(model: ChatModel, ...asked: Parameters<ChatModel['answer']>) {
  try {
    return await model.answer(...asked);
  } catch (cause) {
    const [, , signal] = asked;
    signal.throwIfAborted();
    throw new ProblemError(failureOf(cause), { cause });
  }
}

async function ask(
  { folder, text: typed, attachments: attached, earlier, editor }: AskChat,
  parts: CompletionParts,
  onText: (text: string) => void,
  signal: AbortSignal,
): Promise<CompletedChat> {
  await parts.modelKnown(signal);
  const history = turnsOf(earlier);
  const posed = await pose({ folder: fileOf(folder), typed, attached, history, editor }, parts, signal);
  let text = '';
  const ended = await respond(
    posed,
    parts.t,
    (piece) => {
      text += piece;
      onText(piece);
    },
    signal,
  );
  signal.throwIfAborted();
  const { answeredBy: by = { kind: 'search', name: '' }, problem } = ended;
  if (problem !== undefined && problem.code !== 'chat.full') throw new ProblemError(problem);
  return {
    text,
    answeredBy: by,
    end: problem === undefined ? 'complete' : 'length',
    context: posed.items,
    citations: findCitations(text, posed.items, true),
    problems: posed.contents.problems,
  };
}

/** What was said in another chat, in the form in which ours is kept. */
function turnsOf(earlier: readonly ChatMessageText[]): readonly ChatTurn[] {
  return earlier.flatMap(({ role, content }, at) =>
    role === 'system'
      ? []
      : [{ id: String(at), role, text: content, atMs: 0, parent: at === 0 ? null : String(at - 1) }],
  );
}
