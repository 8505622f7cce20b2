import { type Html, html } from './html.ts';

export interface PageFiles {
  /** What VS Code serves this page's files from. */
  readonly cspSource: string;
  /** Of this page alone. */
  readonly nonce: string;
  readonly script: string;
  readonly style: string;
  readonly language: string;
}

/**
 * A whole page around its body. Its policy is what makes whatever it shows harmless: nothing is ever loaded but the one
 * script and the one style, no picture, no font, no frame, and nothing is sent anywhere.
 */
export function pageDocument(
  { cspSource, nonce, script, style, language }: PageFiles,
  title: string,
  body: Html,
): string {
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
<title>${title}</title>
<link rel="stylesheet" href="${style}">
</head>
<body>
${body}
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>
`.toString();
}
