// Hearth as the suites see it: its files, its editor, and the processes behind it.
import { strict as assert } from 'node:assert';
import { appendFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { HearthApi } from '../../src/extension.ts';
import { ghostText, onScreen, type } from './screen.ts';
import { testEnvironment } from './testEnvironment.ts';

type Truthy<T> = Exclude<T, false | '' | 0 | null | undefined>;
const isTruthy = <T>(value: T): value is Truthy<T> => Boolean(value);

/** Asks again and again until the answer is truthy; says what it waited for when it gives up. */
export async function until<T>(what: string, ask: () => T | Promise<T>, timeoutMs = 20_000): Promise<Truthy<T>> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (isTruthy(answer)) return answer;
    if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs / 1000} s in vain: ${what}`);
    await delay(50);
  }
}

/** Longer than the slowest debounce plus a completion of the starter: what has not come by then does not come. */
export const quietMs = 2000;

/** A measured fact for the summary of the run. */
export function note(text: string): void {
  appendFileSync(join(testEnvironment().out, 'notes.txt'), `${text}\n`);
}

export function workspaceFile(path: string): vscode.Uri {
  const root = vscode.workspace.workspaceFolders?.[0]?.uri;
  assert(root, 'a folder is open');
  return vscode.Uri.joinPath(root, path);
}

const opened = new Set<string>();

/**
 * Opens a new file that holds `text`, with the cursor at `█` and the keyboard in the editor. `name` gets a number of
 * its own, so that nothing of an earlier test lives on in it.
 */
export async function openFile(name: string, text: string): Promise<vscode.TextEditor> {
  const path = name.replace(/(\.\w+)$/, `${opened.size}$1`);
  const uri = workspaceFile(path);
  opened.add(path);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text.replace('█', '')));
  const offset = text.indexOf('█');
  return showAt(await vscode.workspace.openTextDocument(uri), offset < 0 ? text.length : offset);
}

export async function showAt(document: vscode.TextDocument, offset: number): Promise<vscode.TextEditor> {
  const cursor = document.positionAt(offset);
  const selection = new vscode.Selection(cursor, cursor);
  const editor = await vscode.window.showTextDocument(document, { preview: false, selection });
  // The cursor moves in another process: keys must not come before it has arrived.
  await onScreen(
    async (page, { line, column }) => {
      await page.locator('.editor-instance .monaco-editor.focused').first().waitFor();
      const position = page.locator('#status\\.editor\\.selection');
      await position.filter({ hasText: new RegExp(`\\D${line}\\D+${column}$`) }).waitFor();
      // A new editor gets its ghost text only when the window first idles: what is typed before is completed by nobody.
      await page.evaluate('new Promise((resolve) => requestIdleCallback(() => resolve(null)))');
    },
    { line: cursor.line + 1, column: cursor.character + 1 },
  );
  return editor;
}

/** Closes all editors without saving and deletes what the test has opened. */
export async function closeEditors(): Promise<void> {
  while (vscode.window.tabGroups.all.some(({ tabs }) => tabs.length > 0))
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  for (const path of opened) await vscode.workspace.fs.delete(workspaceFile(path)).then(undefined, () => {});
}

export async function readFile(uri: vscode.Uri): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}

/** What Hearth's `activate` returns; see `HearthApi` in src/extension.ts. */
export async function hearth(): Promise<HearthApi> {
  const extension = vscode.extensions.getExtension<HearthApi>('hearth.hearth');
  assert(extension, 'Hearth is installed');
  return await extension.activate();
}

/** Opens a new file with `text`, types `typed` at its `█`, and returns the ghost text that appears. */
export async function ghostTextAfter(path: string, text: string, typed: string): Promise<string> {
  await openFile(path, text);
  await type(typed);
  return ghostText();
}

/**
 * While tests run, VS Code shows no modal dialogs. Answers the next one of Hearth with the button `answer` (undefined:
 * Cancel), and resolves to what it asked.
 */
export function answerDialog(
  answer: string | undefined,
  show: 'showWarningMessage' | 'showInformationMessage' = 'showWarningMessage',
): Promise<string> {
  const extension = vscode.extensions.getExtension('hearth.hearth');
  assert(extension, 'Hearth is installed');
  // Every extension has an API object of its own; this is Hearth's.
  const own: typeof vscode = createRequire(join(extension.extensionPath, 'dist/extension.cjs'))('vscode');
  const original = own.window[show];
  return new Promise((resolve) => {
    Object.assign(own.window, {
      [show]: async (message: string, { detail = '' }: vscode.MessageOptions, ...buttons: string[]) => {
        Object.assign(own.window, { [show]: original });
        assert(answer === undefined || buttons.includes(answer), `${answer} is not among ${buttons.join(', ')}`);
        resolve(`${message}\n\n${detail}`);
        return answer;
      },
    });
  });
}
