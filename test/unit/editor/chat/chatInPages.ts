import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { describeInBrowser, startChromium } from '../page/webviewInBrowser.ts';
import { bundleChat, type OpenChat, openChat, type OpenedChat } from './openedChat.ts';
import { folder, talk } from './recordedChat.ts';

export interface ChatPages {
  readonly open: (options?: Partial<OpenChat>) => Promise<OpenedChat>;
  /** The view on a conversation that is there. */
  readonly openTalk: (options?: Partial<OpenChat>) => Promise<OpenedChat>;
}

/** Tests of the chat view in a real browser, each with pages of its own. */
export function describeChat(title: string, tests: (pages: ChatPages) => void): void {
  describeInBrowser(title, function () {
    // Each test starts a page, which takes long where much else is going on.
    this.timeout(60_000);
    let browser: Browser;
    let script: string;
    let opened: OpenedChat | undefined;

    before(async () => {
      [browser, script] = await Promise.all([startChromium(), bundleChat()]);
    });
    after(() => browser.close());
    afterEach(async () => {
      // Whatever a test did: no error, nothing that the policy of the page forbids, and nothing from any network.
      assert.deepEqual(opened?.complaints, []);
      assert.deepEqual(opened?.requests, []);
      await opened?.close();
      opened = undefined;
    });
    const open = async (options: Partial<OpenChat> = {}) => {
      opened = await openChat(browser, { script, ...options });
      return opened;
    };
    const openTalk = (options: Partial<OpenChat> = {}) =>
      open({
        ...options,
        desk: { kept: () => ({ folder, id: 'c1' }), ...options.desk },
        prepare: (engine) => {
          engine.conversationNow = talk;
          options.prepare?.(engine);
        },
      });
    tests({ open, openTalk });
  });
}
