// The user's eyes and hands: real keys and the real screen of the VS Code that runs the test.
import type { Page } from 'playwright-core';
import { testEnvironment } from './testEnvironment.ts';

/** What the bridge sends back; it is ours, so nothing checks it. */
type Answer<R> = { readonly value: R; readonly error?: never } | { readonly error: string };

/**
 * Runs `script` beside the browser, with Playwright's page. It is sent as text: it sees its arguments and nothing else
 * of its file. Arguments and result travel as JSON.
 */
export async function onScreen<A, R>(
  script: (page: Page, args: A, requests: string[]) => Promise<R>,
  args: A,
): Promise<R> {
  const body = `return await (${script.toString()})(page, ${JSON.stringify(args) ?? 'undefined'}, requests)`;
  const response = await fetch(testEnvironment().bridge, { method: 'POST', body });
  const answer = JSON.parse(await response.text()) as Answer<R>; // oxlint-disable-line typescript/no-unsafe-type-assertion
  if (answer.error !== undefined) throw new Error(answer.error);
  return answer.value;
}

/** Types into the focused editor as a person does, one key at a time. */
export function type(text: string): Promise<void> {
  return onScreen((page, { keys }) => page.keyboard.type(keys, { delay: 40 }), { keys: text });
}

/** Presses keys one after the other, in Playwright's names: `press('Tab')`, `press('Control+ArrowRight')`. */
export async function press(...keys: string[]): Promise<void> {
  for (const key of keys) await onScreen((page, { name }) => page.keyboard.press(name), { name: key });
}

/** Waits for ghost text and returns all of it, with plain spaces. `within`: selector of the editors to look at. */
export function ghostText(within = '.editor-instance'): Promise<string> {
  return onScreen(
    async (page, { editors }) => {
      const ghost = page.locator(`${editors} [class*="ghost-text"]:not(:has([class*="ghost-text"]))`);
      await ghost.first().waitFor({ timeout: 20_000 });
      const texts = await ghost.allTextContents();
      return texts.join('').replaceAll('\u00a0', ' ');
    },
    { editors: within },
  );
}

/** How many pieces of ghost text are on screen now. */
export function ghostTextCount(): Promise<number> {
  return onScreen((page) => page.locator('.editor-instance [class*="ghost-text"]').count(), undefined);
}

/** Hearth's item in the status bar, as shown: its text, and what a screen reader says. */
export function statusBarItem(): Promise<{ text: string; label: string }> {
  return onScreen(async (page) => {
    const item = page.locator('.statusbar-item[id*="hearth"]').first();
    await item.waitFor();
    return { text: (await item.textContent()) ?? '', label: (await item.getAttribute('aria-label')) ?? '' };
  }, undefined);
}

/** Texts of the notifications on screen. */
export function notifications(): Promise<string[]> {
  return onScreen((page) => page.locator('.notification-list-item-message').allTextContents(), undefined);
}

/** Labels of the open quick pick, once it shows any. */
export function quickPickLabels(): Promise<string[]> {
  return onScreen(async (page) => {
    const rows = page.locator('.quick-input-list .monaco-list-row');
    await rows.first().waitFor();
    return await rows.allTextContents();
  }, undefined);
}

/** The rows of the open quick pick as a screen reader says them, from the top; none while there are none. */
export function quickPickRows(): Promise<string[]> {
  return onScreen(async (page) => {
    const rows = await page
      .locator('.quick-input-widget:visible .monaco-list-row')
      .evaluateAll((all) =>
        all.map((row) => ({ at: Number(row.getAttribute('data-index')), label: row.getAttribute('aria-label') ?? '' })),
      );
    return rows.toSorted((a, b) => a.at - b.at).map(({ label }) => label);
  }, undefined);
}

/** What any process of this VS Code asked the network for, e.g. `CONNECT example.org:443`. */
export function proxiedRequests(): Promise<string[]> {
  return onScreen((_page, _args, requests) => Promise.resolve(requests), undefined);
}

/** Clicks a file in VS Code's own file dialog with this title, which shows the workspace. */
export function chooseFile(title: string, name: string): Promise<void> {
  return onScreen(
    async (page, { heading, file }) => {
      const dialog = page.locator('.quick-input-title', { hasText: new RegExp(heading) });
      await dialog.waitFor();
      await page.locator('.quick-input-list .monaco-list-row', { hasText: file }).click();
      await dialog.waitFor({ state: 'hidden' });
    },
    { heading: title, file: name },
  );
}

/** Keeps a picture under the run's output folder. */
export async function screenshot(name: string): Promise<void> {
  const { out } = testEnvironment();
  await onScreen((page, { path }) => page.screenshot({ path }).then(() => null), {
    path: `${out}/${name.replaceAll(/[^\w-]+/g, '-')}.png`,
  });
}
