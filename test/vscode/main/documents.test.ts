import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { closeEditors, hearth, showAt, until, workspaceFile } from '../hearth.ts';
import { idioms } from '../idioms.ts';
import { ghostText, onScreen, press, screenshot, type } from '../screen.ts';

const cell = (source: string[]) => ({ cell_type: 'code', execution_count: null, metadata: {}, outputs: [], source });

describe('kinds of documents', () => {
  before(async () => (await hearth()).whenReady());
  afterEach(closeEditors);

  it('completes in an untitled document', async () => {
    const { text, typed } = idioms.openEnded;
    const document = await vscode.workspace.openTextDocument({
      language: 'typescript',
      content: text.replace('█', ''),
    });
    await showAt(document, text.indexOf('█'));
    await type(typed);
    const ghost = await ghostText();
    await press('Tab');
    await until('the ghost text is inserted', () => document.getText() === text.replace('█', typed + ghost));
  });

  it('completes in a notebook cell and knows the cells above', async () => {
    const source = ['import os\n', 'import sys\n'];
    const notebook = {
      cells: [cell(source), cell([])],
      metadata: { language_info: { name: 'python' } },
      nbformat: 4,
      nbformat_minor: 5,
    };
    const uri = workspaceFile('cells.ipynb');
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(JSON.stringify(notebook)));
    const document = await vscode.workspace.openNotebookDocument(uri);
    await vscode.window.showNotebookDocument(document, { selections: [new vscode.NotebookRange(1, 2)] });
    await vscode.commands.executeCommand('notebook.cell.edit');
    await onScreen((page) => page.locator('.notebookOverlay .monaco-editor.focused').first().waitFor(), undefined);
    await type(idioms.python.typed);
    const ghost = await ghostText('.notebookOverlay');
    await screenshot('notebook');
    await press('Tab');
    const written = () => document.cellAt(1).document.getText();
    await until('the ghost text is inserted', () => written() === idioms.python.typed + ghost);
    assert.equal(document.cellAt(0).document.getText(), source.join(''));
  });
});
