import type {
  ChatBegan,
  ChatDelta,
  ChatTurn,
  Citation,
  ContextItem,
  Conversation,
} from '../../protocol/chatMessages.ts';
import { type LiveAnswer, liveAnswer, withDelta, withLive } from './liveAnswer.ts';
import type { Branch, ContextGlance, Inspection, ShownTurn, ShownTurns } from './messages.ts';
import { branchesOf, turnPath, withTurnShown } from './turnPath.ts';
import { earlierTurns, laterTurns, movedWindow, newestTurns, type TurnWindow } from './turnWindow.ts';

/** The conversation that is in front, what is being written in it and elsewhere, and which part of it the page has. */
export class ShownConversation {
  readonly #now: () => number;
  /** By conversation: one that is left goes on in the background. */
  readonly #live = new Map<string, LiveAnswer>();
  #conversation: Conversation | undefined;
  #path: readonly ChatTurn[] = [];
  #branches: ReadonlyMap<string, Branch> = new Map();
  #window: TurnWindow = newestTurns(0);

  constructor(now: () => number) {
    this.#now = now;
  }

  get conversation(): Conversation | undefined {
    return this.#conversation;
  }

  /** Whether an answer is being written here. */
  get isWriting(): boolean {
    return this.#conversation !== undefined && this.#live.has(this.#conversation.id);
  }

  /** The end of the branch that is shown; null while there is none. */
  get head(): string | null {
    return this.#path.at(-1)?.id ?? null;
  }

  turn(id: string): ChatTurn | undefined {
    return this.#path.find((turn) => turn.id === id);
  }

  /** The question that an answer answers, or a question itself. */
  questionOf(id: string): ChatTurn | undefined {
    const turn = this.turn(id);
    return turn?.role === 'assistant' && turn.parent !== null ? this.turn(turn.parent) : turn;
  }

  citation(id: string, at: number): Citation | undefined {
    const live = this.#conversation && this.#live.get(this.#conversation.id);
    return (live?.id === id ? live : this.turn(id))?.citations?.[at];
  }

  /** What the answer to a question, or a question's answer, was made from. */
  inspection(id: string): Inspection | undefined {
    const question = this.questionOf(id);
    if (!question) return undefined;
    const at = this.#path.indexOf(question);
    const { leftOut, answeredBy } = this.#path[at + 1] ?? {};
    const { promptTokens, contextSize } = answeredBy ?? {};
    return {
      items: question.context ?? [],
      ...(question.instruction !== undefined && { instruction: question.instruction }),
      ...(leftOut && { leftOut }),
      // Some servers do not count.
      ...(promptTokens ? { promptTokens } : {}),
      ...(contextSize !== undefined && { budgetTokens: contextSize }),
    };
  }

  /** Another conversation, or another branch of it; undefined: a new one that has no question yet. */
  show(conversation: Conversation | undefined): void {
    const live = conversation && this.#live.get(conversation.id);
    this.#set(conversation && live ? withLive(conversation, live, this.#now()) : conversation);
    this.#window = newestTurns(this.#path.length);
  }

  renamed(title: string): void {
    if (this.#conversation) this.#conversation = { ...this.#conversation, title };
  }

  /** `isHere`: it was asked in what is in front. */
  began(began: ChatBegan, isHere: boolean): void {
    const live = liveAnswer(began);
    this.#live.set(began.conversation.id, live);
    if (!isHere) return;
    const { turns: _, ...summary } = began.conversation;
    const before = this.#conversation?.id === summary.id ? this.#conversation.turns : [];
    this.#set(withLive({ ...summary, turns: before, head: null }, live, this.#now()));
    this.#window = newestTurns(this.#path.length);
  }

  /** Whether it is of an answer in front. */
  wrote(delta: ChatDelta): boolean {
    const live = this.#live.get(delta.conversation);
    if (live?.id !== delta.turn) return false;
    const longer = withDelta(live, delta);
    this.#live.set(delta.conversation, longer);
    return this.#conversation?.id === delta.conversation;
  }

  /** The answer is complete, stopped or failed. */
  ended(conversation: string, answer: ChatTurn): void {
    this.#live.delete(conversation);
    if (this.#conversation?.id !== conversation) return;
    // The user may look at another branch by now: that one stays.
    const before = this.#path.length;
    const isInFront = this.#path.some(({ id }) => id === answer.id || id === answer.parent);
    const { head } = this.#conversation;
    const next = withTurnShown(this.#conversation, answer);
    this.#set(isInFront ? next : { ...next, head });
    this.#window = movedWindow(this.#window, before, this.#path.length);
  }

  /** The engine is gone: what was written of the answer is all there is. */
  broken(conversation: string): void {
    const live = this.#live.get(conversation);
    if (!live) return;
    this.ended(conversation, {
      id: live.id,
      role: 'assistant',
      text: live.text,
      atMs: this.#now(),
      parent: live.question.id,
      stopped: true,
    });
  }

  look(where: 'earlier' | 'later' | 'newest'): void {
    const total = this.#path.length;
    if (where === 'newest') this.#window = newestTurns(total);
    else this.#window = where === 'earlier' ? earlierTurns(this.#window, total) : laterTurns(this.#window, total);
  }

  /** What the page is to show. */
  shown(look: ShownTurns['look']): ShownTurns {
    const { from, to } = this.#window;
    const turns = this.#path.slice(from, to);
    const live = this.#conversation && this.#live.get(this.#conversation.id);
    return {
      ...(this.#conversation && { conversation: { id: this.#conversation.id, title: this.#conversation.title } }),
      turns: turns.map((turn) => {
        const branch = this.#branches.get(turn.id);
        return { ...(turn.id === live?.id ? beingWritten(turn, live) : shownTurn(turn)), ...(branch && { branch }) };
      }),
      from,
      total: this.#path.length,
      look,
    };
  }

  #set(conversation: Conversation | undefined): void {
    this.#conversation = conversation;
    this.#path = conversation ? turnPath(conversation) : [];
    this.#branches = conversation ? branchesOf(this.#path, conversation) : new Map();
  }
}

function beingWritten(turn: ChatTurn, { text, citations }: LiveAnswer): ShownTurn {
  return { ...shownTurn({ ...turn, text, citations }), writing: true };
}

function shownTurn(turn: ChatTurn): ShownTurn {
  const { parent: _parent, atMs: _at, instruction: _instruction, context, ...shown } = turn;
  return { ...shown, ...(context && { context: context.map(glanceOf) }) };
}

export function glanceOf(item: ContextItem): ContextGlance {
  const { text: _, ...glance } = item;
  return glance;
}
