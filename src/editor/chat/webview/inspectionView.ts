import type { ContextItem } from '../../../protocol/chatMessages.ts';
import { formatCount } from '../../formats.ts';
import type { Inspection } from '../messages.ts';
import { button, el, fill } from './dom.ts';
import { iconButton } from './icons.ts';
import type { Page } from './page.ts';
import { visibleNodes } from './visibleText.ts';

/** What goes into a prompt, or went into one: every piece with its text, and what did not fit. */
export class InspectionView {
  readonly element: HTMLElement;
  readonly #page: Page;
  readonly #closed: () => void;

  constructor(page: Page, closed: () => void) {
    this.#page = page;
    this.#closed = closed;
    this.element = el('section', {
      id: 'inspection',
      class: 'inspection',
      'aria-labelledby': 'inspection-title',
      hidden: true,
    });
    this.element.addEventListener('keydown', ({ key }) => {
      if (key === 'Escape') this.close();
    });
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  /** As the user wants it. */
  close(): void {
    this.hide();
    this.#closed();
  }

  /** What it is about is gone. */
  hide(): void {
    this.element.hidden = true;
  }

  /** `of`: the question it went with; null for the one that is being written. */
  show(of: string | null, { items, instruction, leftOut, promptTokens, budgetTokens }: Inspection): void {
    const { t } = this.#page;
    const close = iconButton(t('Close'), 'close', () => this.close());
    const isUpdate = this.isOpen;
    const opened = new Set(
      [...this.element.querySelectorAll('details[open]')].map((each) => each.getAttribute('data-item')),
    );
    const size =
      promptTokens !== undefined &&
      (budgetTokens === undefined
        ? t('{0} tokens', formatCount(promptTokens))
        : t('{0} of {1} tokens', formatCount(promptTokens), formatCount(budgetTokens)));
    fill(
      this.element,
      el(
        'div',
        { class: 'inspection-head' },
        el(
          'h2',
          { id: 'inspection-title' },
          of === null ? t('What goes into the prompt') : t('What went into the prompt'),
        ),
        close,
      ),
      el(
        'p',
        { class: 'hint' },
        t('The conversation so far, the question, and these pieces of your files.'),
        size !== false && ` ${size}.`,
      ),
      instruction !== undefined &&
        instruction !== '' &&
        el('p', {}, el('strong', {}, t('Instruction:')), ' ', ...visibleNodes(instruction, true)),
      items.length === 0 && el('p', { class: 'hint' }, t('No piece of your files.')),
      el('ul', { class: 'pieces' }, ...items.map((item, at) => this.#piece(item, of, at, opened))),
      leftOut !== undefined &&
        leftOut.earlierTurns > 0 &&
        el('p', { class: 'hint' }, t('{0} earlier turns do not fit.', leftOut.earlierTurns)),
      leftOut !== undefined &&
        leftOut.items.length > 0 &&
        el('p', { class: 'hint' }, t('Does not fit: {0}.', leftOut.items.join(', '))),
    );
    this.element.hidden = false;
    if (!isUpdate) close.focus();
  }

  #piece(item: ContextItem, of: string | null, at: number, opened: ReadonlySet<string | null>): HTMLElement {
    const { t, tell } = this.#page;
    const { label, startLine, endLine, tokens, text, cut, hiddenCharacters, uri } = item;
    const place =
      startLine === undefined || label.includes(`:${startLine}`)
        ? label
        : `${label}:${startLine}-${endLine ?? startLine}`;
    const notes = [
      tokens > 0 && t('{0} tokens', formatCount(tokens)),
      cut && t('cut at its end'),
      hiddenCharacters !== undefined && t('{0} hidden characters removed', hiddenCharacters),
    ];
    const key = `${item.kind} ${place}`;
    return el(
      'li',
      {},
      el(
        'details',
        { 'data-item': key, open: opened.has(key) },
        el(
          'summary',
          {},
          ...visibleNodes(place, true),
          el('span', { class: 'hint' }, ` ${notes.filter(Boolean).join(' · ')}`),
        ),
        uri !== undefined &&
          button(t('Open'), () => tell({ do: 'openContext', turn: of, at }), { class: 'link', of: place }),
        el('pre', { tabindex: '0', role: 'group', 'aria-label': place }, el('code', {}, ...visibleNodes(text, true))),
      ),
    );
  }
}
