import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { closeEditors, hearth, openFile, until } from '../hearth.ts';
import { idioms } from '../idioms.ts';
import { onScreen, press, quickPickLabels, quickPickRows, screenshot, type } from '../screen.ts';

const hangul = /\p{Script=Hangul}/u;

describe('Korean', () => {
  before(async () => (await hearth()).whenReady());
  afterEach(closeEditors);

  it('the menu is in Korean', async () => {
    assert.equal(vscode.env.language, 'ko');
    await openFile(idioms.python.path, idioms.python.text);
    const closed = vscode.commands.executeCommand('hearth.menu');
    const labels = await quickPickLabels();
    await screenshot('menu');
    for (const label of labels) assert.match(label, hangul);
    await press('Escape');
    await closed;
  });

  it('the search by meaning is in Korean', async () => {
    const api = await hearth();
    await until('the index is ready', () => api.indexStatus().state === 'ready', 40_000);
    const closed = vscode.commands.executeCommand('hearth.searchCode');
    await onScreen((page) => page.locator('.quick-input-widget input:focus').first().waitFor(), undefined);
    await type('countWords');
    const row = await until('there are results', async () => (await quickPickRows()).find((each) => /:\d+/.test(each)));
    await screenshot('search');
    assert.match(row, hangul);
    await press('Escape');
    await closed;
  });

  it('command titles and the walkthrough are in Korean', async () => {
    const { contributes } = vscode.extensions.getExtension('hearth.hearth')?.packageJSON ?? {};
    // While its own language is English, VS Code keeps the English title beside the translated one.
    for (const { title } of contributes.commands) assert.match(title.value ?? title, hangul);
    await vscode.commands.executeCommand('hearth.openWalkthrough');
    await onScreen(
      (page) => page.locator('.gettingStartedContainer .getting-started-step').first().waitFor(),
      undefined,
    );
    await screenshot('walkthrough');
  });
});
