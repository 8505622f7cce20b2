// The "Personal style" page, as the user sees and uses it.
import { join } from 'node:path';
import * as vscode from 'vscode';
import { onScreen } from './screen.ts';
import { testEnvironment } from './testEnvironment.ts';

/** Opens the page, or brings it to the front, and waits until the engine has answered. */
export async function showPage(): Promise<void> {
  await vscode.commands.executeCommand('hearth.showPersonalStyle');
  await onScreen(async (page) => {
    const body = page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
    await body.locator('#examples .filters, #examples .empty').first().waitFor({ timeout: 20_000 });
  }, undefined);
}

/** The texts of all that matches a CSS selector, as shown: what is hidden has none. */
export function textsInPage(selector: string): Promise<string[]> {
  return onScreen(
    (page, { css }) =>
      page.frameLocator('iframe.webview.ready').frameLocator('#active-frame').locator(css).allInnerTexts(),
    { css: selector },
  );
}

/** Clicks the first of what matches, once it can be clicked. `hasText`: words that it, or what it stands in, has. */
export async function clickInPage(selector: string, hasText?: string): Promise<void> {
  await onScreen(
    async (page, { css, text }) => {
      const body = page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
      await body
        .locator(css, text === undefined ? {} : { hasText: text })
        .first()
        .click({ timeout: 20_000 });
    },
    { css: selector, text: hasText },
  );
}

/**
 * Keeps pictures of the page as on a tall screen, with what stands at the selector in view, in both of VS Code's looks. The
 * system's look changes, and no setting: that would be an edit of a file, for which a training waits.
 */
export async function picturesOfPage(name: string, selector: string): Promise<void> {
  for (const look of ['dark', 'light'] as const)
    await onScreen(
      async (page, { css, scheme, path }) => {
        const before = page.viewportSize();
        await page.emulateMedia({ colorScheme: scheme });
        // A desktop's look is not the page's to change.
        const workbench = page.locator(`.monaco-workbench.vs${scheme === 'dark' ? '-dark' : ''}`);
        await workbench.waitFor({ timeout: 3000 }).catch(() => undefined);
        if (before) await page.setViewportSize({ width: 1100, height: 1500 });
        const body = page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
        await body.locator(css).first().scrollIntoViewIfNeeded();
        await page.screenshot({ path });
        if (before) await page.setViewportSize(before);
      },
      { css: selector, scheme: look, path: join(testEnvironment().out, `${name}-${look}.png`) },
    );
}
