import { join } from 'node:path';
import { build } from 'esbuild';
import type { Browser } from 'playwright-core';
import { isPageAction } from '../../../../src/editor/personal/pageAction.ts';
import type { PageDesk } from '../../../../src/editor/personal/pageDesk.ts';
import { pageShell } from '../../../../src/editor/personal/pageShell.ts';
import { PersonalPage } from '../../../../src/editor/personal/personalPage.ts';
import type { PersonalStatus } from '../../../../src/protocol/personalMessages.ts';
import { inEnglish, type Translate } from '../../../../src/protocol/problems.ts';
import { openWebview, type Theme, type WebviewInBrowser } from '../page/webviewInBrowser.ts';
import { type RecordedEngine, recordedEngine } from './recordedEngine.ts';
import { examples, nowMs, openFolders } from './recordedPersonal.ts';

const root = join(import.meta.dirname, '../../../..');

/** The page in a real browser, with the real script and style, and the real extension side behind it. */
export interface OpenedPage extends Omit<WebviewInBrowser, 'post' | 'load'> {
  readonly engine: RecordedEngine;
  readonly behind: PersonalPage;
  /** What the page asked VS Code for. */
  readonly desk: string[];
  /** The engine says it: what it is asked from now on has it as well. */
  readonly report: (status: PersonalStatus) => void;
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
  const engine = recordedEngine();
  engine.examplesNow = examples(5);
  prepare?.(engine);
  const desk: string[] = [];
  const { post, load, ...webview } = await openWebview(browser, {
    name: 'personal',
    html: (files) => pageShell(files, t),
    script,
    stylePath: 'media/personal/personal.css',
    width,
    kept,
    async onMessage(message) {
      if (isPageAction(message)) await behind.receive(message);
      else webview.complaints.push(`The extension does not know ${JSON.stringify(message)}.`);
      await Promise.all(sent);
    },
  });
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
    post: (message) => sent.push(post(message)),
  });
  await load();
  await webview.setTheme(theme);
  await webview.page.locator('#forget h2').waitFor();
  const report = (status: PersonalStatus) => {
    engine.statusNow = status;
    behind.statusChanged(status);
  };
  return { ...webview, engine, behind, desk, report };
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
