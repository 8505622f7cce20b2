import type { ToPage } from '../messages.ts';
import { Composer } from './composer.ts';
import { el } from './dom.ts';
import { Feed } from './feed.ts';
import { HistoryView } from './historyView.ts';
import { InspectionView } from './inspectionView.ts';
import { ModelOffer } from './modelOffer.ts';
import type { Page } from './page.ts';
import { PromptMeter } from './promptMeter.ts';

export interface ChatAppOptions {
  readonly page: Page;
  readonly text: string;
  readonly typed: (text: string) => void;
}

/** The parts of the view, and which of them a message is for. */
export class ChatApp {
  readonly element: HTMLElement;
  readonly #page: Page;
  readonly #feed: Feed;
  readonly #composer: Composer;
  readonly #meter: PromptMeter;
  readonly #inspection: InspectionView;
  readonly #history: HistoryView;
  readonly #offer: ModelOffer;
  readonly #conversation: HTMLElement;
  /** Which prompt is looked at: that of a question that was asked, or null for the next one. */
  #inspected: string | null = null;
  /** The conversation in front. */
  #shown: string | undefined;

  constructor({ page, text, typed }: ChatAppOptions) {
    this.#page = page;
    this.#feed = new Feed(page);
    this.#meter = new PromptMeter(page, () => this.#toggleInspection());
    this.#inspection = new InspectionView(page, () => this.#inspectionClosed());
    this.#history = new HistoryView(page);
    this.#offer = new ModelOffer(page);
    this.#composer = new Composer({ page, text, typed, meter: this.#meter.element });
    this.#conversation = el(
      'main',
      { class: 'conversation-view', 'aria-label': page.t('Chat') },
      this.#feed.element,
      el('div', { class: 'to-newest' }, this.#feed.toNewest),
      this.#inspection.element,
      this.#offer.element,
      this.#composer.element,
    );
    this.element = el('div', { class: 'chat' }, this.#conversation, this.#history.element);
  }

  focus(): void {
    if (!this.#conversation.hidden) this.#composer.focus();
  }

  receive(message: Exclude<ToPage, { kind: 'begin' }>): void {
    switch (message.kind) {
      case 'turns':
        if (message.conversation?.id !== this.#shown && this.#inspected !== null) this.#inspection.hide();
        this.#shown = message.conversation?.id;
        return this.#feed.show(message);
      case 'delta':
        return this.#feed.append(message);
      case 'composer':
        return this.#composer.show(message.composer);
      case 'write':
        return this.#composer.write(message.text);
      case 'focus':
        return this.focus();
      case 'prompt':
        this.#meter.show(message.prompt);
        this.#offer.show(message.prompt);
        if (this.#inspection.isOpen && this.#inspected === null) this.#page.tell({ do: 'inspect', of: null });
        return;
      case 'inspection':
        this.#inspected = message.of;
        this.#meter.isOpen = message.of === null;
        return this.#inspection.show(message.of, message.inspection);
      case 'suggestions':
        return this.#composer.suggest(message.id, message.list);
      case 'history': {
        const wasOpen = this.#conversation.hidden;
        this.#conversation.hidden = message.history !== undefined;
        this.#history.show(message.history);
        if (wasOpen && !message.history) this.#composer.focus();
        return;
      }
    }
  }

  #toggleInspection(): void {
    if (this.#inspection.isOpen && this.#inspected === null) this.#inspection.close();
    else this.#page.tell({ do: 'inspect', of: null });
  }

  #inspectionClosed(): void {
    this.#meter.isOpen = false;
    if (this.#inspected === null) this.#meter.element.focus();
    else this.#composer.focus();
  }
}
