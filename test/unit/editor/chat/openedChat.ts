import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import type { ChatDesk } from '../../../../src/editor/chat/chatDesk.ts';
import { ChatPage } from '../../../../src/editor/chat/chatPage.ts';
import { chatShell } from '../../../../src/editor/chat/chatShell.ts';
import type { ToPage } from '../../../../src/editor/chat/messages.ts';
import { isPageAction } from '../../../../src/editor/chat/pageAction.ts';
import { inEnglish, type Translate } from '../../../../src/protocol/problems.ts';
import { chatScript } from '../../../../tools/chatScript.mjs';
import { notingChatDesk } from './notingChatDesk.ts';
import { type RecordedChatEngine, recordedChatEngine } from './recordedChatEngine.ts';

const root = join(import.meta.dirname, '../../../..');
/** A name that no network knows; everything it serves comes from here. */
const origin = 'https://webview.test';
const themeFolder = join(import.meta.dirname, '../personal/fixtures');
const themes: Readonly<Record<string, { classes: string; variables: Record<string, string> }>> = JSON.parse(
  readFileSync(join(themeFolder, 'themes.json'), 'utf8'),
);

type Theme = 'dark' | 'light' | 'highContrast' | 'highContrastLight';

/** The chat view in a real browser, with its real script, style and policy, and the real extension side behind it. */
export interface OpenedChat {
  readonly page: Page;
  readonly engine: RecordedChatEngine;
  readonly behind: ChatPage;
  /** What the view asked VS Code for. */
  readonly desk: string[];
  /** Errors, and whatever the policy of the page forbade. */
  readonly complaints: string[];
  /** Everything that the page asked the network for, but for its own three files. */
  readonly requests: string[];
  readonly setTheme: (theme: Theme) => Promise<void>;
  /** Resolves when the page has taken in all that it was sent. */
  readonly settled: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** The script as it is shipped. */
export async function bundleChat(): Promise<string> {
  const { outputFiles } = await build({ ...chatScript, write: false });
  return outputFiles?.[0]?.text ?? '';
}

export interface OpenChat {
  readonly script: string;
  readonly theme?: Theme;
  readonly width?: number;
  readonly t?: Translate;
  readonly desk?: Partial<ChatDesk>;
  readonly prepare?: (engine: RecordedChatEngine) => void;
  /** What the page kept when it was closed. */
  readonly kept?: unknown;
}

export async function openChat(browser: Browser, options: OpenChat): Promise<OpenedChat> {
  const { script, theme = 'dark', width = 360, t = inEnglish, prepare, kept } = options;
  const context = await browser.newContext({ viewport: { width, height: 800 }, reducedMotion: 'reduce' });
  const page = await context.newPage();
  const engine = recordedChatEngine();
  prepare?.(engine);
  const [desk, complaints, requests]: [string[], string[], string[]] = [[], [], []];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  let sent: Promise<unknown> = Promise.resolve();
  const behind = new ChatPage({
    engine,
    desk: notingChatDesk(desk, options.desk),
    t,
    now: () => 7,
    post: (message) => {
      sent = sent.then(() => post(page, message));
    },
  });
  await page.exposeFunction('toExtension', (message: unknown) => {
    if (isPageAction(message)) void behind.receive(message);
    else complaints.push(`The extension does not know ${JSON.stringify(message)}.`);
  });
  await page.addInitScript(webview(kept));
  const files: Readonly<Record<string, { body: string; contentType: string }>> = {
    '/': { body: shell(t), contentType: 'text/html' },
    '/chat.js': { body: script, contentType: 'text/javascript' },
    '/chat.css': { body: readFileSync(join(root, 'media/chat/chat.css'), 'utf8'), contentType: 'text/css' },
  };
  await page.route('**/*', async (route) => {
    const { pathname, origin: from, href } = new URL(route.request().url());
    const file = from === origin ? files[pathname] : undefined;
    if (!file) requests.push(href);
    await (file ? route.fulfill(file) : route.abort());
  });
  await page.goto(`${origin}/`);
  const setTheme = async (chosen: Theme) => void (await page.evaluate(themeScript(chosen)));
  await setTheme(theme);
  await page.locator('.composer').waitFor();
  const settled = async () => {
    await sent;
    await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)))');
  };
  return { page, engine, behind, desk, complaints, requests, setTheme, settled, close: () => context.close() };
}

async function post(page: Page, message: ToPage): Promise<void> {
  await page.evaluate(`postMessage(${JSON.stringify(message)}, '*')`).catch(() => {});
}

function shell(t: Translate): string {
  const urls = { script: `${origin}/chat.js`, style: `${origin}/chat.css` };
  return chatShell({ cspSource: origin, nonce: 'bm9uY2U', language: 'en', ...urls }, t);
}

/** What VS Code gives a webview before anything of it runs. */
function webview(kept: unknown): string {
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
  const style = readFileSync(join(themeFolder, 'webviewDefaults.css'), 'utf8');
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
