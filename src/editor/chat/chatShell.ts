import type { Translate } from '../../protocol/problems.ts';
import { html } from '../personal/html.ts';

export interface ChatFiles {
  /** What VS Code serves this page's files from. */
  readonly cspSource: string;
  /** Of this page alone. */
  readonly nonce: string;
  readonly script: string;
  readonly style: string;
  readonly language: string;
}

/**
 * The view before anything is known. Its policy is what makes an answer harmless whatever it contains: nothing is ever
 * loaded but the one script and the one style, no picture, no font, no frame, and nothing is sent anywhere.
 */
export function chatShell({ cspSource, nonce, script, style, language }: ChatFiles, t: Translate): string {
  const policy = [
    "default-src 'none'",
    `style-src ${cspSource}`,
    `script-src 'nonce-${nonce}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return html`<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${t('Hearth: Chat')}</title>
<link rel="stylesheet" href="${style}">
</head>
<body>
<header class="visually-hidden"><h1>${t('Hearth: Chat')}</h1></header>
<div id="chat"></div>
<div id="said" role="status" aria-live="polite" class="visually-hidden"></div>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>
`.toString();
}
