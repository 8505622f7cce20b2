import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { closeEditors, hearth, note, until } from '../hearth.ts';
import { onScreen, statusBarItem } from '../screen.ts';

const maxActivationMs = 1000; // 100 ms on an idle machine, as the note says; a test machine is seldom idle

describe('activation', () => {
  after(closeEditors);

  it('gets ready by itself and says so in the status bar', async () => {
    const api = await hearth();
    await api.whenReady();
    await until('the status bar says ready, and shows no progress any more', async () => {
      const { label, text } = await statusBarItem();
      return label.includes('ready') && text.trim() === 'Hearth';
    });
    assert.equal(api.status().model?.device, 'cpu');
  });

  it('costs the extension host little time', async () => {
    await vscode.commands.executeCommand('workbench.action.showRuntimeExtensions');
    const row = await onScreen(async (page) => {
      const found = page.locator('.runtime-extensions-editor .extension', { hasText: 'Hearth' }).first();
      await found.waitFor();
      return (await found.textContent()) ?? '';
    }, undefined);
    const activationMs = Number(/Activation:\s*(\d+)ms/.exec(row)?.[1]);
    note(`activation: ${activationMs} ms`);
    assert(activationMs < maxActivationMs, row);
  });

  it('keeps memory out of the extension host', () => {
    const megabytes = process.memoryUsage().heapUsed / 1e6;
    note(`heap of the whole extension host: ${megabytes.toFixed(0)} MB`);
    assert(megabytes < 300);
  });
});
