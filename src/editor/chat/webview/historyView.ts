import type { ConversationSummary } from '../../../protocol/chatMessages.ts';
import type { ShownHistory } from '../messages.ts';
import { button, el, fill } from './dom.ts';
import { iconButton } from './icons.ts';
import type { Page } from './page.ts';
import { visibleNodes } from './visibleText.ts';

const typingRestMs = 200;

/** The conversations of the folder: to search, open, rename, export and delete. */
export class HistoryView {
  readonly element: HTMLElement;
  readonly #page: Page;
  readonly #search: HTMLInputElement;
  readonly #list = el('ul', { class: 'conversations' });
  readonly #state = el('p', { class: 'hint', role: 'status' });
  readonly #more: HTMLButtonElement;
  readonly #deleteAll: HTMLButtonElement;
  #timer: number | undefined;

  constructor(page: Page) {
    const { t, tell } = page;
    this.#page = page;
    this.#search = el('input', {
      type: 'search',
      'aria-label': t('Search Conversations'),
      placeholder: t('Search Conversations'),
    });
    this.#search.addEventListener('input', () => {
      window.clearTimeout(this.#timer);
      this.#timer = window.setTimeout(() => tell({ do: 'find', query: this.#search.value }), typingRestMs);
    });
    this.#more = button(t('Show More'), () => tell({ do: 'showMore' }), { class: 'edge' });
    this.#deleteAll = button(t('Delete All…'), () => tell({ do: 'deleteAll' }), { class: 'danger' });
    this.element = el(
      'main',
      { class: 'history', 'aria-label': t('Conversations'), hidden: true },
      el(
        'div',
        { class: 'history-head' },
        iconButton(t('Back'), 'back', () => tell({ do: 'leaveHistory' })),
        this.#search,
      ),
      this.#state,
      this.#list,
      this.#more,
      this.#deleteAll,
    );
    this.element.addEventListener('keydown', ({ key }) => {
      if (key === 'Escape') tell({ do: 'leaveHistory' });
    });
  }

  /** Undefined: it is closed. */
  show(history: ShownHistory | undefined): void {
    const wasHidden = this.element.hidden;
    this.element.hidden = history === undefined;
    if (!history) return;
    const { list, state, hasMore, query, current } = history;
    if (wasHidden) this.#search.value = query;
    this.#state.textContent = this.#describe(history);
    this.#state.hidden = this.#state.textContent === '';
    this.#more.hidden = !hasMore;
    this.#deleteAll.hidden = list.length === 0 || query !== '';
    if (state !== 'loading' || wasHidden) this.#showList(list, current);
    if (wasHidden) this.#search.focus();
  }

  #describe({ list, state, query }: ShownHistory): string {
    const { t } = this.#page;
    if (state === 'failed') return t('The conversations could not be read.');
    if (state === 'loading') return list.length === 0 ? t('Looking…') : '';
    if (list.length > 0) return '';
    return query === '' ? t('There is no conversation about this folder yet.') : t('No conversation has these words.');
  }

  #showList(list: readonly ConversationSummary[], current: string | undefined): void {
    const focused = document.activeElement;
    const row = this.#list.contains(focused) ? focused?.closest('li')?.dataset['id'] : undefined;
    fill(this.#list, ...list.map((each) => this.#row(each, each.id === current)));
    // Where it was, or, when that is gone, to the search above.
    if (row === undefined) return;
    const heir = [...this.#list.children].find((each) => each instanceof HTMLElement && each.dataset['id'] === row);
    (heir?.querySelector('button') ?? this.#search).focus();
  }

  #row({ id, title, changedMs, turns }: ConversationSummary, isCurrent: boolean): HTMLElement {
    const { t, tell } = this.#page;
    const date = new Date(changedMs);
    const when = date.toLocaleString(document.documentElement.lang || undefined, {
      dateStyle: 'medium',
      timeStyle: 'short',
    });
    const open = el(
      'button',
      { type: 'button', class: 'conversation', 'aria-current': isCurrent && 'true' },
      el('span', { class: 'title' }, ...visibleNodes(title, true)),
      el(
        'span',
        { class: 'hint' },
        el('time', { datetime: date.toISOString() }, when),
        ` · ${turns === 1 ? t('1 turn') : t('{0} turns', turns)}`,
      ),
    );
    open.addEventListener('click', () => tell({ do: 'open', id }));
    const tool = (label: string, picture: 'edit' | 'export' | 'remove', what: 'rename' | 'export' | 'delete') =>
      iconButton(label, picture, () => tell({ do: what, id }), { of: title });
    return el(
      'li',
      { 'data-id': id },
      open,
      el(
        'span',
        { class: 'tools' },
        tool(t('Rename…'), 'edit', 'rename'),
        tool(t('Export…'), 'export', 'export'),
        tool(t('Delete…'), 'remove', 'delete'),
      ),
    );
  }
}
