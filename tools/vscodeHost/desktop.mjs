// Gives the tests keys and screen of a desktop VS Code, over the debugging port of its window.
import { setTimeout as delay } from 'node:timers/promises';
import { chromium } from 'playwright-core';

/** Attaches as soon as the window listens on `port`; `stop()` detaches, or gives up. */
export function attachToDesktop(port, bridge) {
  let browser;
  const stop = new AbortController();
  const attach = async () => {
    while (!stop.signal.aborted) {
      try {
        browser ??= await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
        const pages = browser.contexts().flatMap((context) => context.pages());
        const workbench = pages.find((page) => page.url().includes('workbench'));
        if (workbench) {
          bridge.use(workbench);
          return;
        }
      } catch {
        // Not listening yet.
      }
      await delay(200);
    }
  };
  const attached = attach();
  return {
    async stop() {
      stop.abort();
      await attached;
      await browser?.close().catch(() => {});
    },
  };
}
