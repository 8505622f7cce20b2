import { randomUUID } from 'node:crypto';
import { fileOf } from '../../base/fileOf.ts';
import { errorText, type Logger } from '../../base/logger.ts';
import { titleOf } from '../../chat/conversation/title.ts';
import { pathTo, questionOf, withBranch } from '../../chat/conversation/turnTree.ts';
import { ChatHistory } from '../../chat/history/chatHistory.ts';
import { exportMarkdown } from '../../chat/history/exportMarkdown.ts';
import type {
  ChatBegan,
  ChatDelta,
  ChatTurn,
  ChooseBranch,
  Conversation,
  ConversationPage,
  ExportedChat,
  LeftOut,
  ListConversations,
  OneConversation,
  OneFolder,
  PromptContents,
  RenameConversation,
  SendChat,
} from '../../protocol/chatMessages.ts';
import { type Problem, ProblemError, type Translate } from '../../protocol/problems.ts';
import { GrowingAnswer } from './answerTurn.ts';
import { type Asked, pose, type PoseParts } from './pose.ts';
import { respond } from './respond.ts';

export interface ChatsOptions extends PoseParts {
  readonly chatsFolder: string;
  /** Resolves once it is known whether a model is there. */
  readonly modelKnown: (signal: AbortSignal) => Promise<void>;
  readonly t: Translate;
  readonly log: Logger;
  readonly onProblem: (problem: Problem) => void;
  readonly onBegan: (began: ChatBegan) => void;
  readonly onDelta: (delta: ChatDelta) => void;
}

/** A question on its way, and its answer. */
interface UnderWay {
  /** Null until a new one was begun. */
  conversation: string | null;
  readonly abort: AbortController;
  ended: Promise<unknown>;
}

/** A long answer is kept this often, so that whatever ends the engine costs little of it. */
const keepEveryMs = 5_000;
const maxPage = 200;

/** The conversations of all open folders, and the answers that are being written. */
export class Chats implements AsyncDisposable {
  readonly #options: ChatsOptions;
  readonly #histories = new Map<string, ChatHistory>();
  /** One per conversation: the newest wins. */
  readonly #underWay = new Set<UnderWay>();

  constructor(options: ChatsOptions) {
    this.#options = options;
  }

  /**
   * Rejects with a `ProblemError` when the conversation is gone, and with the signal's reason before anything is kept of
   * the question; all that happens later is told by the answer.
   */
  async send(params: SendChat, signal: AbortSignal): Promise<ChatTurn> {
    if (params.conversation !== null) await this.#end(params.conversation);
    const abort = new AbortController();
    const underWay: UnderWay = { conversation: params.conversation, abort, ended: Promise.resolve() };
    const answering = this.#answer(params, underWay, AbortSignal.any([signal, abort.signal]));
    underWay.ended = answering.catch(() => undefined);
    this.#underWay.add(underWay);
    try {
      return await answering;
    } finally {
      this.#underWay.delete(underWay);
    }
  }

  async preview(params: SendChat, signal: AbortSignal): Promise<PromptContents> {
    const history = this.#history(params.folder);
    const conversation = params.conversation === null ? undefined : await history.open(params.conversation);
    return (await pose(askedOf(params, conversation), this.#options, signal)).contents;
  }

  /** Resolves when what there is of the answer is kept. */
  stop({ id }: OneConversation): Promise<void> {
    return this.#end(id);
  }

  list({ folder, limit, ...query }: ListConversations): Promise<ConversationPage> {
    return this.#history(folder).list({ ...query, limit: Math.max(1, Math.min(maxPage, limit)) });
  }

  open({ folder, id }: OneConversation): Promise<Conversation> {
    return this.#history(folder).open(id);
  }

  async choose({ folder, id, turn }: ChooseBranch): Promise<Conversation> {
    const history = this.#history(folder);
    const chosen = withBranch(await history.open(id), turn);
    if (chosen.head !== null) await history.setHead(id, chosen.head);
    return chosen;
  }

  rename({ folder, id, title }: RenameConversation): Promise<void> {
    return this.#history(folder).rename(id, title);
  }

  async delete({ folder, id }: OneConversation): Promise<void> {
    await this.#end(id);
    await this.#history(folder).delete(id);
  }

  async deleteAll({ folder }: OneFolder): Promise<void> {
    await this.#end();
    await this.#history(folder).deleteAll();
  }

  async export({ folder, id }: OneConversation): Promise<ExportedChat> {
    return { markdown: exportMarkdown(await this.#history(folder).open(id)) };
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#end();
  }

  #history(folder: string): ChatHistory {
    const { chatsFolder, log, onProblem } = this.#options;
    const known = this.#histories.get(folder) ?? new ChatHistory(chatsFolder, folder, { log, onProblem });
    this.#histories.set(folder, known);
    return known;
  }

  async #answer(params: SendChat, underWay: UnderWay, signal: AbortSignal): Promise<ChatTurn> {
    const { t, modelKnown, onBegan, onDelta } = this.#options;
    const history = this.#history(params.folder);
    const there = params.conversation === null ? undefined : await history.open(params.conversation);
    const asked = askedOf(params, there);
    await modelKnown(signal);
    const posed = await pose(asked, this.#options, signal);
    const before = there ?? (await history.create(titleOf(asked.typed), Date.now()));
    underWay.conversation = before.id;
    const question = questionTurn(asked, posed, before, params);
    await history.addTurn(before.id, question);
    const id = randomUUID();
    const answer = new GrowingAnswer({
      id,
      conversation: before.id,
      parent: question.id,
      context: [...posed.items, ...asked.history.flatMap(({ context = [] }) => context)],
      onDelta,
      nowMs: Date.now,
    });
    const { head: _, ...summary } = before;
    onBegan({ conversation: { ...summary, turns: before.turns.length + 1 }, question, answer: id });
    const keep = (turn: ChatTurn) => this.#keep(history, before.id, turn);
    const keeping = setInterval(() => void keep(answer.turn()), keepEveryMs);
    try {
      const ended = await respond(posed, t, (text) => answer.add(text), signal);
      clearInterval(keeping);
      const complete = answer.turn({ ...ended, ...leftOutOf(posed.contents.leftOut) });
      await keep(complete);
      return complete;
    } finally {
      clearInterval(keeping);
    }
  }

  /** An answer that cannot be kept is an answer all the same. */
  async #keep(history: ChatHistory, conversation: string, turn: ChatTurn): Promise<void> {
    try {
      await history.addTurn(conversation, turn);
    } catch (cause) {
      if (cause instanceof ProblemError) this.#options.onProblem(cause.problem);
      else this.#options.log.error(`An answer was not kept: ${errorText(cause)}`);
    }
  }

  async #end(conversation?: string): Promise<void> {
    const ending = [...this.#underWay].filter(
      (each) => conversation === undefined || each.conversation === conversation,
    );
    for (const { abort } of ending) abort.abort();
    await Promise.all(ending.map(({ ended }) => ended));
  }
}

/** What is asked, and after what. Throws a `RangeError` for a turn that the conversation does not have. */
function askedOf({ folder, ask, editor }: SendChat, conversation: Conversation | undefined): Asked {
  const common = { folder: fileOf(folder), editor };
  if (ask.kind === 'question') {
    const { text: typed, attachments: attached, parent } = ask;
    return { ...common, typed, attached, history: pathOf(conversation, parent) };
  }
  if (conversation === undefined) throw new RangeError('A new conversation has no question to be answered again.');
  const { command, text, attached = [], parent } = questionOf(conversation, ask.question);
  const typed = command === undefined ? text : `/${command} ${text}`;
  return { ...common, typed, attached, history: pathOf(conversation, parent) };
}

function pathOf(conversation: Conversation | undefined, turn: string | null): readonly ChatTurn[] {
  return conversation === undefined || turn === null ? [] : pathTo(conversation, turn);
}

/** The question as it is kept; asked again it is the same one, with what it is shown with now. */
function questionTurn(
  { attached, history, editor }: Asked,
  { question: { text, command, instruction }, items }: Awaited<ReturnType<typeof pose>>,
  conversation: Conversation,
  { ask }: SendChat,
): ChatTurn {
  const again = ask.kind === 'again' ? questionOf(conversation, ask.question) : undefined;
  const isFirst = history.length === 0;
  return {
    id: again?.id ?? randomUUID(),
    role: 'user',
    text,
    atMs: again?.atMs ?? Date.now(),
    parent: again === undefined ? (history.at(-1)?.id ?? null) : again.parent,
    ...(command === undefined ? {} : { command }),
    ...(instruction === '' ? {} : { instruction }),
    ...(attached.length === 0 ? {} : { attached }),
    ...(items.length === 0 ? {} : { context: items }),
    ...(isFirst && editor.languageId !== undefined ? { languageId: editor.languageId } : {}),
  };
}

function leftOutOf(leftOut: LeftOut): { readonly leftOut?: LeftOut } {
  const { earlierTurns, items, questionLines } = leftOut;
  return earlierTurns + items.length + questionLines === 0 ? {} : { leftOut };
}
