import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { closeEditors, hearth, openFile } from '../hearth.ts';
import { idioms } from '../idioms.ts';
import { onScreen, press, quickPickLabels, screenshot } from '../screen.ts';

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
