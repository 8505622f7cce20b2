// The chat view, as the user sees and uses it: a page within a page within VS Code's.
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import * as vscode from 'vscode';
import { onScreen } from './screen.ts';
import { testEnvironment } from './testEnvironment.ts';

/**
 * Runs `script` beside the browser with the view's frame, once it is there. It is sent as text: it sees its arguments and
 * nothing else of its file.
 */
export function inChat<A, R>(script: (frame: Frame, args: A) => Promise<R>, args: A): Promise<R> {
  return onScreen(
    async (page, { body, given }) => {
      const deadline = Date.now() + 20_000;
      const AsyncFunction = (async () => {}).constructor as FunctionConstructor; // oxlint-disable-line typescript/no-unsafe-type-assertion
      while (Date.now() < deadline) {
        for (const frame of page.frames()) {
          const isChat = await frame
            .locator('.chat .composer')
            .count()
            .catch(() => 0);
          if (isChat > 0)
            return await AsyncFunction('frame', 'args', `return await (${body})(frame, args)`)(frame, given);
        }
        await page.waitForTimeout(100);
      }
      throw new Error('The chat view is not there.');
    },
    { body: script.toString(), given: args },
  );
}

/** Brings the view to the front, with the keyboard in it. */
export async function showChat(): Promise<void> {
  await vscode.commands.executeCommand('hearth.chat.focus');
  await inChat(async (frame) => frame.locator('.composer textarea').focus(), undefined);
}

/** Puts a text where questions are written, and sends it with Enter. */
export async function ask(text: string): Promise<void> {
  await showChat();
  await inChat(async (frame, question) => {
    await frame.locator('.composer textarea').fill(question);
    await frame.locator('.composer textarea').press('Enter');
  }, text);
}

/** The texts of all that matches a CSS selector, as shown. */
export function textsInChat(selector: string): Promise<string[]> {
  return inChat(async (frame, css) => frame.locator(css).allInnerTexts(), selector);
}

/** Clicks the first button of this name, once it can be clicked. `within`: a CSS selector of what it stands in. */
export async function pressInChat(name: string, within = '.chat'): Promise<void> {
  await inChat(
    async (frame, { label, css }) =>
      frame.locator(css).last().getByRole('button', { name: label }).first().click({ timeout: 20_000 }),
    { label: name, css: within },
  );
}

const themes = {
  dark: 'Default Dark Modern',
  light: 'Default Light Modern',
  'high-contrast': 'Default High Contrast',
  'high-contrast-light': 'Default High Contrast Light',
} as const;

/** Keeps a picture of the window in each kind of theme. `look`: what to do while a theme is on. */
export async function picturesOfChat(
  name: string,
  look: (theme: string) => Promise<void> = async () => {},
): Promise<void> {
  const workbench = vscode.workspace.getConfiguration('workbench');
  const window = vscode.workspace.getConfiguration('window');
  const followsSystem = window.get('autoDetectColorScheme');
  await window.update('autoDetectColorScheme', false, vscode.ConfigurationTarget.Global);
  for (const [kind, theme] of Object.entries(themes)) {
    await workbench.update('colorTheme', theme, vscode.ConfigurationTarget.Global);
    const className = { dark: 'vscode-dark', light: 'vscode-light' }[kind] ?? 'vscode-high-contrast';
    await inChat(
      async (frame, { wanted, isLight }) => {
        await frame.locator(`body.${wanted}`).waitFor();
        if (isLight) await frame.locator('body.vscode-high-contrast-light').waitFor();
      },
      { wanted: className, isLight: kind === 'high-contrast-light' },
    );
    await onScreen((page, { path }) => page.screenshot({ path }).then(() => null), {
      path: join(testEnvironment().out, `${name}-${kind}.png`),
    });
    await look(kind);
  }
  await workbench.update('colorTheme', undefined, vscode.ConfigurationTarget.Global);
  await window.update('autoDetectColorScheme', followsSystem, vscode.ConfigurationTarget.Global);
}
