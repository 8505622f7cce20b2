import type { Translate } from '../../protocol/problems.ts';
import { html } from './html.ts';

export interface PageFiles {
  /** What VS Code serves this page's files from. */
  readonly cspSource: string;
  /** Of this page alone. */
  readonly nonce: string;
  readonly script: string;
  readonly style: string;
  readonly language: string;
}

/** The page before anything is known: what it is, where what goes, and that it may do nothing but show it. */
export function pageShell({ cspSource, nonce, script, style, language }: PageFiles, t: Translate): string {
  const policy = [
    "default-src 'none'",
    `style-src ${cspSource}`,
    `script-src 'nonce-${nonce}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const places = [
    ['training', t('Training')],
    ['adapters', t('Adapters')],
    ['examples', t('Learned from')],
    ['style', t('Style profile')],
    ['forget', t('Delete everything')],
  ] as const;
  return html`<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${t('Personal style')}</title>
<link rel="stylesheet" href="${style}">
</head>
<body>
<div class="page">
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
</div>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>
`.toString();
}
