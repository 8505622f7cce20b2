import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { closeEditors, ghostTextAfter, hearth, until, workspaceFile } from '../hearth.ts';
import { idioms } from '../idioms.ts';
import { chooseFile, notifications, press, quickPickLabels, screenshot, type } from '../screen.ts';

describe('models', () => {
  before(async () => (await hearth()).whenReady());
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    await vscode.commands.executeCommand('notifications.clearAll');
    await closeEditors();
  });

  it('the picker shows the embedded model, the catalogue, and this machine', async () => {
    const closed = vscode.commands.executeCommand('hearth.pickModel');
    const labels = await quickPickLabels();
    await screenshot('model-picker');
    assert(labels.length >= 3, labels.join('\n'));
    await press('Escape');
    await closed;
  });

  it('a file that is no model gets a clear error, and the old model stays', async () => {
    const api = await hearth();
    const before = api.status().model?.id;
    const garbage = workspaceFile('garbage.gguf');
    await vscode.workspace.fs.writeFile(garbage, new TextEncoder().encode('not a model '.repeat(1000)));
    // VS Code's file dialog opens beside the last file that someone had open; without one, in the workspace.
    await vscode.commands.executeCommand('workbench.action.clearEditorHistoryWithoutConfirm');
    const picked = vscode.commands.executeCommand('hearth.pickModel');
    await quickPickLabels();
    await type('GGUF');
    await press('Enter');
    await chooseFile('Use a Local GGUF File', 'garbage.gguf');
    await picked;
    // While tests run, VS Code keeps notifications in their list.
    await vscode.commands.executeCommand('notifications.showList');
    const message = await until('an error is shown', async () =>
      (await notifications()).find((text) => text.includes('GGUF')),
    );
    await screenshot('wrong-model');
    await vscode.commands.executeCommand('notifications.hideList');
    assert.match(message, /garbage\.gguf is not a GGUF model file/);
    assert.equal(api.status().model?.id, before, 'the old model stays');
    assert.equal(vscode.workspace.getConfiguration('hearth').get('model'), '');
    const { path, text, typed } = idioms.typescript;
    assert.notEqual(await ghostTextAfter(path, text, typed), '');
  });
});
