import { type Html, html } from '../../page/html.ts';
import { button } from '../markup.ts';
import type { PageState, Words } from '../pageState.ts';

/** Whether what stands below is how things are. Empty when it is. */
export function noticeSection({ engine, failure, overview, answeredMs }: PageState, { t, date }: Words): Html {
  const old =
    overview && answeredMs !== undefined
      ? t('This page shows what was known at {0}; it may have changed since.', date(answeredMs))
      : '';
  switch (engine) {
    case 'answering':
      return html``;
    case 'starting':
      return html`<p class="${old ? 'banner warning' : 'banner'}">${t('Asking the engine.')} ${old}</p>`;
    case 'failed':
      return html`<p class="banner warning">${t('The engine gives no answer: {0}', failure ?? '')} ${old} ${button(t('Try Again'), { do: 'askAgain' })}</p>`;
  }
}
