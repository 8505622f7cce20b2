import { strict as assert } from 'node:assert';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { closeEditors, ghostTextAfter, hearth, note, openFile, quietMs, readFile, until } from '../hearth.ts';
import { idioms } from '../idioms.ts';
import { ghostText, ghostTextCount, press, screenshot, type } from '../screen.ts';

const shown = () => vscode.window.activeTextEditor?.document;
const shownText = () => shown()?.getText() ?? '';

describe('ghost text', () => {
  before(async () => (await hearth()).whenReady());
  afterEach(closeEditors);

  for (const [language, { path, text, typed }] of Object.entries(idioms)) {
    it(`appears while typing ${language}; Tab takes all of it, and the file changes only when saved`, async () => {
      const ghost = await ghostTextAfter(path, text, typed);
      await screenshot(`ghost-text-${language}`);
      note(`${language}: ${JSON.stringify(typed)} + ${JSON.stringify(ghost)}`);
      const file = shown()?.uri;
      assert(file);
      const onDisk = text.replace('█', '');
      const expected = text.replace('█', typed + ghost);
      assert.equal(shownText(), text.replace('█', typed), 'ghost text is not in the document');
      await press('Tab');
      await until('Tab inserts the ghost text', () => shownText() === expected, 5000);
      assert.equal(await readFile(file), onDisk, 'the file changed before it was saved');
      await press('ControlOrMeta+S');
      await until('the file is saved', async () => (await readFile(file)) === expected, 5000);
    });
  }

  it('goes in word by word', async () => {
    const { path, text, typed } = idioms.typescript;
    const ghost = await ghostTextAfter(path, text, typed);
    const before = shownText();
    await press('ControlOrMeta+ArrowRight');
    const after = await until('a word is inserted', () => shownText() !== before && shownText());
    const inserted = after.slice(
      text.indexOf('█') + typed.length,
      after.length - (text.length - text.indexOf('█') - 1),
    );
    assert(ghost.startsWith(inserted) && inserted.length < ghost.length, `${inserted} of ${ghost}`);
    assert.equal(await ghostText(), ghost.slice(inserted.length), 'the rest stays on screen');
  });

  it('goes in line by line', async () => {
    const { path, text, typed } = idioms.typescript;
    const ghost = await ghostTextAfter(path, text, typed);
    await vscode.commands.executeCommand('editor.action.inlineSuggest.acceptNextLine');
    const line = text.replace('█', typed + ghost.split('\n')[0]);
    await until('the line is inserted', () => shownText() === line);
  });

  it('stays out of the way: Escape hides it and the document is untouched', async () => {
    const { path, text, typed } = idioms.typescript;
    await ghostTextAfter(path, text, typed);
    await press('Escape');
    await until('the ghost text is gone', async () => (await ghostTextCount()) === 0);
    assert.equal(shownText(), text.replace('█', typed));
  });

  it('offers another alternative with Alt+]', async function () {
    this.retries(2); // alternatives are sampled, and may turn out alike
    const { path, text, typed } = idioms.openEnded;
    const first = await ghostTextAfter(path, text, typed);
    await press('Alt+]');
    const seen = new Set([first]);
    const deadline = Date.now() + 8000;
    while (seen.size < 2 && Date.now() < deadline) seen.add(await ghostText());
    await screenshot('alternatives');
    note(`alternatives: ${JSON.stringify([...seen])}`);
    assert.equal(seen.size, 2);
    assert.equal(shownText(), text.replace('█', typed), 'cycling inserts nothing');
  });

  it('is served from what was shown when its beginning is typed', async () => {
    const { path, text, typed } = idioms.typescript;
    const ghost = await ghostTextAfter(path, text, typed);
    await type(ghost.slice(0, 2));
    await until('the rest is on screen', async () => (await ghostText()) === ghost.slice(2));
  });

  it('is not shown in the middle of a word that is finished already', async () => {
    const { path, typed } = idioms.typescript;
    await openFile(path, "const fs = require('fs');\n█uire('path');\n");
    await type(typed);
    await delay(quietMs);
    assert.equal(await ghostTextCount(), 0);
  });
});
