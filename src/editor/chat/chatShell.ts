import type { Translate } from '../../protocol/problems.ts';
import { html } from '../page/html.ts';
import { pageDocument, type PageFiles } from '../page/pageDocument.ts';

/** The view before anything is known. */
export function chatShell(files: PageFiles, t: Translate): string {
  const body = html`<header class="visually-hidden"><h1>${t('Hearth: Chat')}</h1></header>
<div id="chat"></div>
<div id="said" role="status" aria-live="polite" class="visually-hidden"></div>`;
  return pageDocument(files, t('Hearth: Chat'), body);
}
