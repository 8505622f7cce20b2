import type { ChatBegan, ChatTurn, SendChat } from '../../protocol/chatMessages.ts';
import type { Translate } from '../../protocol/problems.ts';
import { failureText } from './failureText.ts';
import type { ShownConversation } from './shownConversation.ts';

/** One question on its way to its answer. */
interface Asked {
  /** Null for a new conversation, which has no id before the engine gives it one. */
  readonly conversation: string | null;
  /** The conversation in which the engine has begun to answer. */
  begun?: string;
}

/** `taken` without a failure: answered. Not taken: nothing of the question is anywhere. */
export interface AskResult {
  readonly taken: boolean;
  readonly failure?: string;
}

/** Sends questions and brings what the engine says about them into what is shown. */
export class Asking {
  readonly #send: (question: SendChat) => Promise<ChatTurn>;
  readonly #shown: ShownConversation;
  readonly #t: Translate;
  #asked: Asked | undefined;

  constructor(send: (question: SendChat) => Promise<ChatTurn>, shown: ShownConversation, t: Translate) {
    this.#send = send;
    this.#shown = shown;
    this.#t = t;
  }

  /** Whether a question was sent that no answer has begun for. */
  get isWaiting(): boolean {
    return this.#asked !== undefined;
  }

  /** Whether the answer that has begun is one of the conversation in front. */
  began(began: ChatBegan): boolean {
    const asked = this.#asked;
    const isOurs = asked !== undefined && (asked.conversation ?? began.conversation.id) === began.conversation.id;
    if (isOurs) {
      asked.begun = began.conversation.id;
      this.#asked = undefined;
    }
    const isHere = isOurs && asked.conversation === (this.#shown.conversation?.id ?? null);
    this.#shown.began(began, isHere);
    return isHere;
  }

  /** Resolves when the answer has ended; never rejects. */
  async ask(question: SendChat): Promise<AskResult> {
    const asked: Asked = { conversation: question.conversation };
    this.#asked = asked;
    try {
      const answer = await this.#send(question);
      const conversation = asked.begun ?? asked.conversation;
      if (conversation !== null) this.#shown.ended(conversation, answer);
      return { taken: true };
    } catch (cause) {
      if (asked.begun !== undefined) this.#shown.broken(asked.begun);
      return { taken: asked.begun !== undefined, failure: failureText(cause, this.#t) };
    } finally {
      if (this.#asked === asked) this.#asked = undefined;
    }
  }
}
