import type { PromptGlance } from '../messages.ts';
import { button, el, fill } from './dom.ts';
import type { Page } from './page.ts';
import { visibleNodes } from './visibleText.ts';
import { describeProblem } from '../../../protocol/problems.ts';

/** While no model can chat: what the view does then, and the way to one that can. */
export class ModelOffer {
  readonly element = el('div', { class: 'offer', hidden: true });
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  show(prompt: PromptGlance | undefined): void {
    const isNeeded = prompt?.answeredBy?.kind === 'search';
    if (isNeeded === !this.element.hidden) return;
    this.element.hidden = !isNeeded;
    if (!isNeeded) return;
    const { t, tell } = this.#page;
    const why = prompt.whyNoModel && describeProblem(prompt.whyNoModel, t).message;
    fill(
      this.element,
      el(
        'p',
        {},
        el('strong', {}, t('Questions are answered by searching your code.')),
        ' ',
        ...visibleNodes(why ?? '', true),
      ),
      el(
        'div',
        { class: 'offer-buttons' },
        button(t('Use the Recommended Model'), () => tell({ do: 'useRecommended' }), { class: 'primary' }),
        button(t('Pick Model…'), () => tell({ do: 'solve', action: 'pickModel' })),
      ),
    );
  }
}
