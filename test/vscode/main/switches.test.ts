import { strict as assert } from 'node:assert';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { closeEditors, ghostTextAfter, hearth, openFile, quietMs, until } from '../hearth.ts';
import { idioms } from '../idioms.ts';
import { ghostTextCount, statusBarItem, type } from '../screen.ts';

async function typesWithoutGhostText({ path, text, typed }: (typeof idioms)[keyof typeof idioms]): Promise<void> {
  await openFile(path, text);
  await type(typed);
  await delay(quietMs);
  assert.equal(await ghostTextCount(), 0);
}

const statusSays = (word: string) =>
  until(`the status bar says ${word}`, async () => (await statusBarItem()).label.includes(word));

describe('switches', () => {
  before(async () => (await hearth()).whenReady());
  afterEach(async () => {
    for (const key of ['enable', 'languages'])
      for (const target of [vscode.ConfigurationTarget.Global, vscode.ConfigurationTarget.Workspace])
        await vscode.workspace.getConfiguration('hearth').update(key, undefined, target);
    await closeEditors();
  });

  it('the toggle command turns ghost text off and on again', async () => {
    await vscode.commands.executeCommand('hearth.toggle');
    await statusSays('off');
    await typesWithoutGhostText(idioms.typescript);
    await vscode.commands.executeCommand('hearth.toggle');
    await statusSays('ready');
    const { path, text, typed } = idioms.typescript;
    assert.notEqual(await ghostTextAfter(path, text, typed), '');
  });

  it('the language toggle turns it off for one language only', async () => {
    await openFile(idioms.python.path, idioms.python.text);
    await vscode.commands.executeCommand('hearth.toggleLanguage');
    await statusSays('off for this language');
    await typesWithoutGhostText(idioms.python);
    const { path, text, typed } = idioms.typescript;
    assert.notEqual(await ghostTextAfter(path, text, typed), '');
    await statusSays('ready');
  });
});
