import type { ContextItem, PromptContents, SendChat } from '../../protocol/chatMessages.ts';
import { NewestSearch } from '../newestSearch.ts';
import type { Inspection, PromptGlance } from './messages.ts';
import { glanceOf } from './shownConversation.ts';

/** A prompt is looked at once no key was pressed for this long: its context has to be found for it. */
const typingRestMs = 350;

export interface PreviewOptions {
  readonly preview: (question: SendChat, signal: AbortSignal) => Promise<PromptContents>;
  /** The question as it would be sent now. */
  readonly question: () => SendChat;
  /** Undefined where nobody knows. */
  readonly show: (prompt: PromptGlance | undefined) => void;
}

/** What would go into the prompt of the question that is being written: the newest wins. */
export class PromptPreview {
  readonly #newest: NewestSearch<PromptContents>;
  #contents: PromptContents | undefined;

  constructor({ preview, question, show }: PreviewOptions) {
    this.#newest = new NewestSearch({
      delayMs: typingRestMs,
      run: (_, signal) => preview(question(), signal),
      show: (contents) => {
        this.#contents = contents;
        show(promptGlance(contents));
      },
      fail: () => {
        this.#contents = undefined;
        show(undefined);
      },
    });
  }

  get items(): readonly ContextItem[] {
    return this.#contents?.items ?? [];
  }

  get inspection(): Inspection | undefined {
    const { items = [], leftOut, promptTokens, budgetTokens } = this.#contents ?? {};
    if (!leftOut || promptTokens === undefined || budgetTokens === undefined) return undefined;
    return { items, leftOut, promptTokens, budgetTokens };
  }

  /** Something that goes into it may be another now. */
  changed(): void {
    this.#newest.ask('');
  }

  cancel(): void {
    this.#newest.cancel();
  }
}

function promptGlance({ items, ...others }: PromptContents): PromptGlance {
  return { ...others, items: items.map(glanceOf) };
}
