import type { Translate } from '../../protocol/problems.ts';
import { html } from '../page/html.ts';
import { pageDocument, type PageFiles } from '../page/pageDocument.ts';

/** The page before anything is known: what it is, where what goes, and that it may do nothing but show it. */
export function pageShell(files: PageFiles, t: Translate): string {
  const places = [
    ['training', t('Training')],
    ['adapters', t('Adapters')],
    ['examples', t('Learned from')],
    ['style', t('Style profile')],
    ['forget', t('Delete everything')],
  ] as const;
  const body = html`<div class="page">
<header>
<h1>${t('Personal style')}</h1>
<p>${t('Hearth learns from the code you accept and write, and completes it more and more as you would.')}</p>
<p class="promise">${t('All of it stays on this machine: examples, trainings, adapters and this page. Nothing is sent anywhere.')}</p>
</header>
<div id="notice" role="status"></div>
<nav aria-label="${t('Sections')}"><ul>${places.map(([id, name]) => html`<li><a href="#${id}">${name}</a></li>`)}</ul></nav>
<main>
<section id="training" tabindex="-1" aria-labelledby="training-title"></section>
<section id="adapters" tabindex="-1" aria-labelledby="adapters-title"></section>
<section aria-labelledby="examples-title"><div id="examples" tabindex="-1"></div><div id="rules"></div></section>
<section id="style" tabindex="-1" aria-labelledby="style-title"></section>
<section id="forget" tabindex="-1" aria-labelledby="forget-title"></section>
</main>
<div id="said" role="status" class="visually-hidden"></div>
</div>`;
  return pageDocument(files, t('Personal style'), body);
}
