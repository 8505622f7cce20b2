import { el } from './dom.ts';
import type { Page } from './page.ts';

/** Before the first question: what one can do here, in three lines. */
export function welcome({ t }: Page): HTMLElement {
  return el(
    'div',
    { class: 'welcome' },
    el('h2', {}, t('Ask about your code')),
    el('p', {}, t('Questions and answers stay on this machine, unless you enter a server.')),
    el(
      'ul',
      {},
      line('@', t('shows the model a file, a folder, a symbol, your changes or what the index finds')),
      line('/', t('asks for what is asked often: explain, fix, tests, review')),
      line('Shift', t('held while you drag lets you drop files here')),
    ),
  );
}

function line(sign: string, text: string): HTMLElement {
  return el('li', {}, el('kbd', {}, sign), ` ${text}`);
}
