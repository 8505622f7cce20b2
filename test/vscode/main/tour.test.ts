import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { closeEditors, hearth, openFile } from '../hearth.ts';
import { idioms } from '../idioms.ts';
import { onScreen, press, quickPickLabels, screenshot } from '../screen.ts';

describe('what a newcomer sees', () => {
  before(async () => (await hearth()).whenReady());
  afterEach(closeEditors);

  it('a click on the status bar item opens the menu', async () => {
    await openFile(idioms.python.path, idioms.python.text);
    await onScreen((page) => page.locator('.statusbar-item[id*="hearth"] a').first().click(), undefined);
    const labels = await quickPickLabels();
    await screenshot('menu');
    for (const expected of ['Turn off ghost text', 'Turn off for Python', 'Pick Model', 'Show Log'])
      assert(
        labels.some((label) => label.includes(expected)),
        `${expected} is not in ${labels.join(' | ')}`,
      );
    await press('Escape');
  });

  it('the walkthrough opens', async () => {
    await vscode.commands.executeCommand('hearth.openWalkthrough');
    await onScreen(
      (page) => page.locator('.gettingStartedContainer .getting-started-step').first().waitFor(),
      undefined,
    );
    await screenshot('walkthrough');
  });

  it('the statistics open', async () => {
    await vscode.commands.executeCommand('hearth.showStatistics');
    const heading = await onScreen(async (page) => {
      const document = page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
      return (await document.locator('h1').first().textContent()) ?? '';
    }, undefined);
    await screenshot('statistics');
    assert.match(heading, /Hearth/);
  });
});
