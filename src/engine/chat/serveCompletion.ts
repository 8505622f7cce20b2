import { type CancellationToken, type Connection, ResponseError } from 'vscode-languageserver';
import { findCitations } from '../../chat/answer/citations.ts';
import { fileOf } from '../../base/fileOf.ts';
import { errorText } from '../../base/logger.ts';
import {
  type AskChat,
  ChatMessage,
  type ChatMessageText,
  type ChatModelInfo,
  chatProblemCode,
  type ChatTurn,
  type CompleteChat,
  type CompletedChat,
  type CompletionDelta,
  type CountTokens,
} from '../../protocol/chatMessages.ts';
import { type Problem, ProblemError, type Translate } from '../../protocol/problems.ts';
import { abortSignal } from '../abortSignal.ts';
import type { ChatModel } from './chatModel.ts';
import { pose, type PoseParts } from './pose.ts';
import { respond } from './respond.ts';

export interface CompletionParts extends PoseParts {
  /** Resolves once it is known whether a model is there. */
  readonly modelKnown: (signal: AbortSignal) => Promise<void>;
  readonly t: Translate;
}

/** A little, so that asking again gives another answer. */
const defaultTemperature = 0.3;
/** An answer that has less room than this is not worth its question. */
const leastAnswer = 16;

/** What others in the editor ask: the model as it is, or a question that is kept nowhere. */
export function serveCompletion(connection: Connection, parts: CompletionParts): void {
  const serve = (message: string, work: (params: never, signal: AbortSignal) => Promise<unknown>) =>
    connection.onRequest<unknown, Problem>(message, async (params: never, token: CancellationToken) => {
      try {
        return await work(params, abortSignal(token));
      } catch (cause) {
        if (!(cause instanceof ProblemError)) throw cause;
        throw new ResponseError<Problem>(chatProblemCode, cause.message, cause.problem);
      }
    });
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
  { messages, maxTokens, temperature = defaultTemperature }: CompleteChat,
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
  const { text, end, promptTokens, firstTokenMs, tokensPerSecond } = await answered(model, question, onText, signal);
  return {
    text,
    end,
    answeredBy: {
      kind: model.kind,
      name: model.name,
      contextSize: model.contextSize,
      promptTokens,
      firstTokenMs,
      ...(tokensPerSecond === undefined ? {} : { tokensPerSecond }),
    },
    context: [],
    citations: [],
    problems: [],
  };
}

async function answered(model: ChatModel, ...asked: Parameters<ChatModel['answer']>) {
  try {
    return await model.answer(...asked);
  } catch (cause) {
    const [, , signal] = asked;
    signal.throwIfAborted();
    if (cause instanceof ProblemError) throw cause;
    throw new ProblemError({ code: 'chat.failed', reason: errorText(cause) }, { cause });
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
  const { answeredBy = { kind: 'search', name: '' }, problem } = ended;
  if (problem !== undefined && problem.code !== 'chat.full') throw new ProblemError(problem);
  return {
    text,
    answeredBy,
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
