import type { Suggestion } from '../messages.ts';
import { el, fill, setAttribute } from './dom.ts';
import type { Page } from './page.ts';
import { visibleNodes } from './visibleText.ts';

/** What can follow an `@` or `/`, above the text; the keyboard stays in the text. */
export class SuggestionList {
  readonly element: HTMLElement;
  readonly #page: Page;
  readonly #field: HTMLTextAreaElement;
  readonly #choose: (suggestion: Suggestion) => void;
  #list: readonly Suggestion[] = [];
  #at = 0;

  constructor(page: Page, field: HTMLTextAreaElement, choose: (suggestion: Suggestion) => void) {
    this.#page = page;
    this.#field = field;
    this.#choose = choose;
    this.element = el('ul', {
      id: 'suggestions',
      class: 'suggestions',
      role: 'listbox',
      'aria-label': page.t('Suggestions'),
    });
    // A click takes the focus from the text before it chooses.
    this.element.addEventListener('mousedown', (event) => event.preventDefault());
    setAttribute(field, 'aria-autocomplete', 'list');
    setAttribute(field, 'aria-haspopup', 'listbox');
    this.show([]);
  }

  get isOpen(): boolean {
    return this.#list.length > 0;
  }

  show(list: readonly Suggestion[]): void {
    const wasOpen = this.isOpen;
    this.#list = list;
    this.#at = 0;
    this.element.hidden = list.length === 0;
    fill(this.element, ...list.map((suggestion, at) => this.#row(suggestion, at)));
    setAttribute(this.#field, 'aria-controls', list.length > 0 && 'suggestions');
    this.#mark();
    if (list.length > 0 && !wasOpen) this.#page.say(this.#page.t('{0} suggestions', list.length));
  }

  /** Whether the key was meant for the list. */
  take(key: string): boolean {
    if (!this.isOpen) return false;
    const chosen = this.#list[this.#at];
    switch (key) {
      case 'ArrowDown':
      case 'ArrowUp':
        this.#at = (this.#at + (key === 'ArrowDown' ? 1 : -1) + this.#list.length) % this.#list.length;
        this.#mark();
        return true;
      case 'Enter':
      case 'Tab':
        this.show([]);
        if (chosen) this.#choose(chosen);
        return true;
      case 'Escape':
        this.show([]);
        return true;
      default:
        return false;
    }
  }

  #row(suggestion: Suggestion, at: number): HTMLElement {
    const { label, detail } = suggestion;
    const row = el(
      'li',
      { id: `suggestion-${at}`, role: 'option' },
      el('span', { class: 'label' }, ...visibleNodes(label, true)),
      detail !== undefined && el('span', { class: 'detail' }, ...visibleNodes(detail, true)),
    );
    row.addEventListener('click', () => {
      this.show([]);
      this.#choose(suggestion);
    });
    return row;
  }

  #mark(): void {
    [...this.element.children].forEach((row, at) => row.setAttribute('aria-selected', String(at === this.#at)));
    this.element.children[this.#at]?.scrollIntoView({ block: 'nearest' });
    setAttribute(this.#field, 'aria-activedescendant', this.isOpen && `suggestion-${this.#at}`);
  }
}
