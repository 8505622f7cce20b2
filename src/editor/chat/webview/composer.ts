import type { Attachment, ShownComposer, Suggestion } from '../messages.ts';
import { isComposed, isSend } from '../composerKey.ts';
import { withSuggestion, writingTrigger } from '../writingTrigger.ts';
import { button, el, fill } from './dom.ts';
import { iconButton } from './icons.ts';
import type { Page } from './page.ts';
import { SuggestionList } from './suggestionList.ts';
import { visibleNodes } from './visibleText.ts';

/** What is typed is told once no key was pressed for this long. */
const draftRestMs = 200;

export interface ComposerOptions {
  readonly page: Page;
  /** What was typed before a reload. */
  readonly text: string;
  /** What was typed is to be kept. */
  readonly typed: (text: string) => void;
  /** Shown between the text and the buttons. */
  readonly meter: HTMLElement;
}

/** Where questions are written. */
export class Composer {
  readonly element: HTMLElement;
  readonly #options: ComposerOptions;
  readonly #field: HTMLTextAreaElement;
  readonly #suggestions: SuggestionList;
  readonly #chips: HTMLElement;
  readonly #notice = el('p', { class: 'notice', role: 'alert', hidden: true });
  readonly #editing: HTMLElement;
  readonly #send: HTMLButtonElement;
  readonly #stop: HTMLButtonElement;
  #isBusy = false;
  #asked = 0;
  #timer: number | undefined;

  constructor(options: ComposerOptions) {
    const { page, text, meter } = options;
    const { t, tell } = page;
    this.#options = options;
    this.#field = el('textarea', {
      'aria-label': t('Question'),
      placeholder: t('Ask about your code (@ adds context, / commands)'),
      rows: 1,
      spellcheck: 'false',
    });
    this.#field.value = text;
    this.#suggestions = new SuggestionList(page, this.#field, (suggestion) => this.#take(suggestion));
    this.#chips = el('ul', { class: 'chips', 'aria-label': t('Attached') });
    this.#editing = el(
      'div',
      { class: 'editing', hidden: true },
      el('span', {}, t('Asking an earlier question differently')),
      button(t('Cancel'), () => tell({ do: 'dropEdit' }), { class: 'link' }),
    );
    this.#send = iconButton(t('Send'), 'send', () => this.#ask(), { look: 'primary' });
    this.#stop = iconButton(t('Stop'), 'stop', () => tell({ do: 'stop' }), { look: 'primary' });
    this.element = el(
      'div',
      { class: 'composer', role: 'form', 'aria-label': t('Ask a question') },
      this.#notice,
      this.#editing,
      this.#chips,
      this.#suggestions.element,
      this.#field,
      el(
        'div',
        { class: 'row' },
        iconButton(t('Add Context…'), 'add', () => tell({ do: 'attach' })),
        meter,
        this.#send,
        this.#stop,
      ),
    );
    this.#field.addEventListener('keydown', (event) => this.#pressed(event));
    this.#field.addEventListener('input', () => this.#changed());
    this.#field.addEventListener('blur', () => this.#suggestions.show([]));
    this.show({ busy: false, editing: false, attachments: [] });
  }

  focus(): void {
    this.#field.focus();
  }

  write(text: string): void {
    this.#field.value = text;
    this.#field.setSelectionRange(text.length, text.length);
    this.#changed();
  }

  show({ busy, editing, attachments, notice }: ShownComposer): void {
    this.#isBusy = busy;
    const hadKeyboard = document.activeElement === this.#send || document.activeElement === this.#stop;
    this.#send.hidden = busy;
    this.#stop.hidden = !busy;
    if (hadKeyboard) this.#field.focus();
    this.#editing.hidden = !editing;
    this.#notice.hidden = notice === undefined;
    fill(this.#notice, ...visibleNodes(notice ?? '', true));
    this.#chips.hidden = attachments.length === 0;
    this.#showChips(attachments);
  }

  suggest(id: number, list: readonly Suggestion[]): void {
    if (id !== this.#asked || document.activeElement !== this.#field) return;
    // What is there already needs no completing: Enter sends then.
    const cursor = this.#field.selectionStart;
    const { start } = writingTrigger(this.#field.value, cursor) ?? { start: cursor };
    const typed = this.#field.value.slice(start, cursor);
    const isComplete = !typed.endsWith(':') && list.some(({ insert }) => insert === typed);
    this.#suggestions.show(isComplete ? [] : list);
  }

  #showChips(attachments: readonly Attachment[]): void {
    const { t, tell } = this.#options.page;
    const hadKeyboard = this.#chips.contains(document.activeElement);
    fill(
      this.#chips,
      ...attachments.map(({ key, kind, label }) =>
        el(
          'li',
          { class: 'chip', 'data-kind': kind },
          el('span', { title: label }, ...visibleNodes(label, true)),
          iconButton(t('Remove'), 'close', () => tell({ do: 'detach', key }), { of: label }),
        ),
      ),
    );
    if (hadKeyboard) (this.#chips.querySelector('button') ?? this.#field).focus();
  }

  #pressed(event: KeyboardEvent): void {
    if (isComposed(event)) return;
    if (!event.shiftKey && this.#suggestions.take(event.key)) event.preventDefault();
    else if (isSend(event)) {
      event.preventDefault();
      this.#ask();
    } else if (event.key === 'Escape' && this.#isBusy) this.#options.page.tell({ do: 'stop' });
  }

  #ask(): void {
    const { value } = this.#field;
    if (this.#isBusy || value.trim() === '') return;
    window.clearTimeout(this.#timer);
    this.#suggestions.show([]);
    this.#options.page.tell({ do: 'send', text: value });
  }

  #changed(): void {
    const { page, typed } = this.#options;
    const text = this.#field.value;
    typed(text);
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => page.tell({ do: 'draft', text }), draftRestMs);
    const trigger = writingTrigger(text, this.#field.selectionStart);
    this.#asked++;
    if (trigger && document.activeElement === this.#field)
      page.tell({ do: 'suggest', id: this.#asked, kind: trigger.kind, query: trigger.query });
    else this.#suggestions.show([]);
  }

  #take({ insert }: Suggestion): void {
    const cursor = this.#field.selectionStart;
    const trigger = writingTrigger(this.#field.value, cursor);
    if (!trigger) return;
    const { text, cursor: after } = withSuggestion(this.#field.value, trigger, cursor, insert);
    this.#field.value = text;
    this.#field.setSelectionRange(after, after);
    this.#changed();
  }
}
