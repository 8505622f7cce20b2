import { findCitations } from '../../chat/answer/citations.ts';
import type { ChatDelta, ChatTurn, Citation, ContextItem, LeftOut } from '../../protocol/chatMessages.ts';

/** Looking for citations goes over the whole answer. */
const citationsEveryMs = 250;

export interface GrowingAnswerOptions {
  readonly id: string;
  readonly conversation: string;
  /** The question's id. */
  readonly parent: string;
  /** What answers may cite. */
  readonly context: readonly ContextItem[];
  readonly onDelta: (delta: ChatDelta) => void;
  readonly nowMs: () => number;
}

/** An answer while it is written. */
export class GrowingAnswer {
  readonly #options: GrowingAnswerOptions;
  #text = '';
  #citations: readonly Citation[] = [];
  #lookedMs = 0;

  constructor(options: GrowingAnswerOptions) {
    this.#options = options;
  }

  add(text: string): void {
    this.#text += text;
    const { id, conversation, nowMs, onDelta } = this.#options;
    const isTime = nowMs() - this.#lookedMs >= citationsEveryMs;
    const fresh = isTime ? this.#newCitations(false) : [];
    onDelta({ conversation, turn: id, text, ...(fresh.length === 0 ? {} : { citations: fresh }) });
  }

  /** As it is now: to be kept while it grows, and at its end. */
  turn(more: Pick<ChatTurn, 'answeredBy' | 'stopped' | 'problem'> & { readonly leftOut?: LeftOut } = {}): ChatTurn {
    const { id, parent, nowMs } = this.#options;
    this.#newCitations(true);
    return {
      id,
      role: 'assistant',
      parent,
      text: this.#text,
      atMs: nowMs(),
      ...(this.#citations.length === 0 ? {} : { citations: this.#citations }),
      ...more,
    };
  }

  #newCitations(isComplete: boolean): readonly Citation[] {
    const known = this.#citations.length;
    this.#citations = findCitations(this.#text, this.#options.context, isComplete);
    this.#lookedMs = this.#options.nowMs();
    return this.#citations.slice(known);
  }
}
