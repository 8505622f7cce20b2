import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { answerDialog, closeEditors, ghostTextAfter, hearth, until, workspaceFile } from '../hearth.ts';
import { idioms } from '../idioms.ts';
import {
  chooseFile,
  notifications,
  onScreen,
  press,
  quickPickLabels,
  quickPickRows,
  screenshot,
  type,
} from '../screen.ts';

const hearthSettings = () => vscode.workspace.getConfiguration('hearth');
const embedderSetting = () => hearthSettings().inspect('embedder')?.globalValue;
const setEmbedder = (id: string | undefined) =>
  hearthSettings().update('embedder', id, vscode.ConfigurationTarget.Global);

/** Chooses the one search model that has these words, and returns all there were, from the top. */
async function chooseSearchModel(words: string): Promise<string[]> {
  const closed = vscode.commands.executeCommand('hearth.pickSearchModel');
  await quickPickLabels();
  const all = await quickPickRows();
  await screenshot('search-model-picker');
  await type(words);
  await until(`only ${words} is left`, async () => (await quickPickRows()).length === 1, 5000);
  await press('Enter');
  await closed;
  return all;
}

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

  it('the picker of search models shows what embeds and what ranks, and the embedded one leaves the setting empty', async () => {
    await setEmbedder('bge-small-en-v1.5');
    try {
      const rows = await chooseSearchModel('Hearth embedder');
      assert.match(rows[0] ?? '', /Hearth embedder.*embedded, fastest/);
      assert.match(rows.find((row) => row.includes('BGE small')) ?? '', /chosen, not downloaded yet.*37 MB download/);
      assert(
        rows.some((row) => row.includes('downloading it is enough')),
        rows.join('\n'),
      );
      assert.equal(embedderSetting(), undefined);
      assert.match((await chooseSearchModel('Hearth embedder'))[0] ?? '', /in use/);
      assert.equal(embedderSetting(), undefined);
    } finally {
      await setEmbedder(undefined);
    }
  });

  it('the problem of an embedder that is not here leads to the picker that downloads it', async () => {
    await setEmbedder('bge-small-en-v1.5');
    try {
      await until('the problem is told', async () => {
        await vscode.commands.executeCommand('notifications.showList');
        return (await notifications()).some((text) => /BGE small.*Pick it to download it/.test(text));
      });
      await onScreen((page) => page.getByRole('button', { name: 'Pick Search Model…' }).first().click(), undefined);
      await until('the picker is open', async () => (await quickPickRows()).some((row) => row.includes('BGE small')));
      const asked = answerDialog(undefined, 'showInformationMessage');
      await type('BGE small');
      await until('it is found', async () => (await quickPickRows()).length === 1, 5000);
      await press('Enter');
      assert.match(await asked, /Download BGE small English v1\.5\?.*huggingface\.co.*MIT/s);
      assert.equal(embedderSetting(), 'bge-small-en-v1.5');
    } finally {
      await setEmbedder(undefined);
    }
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
