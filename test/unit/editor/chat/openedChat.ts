import { build } from 'esbuild';
import type { Browser } from 'playwright-core';
import type { ChatDesk } from '../../../../src/editor/chat/chatDesk.ts';
import { ChatPage } from '../../../../src/editor/chat/chatPage.ts';
import { chatShell } from '../../../../src/editor/chat/chatShell.ts';
import { isPageAction } from '../../../../src/editor/chat/pageAction.ts';
import { inEnglish, type Translate } from '../../../../src/protocol/problems.ts';
import { chatScript } from '../../../../tools/chatScript.mjs';
import { openWebview, type Theme, type WebviewInBrowser } from '../page/webviewInBrowser.ts';
import { notingChatDesk } from './notingChatDesk.ts';
import { type RecordedChatEngine, recordedChatEngine } from './recordedChatEngine.ts';

/** The chat view in a real browser, with its real script, style and policy, and the real extension side behind it. */
export interface OpenedChat extends Omit<WebviewInBrowser, 'post' | 'load'> {
  readonly engine: RecordedChatEngine;
  readonly behind: ChatPage;
  /** What the view asked VS Code for. */
  readonly desk: string[];
  /** Resolves when the page has taken in all that it was sent. */
  readonly settled: () => Promise<void>;
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
  const engine = recordedChatEngine();
  prepare?.(engine);
  const desk: string[] = [];
  const { post, load, ...webview } = await openWebview(browser, {
    name: 'chat',
    html: (files) => chatShell(files, t),
    script,
    stylePath: 'media/chat/chat.css',
    width,
    kept,
    onMessage(message) {
      if (isPageAction(message)) void behind.receive(message);
      else webview.complaints.push(`The extension does not know ${JSON.stringify(message)}.`);
    },
  });
  const { page, setTheme } = webview;
  let sent: Promise<unknown> = Promise.resolve();
  const behind = new ChatPage({
    engine,
    desk: notingChatDesk(desk, options.desk),
    t,
    now: () => 7,
    post: (message) => {
      sent = sent.then(() => post(message));
    },
  });
  await load();
  await setTheme(theme);
  await page.locator('.composer').waitFor();
  const settled = async () => {
    await sent;
    await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)))');
  };
  return { ...webview, engine, behind, desk, settled };
}
