import { type Html, html } from '../../page/html.ts';
import { button } from '../markup.ts';
import type { PageState, Words } from '../pageState.ts';

export function forgetSection(_state: PageState, { t }: Words): Html {
  return html`<h2 id="forget-title">${t('Delete everything')}</h2>
<p>${t('Deletes every example, every adapter, the style profile and unfinished trainings from this machine. Completions are then written as on the first day.')}</p>
<div class="actions">${button(t('Delete Everything I Taught It…'), { do: 'forget' }, { look: 'danger' })}</div>`;
}
