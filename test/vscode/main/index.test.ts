import { strict as assert } from 'node:assert';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import * as vscode from 'vscode';
import { answerDialog, closeEditors, ghostTextAfter, hearth, note, showAt, until, workspaceFile } from '../hearth.ts';
import { onScreen, press, quickPickRows, screenshot, type } from '../screen.ts';

const indexState = async () => (await hearth()).indexStatus();
const ready = () => until('the index is ready', async () => (await indexState()).state === 'ready', 40_000);
const activePath = () => vscode.workspace.asRelativePath(vscode.window.activeTextEditor?.document.uri ?? '');

/** Opens the search and waits until the keyboard is in it. The command itself ends with the search. */
async function openSearch(): Promise<void> {
  void vscode.commands.executeCommand('hearth.searchCode');
  await onScreen((page) => page.locator('.quick-input-widget input:focus').first().waitFor(), undefined);
}

async function searchFor(query: string): Promise<void> {
  await openSearch();
  await type(query);
}

/** Waits until the first row matches, and returns all of them as they are read: what, where and why. */
function rowsWithFirst(expected: RegExp): Promise<string[]> {
  return until(`the first row matches ${expected}`, async () => {
    const rows = await quickPickRows();
    return expected.test(rows[0] ?? '') && rows;
  });
}

/** Waits until any row matches. */
function rowsWith(expected: RegExp): Promise<string> {
  return until(`a row matches ${expected}`, async () => (await quickPickRows()).find((row) => expected.test(row)));
}

/** Bytes that Hearth keeps of all indexes. */
function indexBytes(): number {
  const folder = join(process.env['HEARTH_HOME'] ?? '', 'index');
  if (!existsSync(folder)) return 0;
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => statSync(join(folder, name)));
  return files.filter((file) => file.isFile()).reduce((sum, { size }) => sum + size, 0);
}

const openTabs = () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).length;

/** How many lines on screen have the background of a search result. */
function highlightedLines(): Promise<number> {
  return onScreen((page) => page.locator('.view-overlays [class*="ced-"]').count(), undefined);
}

describe('the workspace index', () => {
  before(async () => {
    await (await hearth()).whenReady();
    const started = performance.now();
    await ready();
    const { files, chunks } = await indexState();
    note(
      `index ready ${(performance.now() - started).toFixed(0)} ms after the model: ${files} files, ${chunks} chunks`,
    );
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    await vscode.commands.executeCommand('notifications.clearAll');
    await closeEditors();
  });

  it('finds by a phrase what is called something else, shows it, and Escape leads back', async () => {
    const document = await vscode.workspace.openTextDocument(workspaceFile('src/server.ts'));
    const offset = document.getText().indexOf('sendJson');
    await showAt(document, offset);
    await searchFor('how many words are in a text');
    const [first] = await rowsWithFirst(/src\/text\.ts:\d+/);
    assert.match(first ?? '', /countWords.*similar meaning/);
    await until('the first result is shown', () => activePath() === 'src/text.ts', 5000);
    await until('it is highlighted', highlightedLines, 5000);
    await screenshot('search');
    await press('ArrowDown', 'ArrowDown');
    await until('another file is shown', () => activePath() !== 'src/text.ts', 5000);
    await press('Escape');
    await until(
      'the user is back',
      () => {
        const editor = vscode.window.activeTextEditor;
        return editor?.document === document && document.offsetAt(editor.selection.active) === offset;
      },
      5000,
    );
    await until('nothing else is open', () => openTabs() === 1, 3000);
    assert.equal(await highlightedLines(), 0);
    await screenshot('search-left');
  });

  it('goes to a result with Enter, and takes a name as well', async () => {
    await searchFor('countWords');
    const [first] = await rowsWithFirst(/src\/text\.ts:8\b/);
    assert.match(first ?? '', /name/);
    await press('Enter');
    await until('the result is open', () => activePath() === 'src/text.ts', 5000);
    await until(
      'it is there to stay',
      () => vscode.window.tabGroups.activeTabGroup.activeTab?.isPreview === false,
      3000,
    );
    assert.equal(vscode.window.activeTextEditor?.selection.active.line, 7);
  });

  it('opens a result to the side, and leaves the user where they were', async () => {
    await showAt(await vscode.workspace.openTextDocument(workspaceFile('src/server.ts')), 0);
    await searchFor('countWords');
    await rowsWithFirst(/src\/text\.ts:8\b/);
    await onScreen(async (page) => {
      const row = page.locator('.quick-input-list .monaco-list-row').first();
      await row.hover();
      await row.locator('.action-label').first().click();
    }, undefined);
    await until('both are visible', () => {
      const visible = vscode.window.visibleTextEditors.map(({ document }) => document.uri.path.split('/').at(-1));
      return visible.includes('server.ts') && visible.includes('text.ts');
    });
    assert.equal(activePath(), 'src/text.ts');
  });

  it('asks what is selected, and offers it again', async () => {
    const document = await vscode.workspace.openTextDocument(workspaceFile('src/server.ts'));
    const editor = await showAt(document, 0);
    const start = document.getText().indexOf('slugify');
    const [from, to] = [start, start + 'slugify'.length].map((offset) => document.positionAt(offset));
    assert(from && to);
    editor.selection = new vscode.Selection(from, to);
    await openSearch();
    await rowsWithFirst(/slugify.*src\/text\.ts:1\b/);
    await press('Enter');
    await until('the result is open', () => activePath() === 'src/text.ts', 5000);
    await openSearch();
    await rowsWithFirst(/slugify$/);
    await screenshot('search-recent');
    await press('Enter');
    await rowsWithFirst(/slugify.*src\/text\.ts:1\b/);
    await press('Escape');
  });

  it('tells what the last completion was given, and why', async () => {
    await vscode.window.showTextDocument(workspaceFile('src/text.ts'), { preview: false });
    await ghostTextAfter('src/context.ts', "import { countWords } from './text.ts';\n\n█\n", 'const words = countW');
    await press('Escape');
    await vscode.commands.executeCommand('hearth.whyContext');
    const headings = await onScreen(async (page) => {
      const body = page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
      await body.locator('h2').first().waitFor();
      return await body.locator('h2 a').allTextContents();
    }, undefined);
    await screenshot('why-context');
    const place = headings.findIndex((heading) => heading.includes('text.ts'));
    assert(place >= 0, `no link to text.ts in ${headings.join(' | ')}`);
    await onScreen(
      (page, { index }) =>
        page.frameLocator('iframe.webview.ready').frameLocator('#active-frame').locator('h2 a').nth(index).click(),
      { index: place },
    );
    await until('the place is open', () => activePath() === 'src/text.ts', 5000);
  });

  it('is in the menu and in the tooltip', async () => {
    await showAt(await vscode.workspace.openTextDocument(workspaceFile('src/text.ts')), 0);
    const closed = vscode.commands.executeCommand('hearth.menu');
    await rowsWithFirst(/ghost text/);
    const labels = await quickPickRows();
    await screenshot('menu-index');
    for (const expected of ['Search the Code by Meaning', 'Pause Indexing', 'Delete Index…'])
      assert(
        labels.some((label) => label.includes(expected)),
        `${expected} is not in ${labels.join(' | ')}`,
      );
    await press('Escape');
    await closed;
    const tooltip = await onScreen(async (page) => {
      await page.locator('.statusbar-item[id*="hearth"] a').first().hover();
      const hover = page.locator('.monaco-hover', { hasText: 'indexed' }).first();
      await hover.waitFor({ timeout: 10_000 });
      return (await hover.textContent()) ?? '';
    }, undefined);
    await screenshot('tooltip-index');
    assert.match(tooltip, /\d+ files indexed/);
  });

  it('finds what was saved a moment ago', async () => {
    const editor = await showAt(await vscode.workspace.openTextDocument(workspaceFile('src/text.ts')), 0);
    const { document } = editor;
    const saved = document.getText();
    const added = '\nexport function isPalindrome(text: string): boolean {\n  return text === reversed(text);\n}\n';
    await editor.edit((edit) => edit.insert(document.positionAt(saved.length), added));
    await document.save();
    const savedAt = performance.now();
    await searchFor('isPalindrome');
    await rowsWithFirst(/isPalindrome.*src\/text\.ts/);
    note(`saved, searched and seen after ${(performance.now() - savedAt).toFixed(0)} ms, typing included`);
    await press('Escape');
    await vscode.workspace.fs.writeFile(document.uri, new TextEncoder().encode(saved));
  });

  it('pauses and goes on', async () => {
    await vscode.commands.executeCommand('hearth.pauseIndex');
    await until('it is paused', async () => (await indexState()).state === 'paused', 5000);
    await vscode.commands.executeCommand('hearth.resumeIndex');
    await ready();
  });

  it('forgets a folder, and knows it again after a rebuild', async () => {
    await searchFor('average length of notes');
    await rowsWith(/scripts\/report\.py/);
    await press('Escape');
    const asked = answerDialog('Forget');
    await vscode.commands.executeCommand('hearth.forgetFolder', workspaceFile('scripts'));
    assert.match(await asked, /Forget the folder scripts\?/);
    await searchFor('average length of notes');
    const without = await rowsWithFirst(/:\d+/);
    assert(!without.some((row) => row.includes('report.py')), without.join('\n'));
    await press('Escape');
    await vscode.commands.executeCommand('hearth.rebuildIndex');
    await ready();
    await searchFor('average length of notes');
    await rowsWith(/scripts\/report\.py/);
    await press('Escape');
  });

  it('lets go of what .hearthignore names', async () => {
    const ignoreFile = workspaceFile('.hearthignore');
    await searchFor('average length of notes');
    await rowsWith(/scripts\/report\.py/);
    await press('Escape');
    await vscode.workspace.fs.writeFile(ignoreFile, new TextEncoder().encode('scripts/\n'));
    try {
      const before = (await indexState()).files;
      await until('it is out of the index', async () => (await indexState()).files < before);
      await searchFor('average length of notes');
      const rows = await rowsWithFirst(/:\d+/);
      assert(!rows.some((row) => row.includes('report.py')), rows.join('\n'));
      await press('Escape');
    } finally {
      await vscode.workspace.fs.delete(ignoreFile);
    }
    await searchFor('average length of notes');
    await rowsWith(/scripts\/report\.py/);
    await press('Escape');
  });

  it('is deleted when told so, and stays away until it is built again', async () => {
    const before = indexBytes();
    const asked = answerDialog('Delete');
    await vscode.commands.executeCommand('hearth.deleteIndex');
    assert.match(await asked, /Delete the whole index\?/);
    const after = indexBytes();
    note(`index on disk: ${(before / 1000).toFixed(0)} kB, deleted: ${(after / 1000).toFixed(0)} kB`);
    assert(before > 10_000 && after === 0, `${before} bytes before, ${after} after`);
    await until('it is off', async () => (await indexState()).state === 'off', 5000);
    await searchFor('slugify');
    await rowsWith(/There is no index here/);
    await screenshot('search-deleted');
    await press('Enter');
    await ready();
    await searchFor('slugify');
    await rowsWithFirst(/slugify.*src\/text\.ts/);
    await press('Escape');
  });
});
