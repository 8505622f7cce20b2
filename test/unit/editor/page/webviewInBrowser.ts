import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { PageFiles } from '../../../../src/editor/page/pageDocument.ts';
import { findChromium } from '../../../../tools/vscodeHost/setup.mjs';

const root = join(import.meta.dirname, '../../../..');
const fixtures = join(import.meta.dirname, 'fixtures');
/** A name that no network knows; everything it serves comes from here. */
const origin = 'https://webview.test';
const themes: Readonly<Record<string, { classes: string; variables: Record<string, string> }>> = JSON.parse(
  readFileSync(join(fixtures, 'themes.json'), 'utf8'),
);

/** A real browser is there where it is set up: see tools/vscodeHost. */
export const describeInBrowser = process.platform === 'linux' ? describe : () => {};

export type Theme = 'dark' | 'light' | 'highContrast' | 'highContrastLight';

export async function startChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('Chromium is missing: install it, or set HEARTH_CHROMIUM to its path.');
  return await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
}

/** A page in a real browser, as VS Code would show it in a webview. */
export interface WebviewInBrowser {
  readonly page: Page;
  /** Errors, and whatever the policy of the page forbade. */
  readonly complaints: string[];
  /** Everything that the page asked the network for, but for its own three files. */
  readonly requests: string[];
  /** Sends the page a message, as the extension does. */
  readonly post: (message: unknown) => Promise<void>;
  /** Loads the page. What it says from then on goes to `onMessage`. */
  readonly load: () => Promise<void>;
  readonly setTheme: (theme: Theme) => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface WebviewOptions {
  /** What the page is called: its script is `<name>.js`, its style `<name>.css`. */
  readonly name: string;
  readonly html: (files: PageFiles) => string;
  readonly script: string;
  /** Of the style, in the repository. */
  readonly stylePath: string;
  readonly width: number;
  /** What the page kept when it was closed. */
  readonly kept: unknown;
  readonly onMessage: (message: unknown) => unknown;
}

export async function openWebview(browser: Browser, options: WebviewOptions): Promise<WebviewInBrowser> {
  const { name, width, kept, onMessage } = options;
  const context = await browser.newContext({ viewport: { width, height: 800 }, reducedMotion: 'reduce' });
  const page = await context.newPage();
  const [complaints, requests]: [string[], string[]] = [[], []];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.exposeFunction('toExtension', onMessage);
  await page.addInitScript(webviewApi(kept));
  const files = filesOf(name, options);
  await page.route('**/*', async (route) => {
    const { pathname, origin: from, href } = new URL(route.request().url());
    const file = from === origin ? files[pathname] : undefined;
    if (!file) requests.push(href);
    await (file ? route.fulfill(file) : route.abort());
  });
  return {
    page,
    complaints,
    requests,
    post: async (message) => void (await page.evaluate(`postMessage(${JSON.stringify(message)}, '*')`).catch(() => {})),
    load: async () => void (await page.goto(`${origin}/`)),
    setTheme: async (theme) => void (await page.evaluate(themeScript(theme))),
    close: () => context.close(),
  };
}

function filesOf(
  name: string,
  { html, script, stylePath }: WebviewOptions,
): Readonly<Record<string, { body: string; contentType: string }>> {
  const urls = { script: `${origin}/${name}.js`, style: `${origin}/${name}.css` };
  const body = html({ cspSource: origin, nonce: 'bm9uY2U', language: 'en', ...urls });
  return {
    '/': { body, contentType: 'text/html' },
    [`/${name}.js`]: { body: script, contentType: 'text/javascript' },
    [`/${name}.css`]: { body: readFileSync(join(root, stylePath), 'utf8'), contentType: 'text/css' },
  };
}

/** What VS Code gives a webview before anything of it runs. */
function webviewApi(kept: unknown): string {
  return `
    let state = ${JSON.stringify(kept) ?? 'undefined'};
    globalThis.acquireVsCodeApi = () => ({
      postMessage: (message) => void toExtension(message),
      getState: () => state,
      setState: (newState) => { globalThis.kept = state = newState; },
    });`;
}

/** VS Code's own style for webviews, and the colours of a theme. */
function themeScript(theme: Theme): string {
  const { classes, variables } = themes[theme] ?? { classes: '', variables: {} };
  const style = readFileSync(join(fixtures, 'webviewDefaults.css'), 'utf8');
  return `{
    document.body.className = ${JSON.stringify(classes)};
    document.documentElement.removeAttribute('style');
    for (const [name, value] of Object.entries(${JSON.stringify(variables)}))
      document.documentElement.style.setProperty(name, value);
    document.documentElement.style.background = 'var(--vscode-editor-background)';
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(${JSON.stringify(style)});
    document.adoptedStyleSheets = [sheet];
  }`;
}

/** What axe-core finds: `rule: element`. `rules`: all that it has by itself, where none are named. */
export async function faults(page: Page, rules?: readonly string[]): Promise<unknown> {
  await page.evaluate(axe.source);
  const options = { resultTypes: ['violations'], ...(rules && { runOnly: rules }) };
  return await page.evaluate(`axe
    .run(document, ${JSON.stringify(options)})
    .then(({ violations }) => violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => id + ': ' + html.slice(0, 120) + ' ' + failureSummary)))`);
}

/** Waits until something holds, by default 20 s at most. */
export async function until(holds: () => boolean | Promise<boolean>, withinMs = 20_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`Waited in vain for ${String(holds)}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
