import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { ToPage } from '../../../../src/editor/personal/messages.ts';
import { isPageAction } from '../../../../src/editor/personal/pageAction.ts';
import type { PageDesk } from '../../../../src/editor/personal/pageDesk.ts';
import { pageShell } from '../../../../src/editor/personal/pageShell.ts';
import { PersonalPage } from '../../../../src/editor/personal/personalPage.ts';
import type { PersonalStatus } from '../../../../src/protocol/personalMessages.ts';
import { inEnglish, type Translate } from '../../../../src/protocol/problems.ts';
import { findChromium } from '../../../../tools/vscodeHost/setup.mjs';
import { type RecordedEngine, recordedEngine } from './recordedEngine.ts';
import { examples, nowMs, openFolders } from './recordedPersonal.ts';

const root = join(import.meta.dirname, '../../../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
/** Names that no network knows; everything they serve comes from here. */
const origin = 'https://webview.test';
const themes: Readonly<Record<string, { classes: string; variables: Record<string, string> }>> = JSON.parse(
  readFileSync(join(import.meta.dirname, 'fixtures/themes.json'), 'utf8'),
);

type Theme = 'dark' | 'light' | 'highContrast' | 'highContrastLight';

/** The page in a real browser, with the real script and style, and the real extension side behind it. */
export interface OpenedPage {
  readonly page: Page;
  readonly engine: RecordedEngine;
  readonly behind: PersonalPage;
  /** What the page asked VS Code for. */
  readonly desk: string[];
  /** What the browser complained about: errors, and whatever the policy of the page forbade. */
  readonly complaints: string[];
  /** The engine says it: what it is asked from now on has it as well. */
  readonly report: (status: PersonalStatus) => void;
  readonly setTheme: (theme: Theme) => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function startChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('Chromium is missing: install it, or set HEARTH_CHROMIUM to its path.');
  return await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
}

export async function bundleScript(): Promise<string> {
  const entryPoints = [join(root, 'src/editor/personal/webview/personal.ts')];
  const { outputFiles } = await build({ entryPoints, bundle: true, format: 'iife', write: false });
  return outputFiles[0]?.text ?? '';
}

export interface OpenOptions {
  readonly script: string;
  readonly theme?: Theme;
  readonly width?: number;
  readonly t?: Translate;
  readonly prepare?: (engine: RecordedEngine) => void;
  /** What the page kept when it was closed. */
  readonly kept?: unknown;
}

export async function openPage(browser: Browser, options: OpenOptions): Promise<OpenedPage> {
  const { script, theme = 'dark', width = 1000, t = inEnglish, prepare, kept } = options;
  const context = await browser.newContext({ viewport: { width, height: 800 }, reducedMotion: 'reduce' });
  const page = await context.newPage();
  const engine = recordedEngine();
  engine.examplesNow = examples(5);
  prepare?.(engine);
  const [desk, complaints]: [string[], string[]] = [[], []];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  const sent: Promise<unknown>[] = [];
  const behind = new PersonalPage({
    engine,
    desk: notingDesk(desk),
    words: {
      t,
      languageName: (id) => ({ typescript: 'TypeScript', python: 'Python', markdown: 'Markdown' })[id] ?? id,
      date: (ms) => new Date(ms).toISOString().slice(0, 16).replace('T', ' '),
      day: (ms) => new Date(ms).toISOString().slice(0, 10),
    },
    kept: { filter: {} },
    now: () => nowMs,
    post: (message) => sent.push(post(page, message)),
  });
  await page.exposeFunction('toExtension', async (message: unknown) => {
    if (isPageAction(message)) await behind.receive(message);
    else complaints.push(`The extension does not know ${JSON.stringify(message)}.`);
    await Promise.all(sent);
  });
  await page.addInitScript(webview(kept));
  await serve(page, { html: shell(t), script });
  await page.goto(`${origin}/`);
  const setTheme = async (chosen: Theme) => void (await page.evaluate(themeScript(chosen)));
  await setTheme(theme);
  await page.locator('#forget h2').waitFor();
  const report = (status: PersonalStatus) => {
    engine.statusNow = status;
    behind.statusChanged(status);
  };
  return { page, engine, behind, desk, complaints, report, setTheme, close: () => context.close() };
}

async function post(page: Page, message: ToPage): Promise<void> {
  await page.evaluate(`postMessage(${JSON.stringify(message)}, '*')`).catch(() => {});
}

function shell(t: Translate): string {
  const urls = { script: `${origin}/personal.js`, style: `${origin}/personal.css` };
  return pageShell({ cspSource: origin, nonce: 'bm9uY2U', language: 'en', ...urls }, t);
}

async function serve(page: Page, { html, script }: { html: string; script: string }): Promise<void> {
  const css = read('media/personal/personal.css');
  const files: Readonly<Record<string, { body: string; contentType: string }>> = {
    '/': { body: html, contentType: 'text/html' },
    '/personal.js': { body: script, contentType: 'text/javascript' },
    '/personal.css': { body: css, contentType: 'text/css' },
  };
  await page.route('**/*', async (route) => {
    const file = files[new URL(route.request().url()).pathname];
    await (file ? route.fulfill(file) : route.abort());
  });
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
  const style = readFileSync(join(import.meta.dirname, 'fixtures/webviewDefaults.css'), 'utf8');
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

function notingDesk(notes: string[]): PageDesk {
  return {
    facts: () => ({ learn: 'automatic', recordEvents: true, folders: openFolders }),
    setLearn: async (value) => void notes.push(`learn ${value}`),
    run: async (command, ...args) => void notes.push([command, ...args].join(' ')),
    askName: async (now) => `${now}, renamed`,
    askPlace: async () => ({ kind: 'personal' }),
    confirmRemoval: async ({ name }) => notes.push(`remove ${name}`) > 0,
    tell: ({ code }) => void notes.push(`problem ${code}`),
    fail: (cause) => void notes.push(`failed ${String(cause)}`),
  };
}
