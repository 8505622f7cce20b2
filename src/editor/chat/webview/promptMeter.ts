import { formatCount } from '../../formats.ts';
import type { PromptGlance } from '../messages.ts';
import { el, fill, hiddenText, setAttribute } from './dom.ts';
import type { Page } from './page.ts';
import { whereFrom } from './turnParts.ts';
import { visibleNodes } from './visibleText.ts';

/** How much of the context the next prompt takes, and who would answer; pressed, it shows what the prompt is. */
export class PromptMeter {
  readonly element: HTMLButtonElement;
  readonly #page: Page;

  constructor(page: Page, toggle: () => void) {
    this.#page = page;
    this.element = el('button', {
      type: 'button',
      class: 'meter',
      'aria-expanded': 'false',
      'aria-controls': 'inspection',
    });
    this.element.addEventListener('click', toggle);
    this.show(undefined);
  }

  set isOpen(isOpen: boolean) {
    setAttribute(this.element, 'aria-expanded', String(isOpen));
  }

  show(prompt: PromptGlance | undefined): void {
    const { t } = this.#page;
    this.element.hidden = prompt === undefined;
    if (!prompt) return;
    const { promptTokens, budgetTokens, answeredBy } = prompt;
    const share = budgetTokens > 0 ? Math.min(1, promptTokens / budgetTokens) : 0;
    const bar = el('span', { class: 'bar', 'aria-hidden': 'true' }, el('span'));
    // As a property: the page's policy allows no style in its markup.
    bar.firstElementChild?.setAttribute('class', share > 0.9 ? 'full' : '');
    if (bar.firstElementChild instanceof HTMLElement) bar.firstElementChild.style.width = `${Math.round(share * 100)}%`;
    const who = answeredBy && [answeredBy.name, whereFrom(answeredBy.kind, t)].filter(Boolean).join(' · ');
    const tokens = budgetTokens > 0 && t('{0} of {1} tokens', formatCount(promptTokens), formatCount(budgetTokens));
    fill(
      this.element,
      who !== undefined && el('span', { class: 'who' }, ...visibleNodes(who, true)),
      tokens !== false && el('span', { class: 'tokens' }, tokens),
      budgetTokens > 0 && bar,
      hiddenText(t('Show What Goes into the Prompt')),
    );
    this.element.title = [who, tokens].filter(Boolean).join('\n');
  }
}
