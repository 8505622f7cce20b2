import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { closeEditors, ghostTextAfter, hearth } from '../hearth.ts';
import { idioms } from '../idioms.ts';
import { screenshot } from '../screen.ts';

// The workspace beside this file comes with a hostile .vscode/settings.json.
describe('Restricted Mode', () => {
  after(closeEditors);

  it('is on', () => {
    assert.equal(vscode.workspace.isTrusted, false);
  });

  it("ignores the workspace's choice of model, folder, resources, index and server", () => {
    const section = vscode.workspace.getConfiguration('hearth');
    assert.equal(section.get('model'), '');
    assert.equal(section.get('modelsFolder'), '');
    assert.equal(section.get('gpu'), 'auto');
    assert.equal(section.get('threads'), 0);
    assert.equal(section.get('recordEvents'), true);
    assert.equal(section.get('embedder'), '');
    assert.equal(section.get('teamIndex'), '');
    assert.equal(section.get('server'), '');
    assert.equal(section.get('serverModel'), '');
  });

  it('completes with the embedded model all the same', async () => {
    const api = await hearth();
    await api.whenReady();
    const { path, text, typed } = idioms.typescript;
    assert.notEqual(await ghostTextAfter(path, text, typed), '');
    await screenshot('restricted');
  });
});
