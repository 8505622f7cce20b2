import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { searchReplace } from '../../scriptedModel.ts';
import { closeEditors, openFile, until } from '../hearth.ts';
import {
  code,
  givenModel,
  lightbulb,
  pathOf,
  pictures,
  placeOf,
  put,
  refactor,
  run,
  threads,
  told,
} from '../proposals.ts';
import { onScreen, press } from '../screen.ts';

// The model is a double: see ScriptedModel. Engine, editor and screen are real.
describe('edits, where they stand,', function () {
  this.timeout(90_000);
  const given = givenModel();

  it('of one file are accepted and rejected hunk by hunk, with the keyboard alone', async () => {
    const editor = await openFile('src/hunks.ts', code);
    const path = pathOf(editor);
    await refactor(
      given.model,
      editor,
      `${searchReplace(path, '  return a - b;', '  return a + b;')}\n${searchReplace(path, 'export const one = 1;', 'export const one = 2;')}`,
    );
    await until('both are shown', async () => (await threads()) === 2);
    assert.equal(editor.document.getText(), code, 'nothing is written before a yes');
    await until('the cursor is at the first', () => vscode.window.activeTextEditor?.selection.active.line === 1);
    await pictures('edits-hunks');

    await press('Control+k', 'Control+y');
    await until('the first is written', () => editor.document.getText() === code.replace('-', '+'));
    await until('one is left', async () => (await threads()) === 1);
    await until('the cursor is at the next', () => vscode.window.activeTextEditor?.selection.active.line === 4);
    await press('Control+k', 'Control+n');
    await until('none is left', async () => (await threads()) === 0);
    assert.equal(editor.document.getText(), code.replace('-', '+'));
    await press('Control+z');
    await until('one undo takes it back', () => editor.document.getText() === code);
  });

  it('are accepted with the mouse, and follow what is typed above them', async () => {
    const editor = await openFile('src/moved.ts', code);
    await refactor(given.model, editor, searchReplace(pathOf(editor), '  return a - b;', '  return a + b;'));
    await until('it is shown', async () => (await threads()) === 1);
    await put(editor, new vscode.Range(0, 0, 0, 0), '// mine\n');
    await onScreen(
      (page) =>
        page.locator('.review-widget .action-label[aria-label^="Accept This Part of the Change"]').first().click(),
      undefined,
    );
    await until(
      'it is written where it is now',
      () => editor.document.getText() === `// mine\n${code.replace('-', '+')}`,
    );
  });

  it('are accepted all at once, which one undo takes back', async () => {
    const editor = await openFile('src/all.ts', code);
    const path = pathOf(editor);
    await refactor(
      given.model,
      editor,
      `${searchReplace(path, '  return a - b;', '  return a + b;')}\n${searchReplace(path, 'export const one = 1;', 'export const one = 2;')}`,
    );
    await until('both are shown', async () => (await threads()) === 2);
    await onScreen(
      (page) => page.locator('.editor-actions .action-label[aria-label^="Accept All of the Change"]').click(),
      undefined,
    );
    const accepted = code.replace('-', '+').replace('one = 1', 'one = 2');
    await until('both are written', () => editor.document.getText() === accepted);
    await until('none is left', async () => (await threads()) === 0);
    await run('undo');
    await until('one undo takes both back', () => editor.document.getText() === code);
  });

  it('do not fit any more where the user typed, until that is undone', async () => {
    const editor = await openFile('src/typed.ts', code);
    await refactor(given.model, editor, searchReplace(pathOf(editor), '  return a - b;', '  return a + b;'));
    await until('it is shown', async () => (await threads()) === 1);
    await put(editor, new vscode.Range(1, 2, 1, 2), 'void 0; ');
    await run('hearth.acceptHunk');
    await told(/does not fit any more/);
    assert.equal(editor.document.getText(), code.replace('return a', 'void 0; return a'));
    await run('undo');
    await run('hearth.acceptHunk');
    await until('it is written', () => editor.document.getText() === code.replace('-', '+'));
  });

  it('of a fix are checked: one more round when the problem stays, then the truth', async () => {
    const diagnostics = vscode.languages.createDiagnosticCollection('test');
    const editor = await openFile('src/fix.ts', code);
    const { document } = editor;
    const report = () => {
      const at = document.getText().indexOf('return a');
      const line = document.positionAt(at).line;
      const isWrong = !document.getText().includes('a + b');
      const problem = new vscode.Diagnostic(new vscode.Range(line, 2, line, 8), 'It should add.');
      diagnostics.set(document.uri, isWrong ? [problem] : []);
    };
    const listener = vscode.workspace.onDidChangeTextDocument((event) => event.document === document && report());
    try {
      report();
      given.model.script(
        searchReplace(pathOf(editor), '  return a - b;', '  return a * b;'),
        searchReplace(pathOf(editor), '  return a * b;', '  return a + b;'),
      );
      const [fix] = (await lightbulb(editor, new vscode.Range(1, 2, 1, 8))).filter(({ title }) =>
        title.startsWith('Fix'),
      );
      assert(fix?.command, 'the lightbulb offers it');
      assert.equal(given.model.asked.length, 0, 'no model is asked before');
      void run(fix.command.command, ...(fix.command.arguments ?? []));
      await until('the first try is shown', async () => (await threads()) === 1);
      await run('hearth.acceptHunk');
      await until('it is written', () => document.getText().includes('a * b'));
      await until('the model is asked again', () => given.model.asked.length === 2);
      await until('the second try is shown', async () => (await threads()) === 1);
      assert.match(given.model.asked[1]?.at(-1)?.content ?? '', /not all is well[^]*It should add\./);
      await run('hearth.acceptHunk');
      await told(/The problem is gone, and there is no new one/);
      assert.equal(document.getText(), code.replace('-', '+'));
      await run('notifications.clearAll');

      await put(editor, new vscode.Range(1, 0, 1, 99), '  return a - b;');
      await until('it is wrong again', () => vscode.languages.getDiagnostics(document.uri).length === 1);
      given.model.script(
        searchReplace(pathOf(editor), '  return a - b;', '  return a / b;'),
        searchReplace(pathOf(editor), '  return a / b;', '  return a % b;'),
      );
      void run('hearth.fixThis', placeOf(editor, 1));
      await until('the first try is shown', async () => (await threads()) === 1);
      await run('hearth.acceptHunk');
      await until('it is written', () => document.getText().includes('a / b'));
      await until('the model is asked again', () => given.model.asked.length === 2);
      await until('the second try is shown', async () => (await threads()) === 1);
      await run('hearth.acceptHunk');
      await told(/not all is well\. Still reported: 2: It should add\./);
      assert.equal(given.model.asked.length, 2, 'there is no third round');
    } finally {
      listener.dispose();
      diagnostics.dispose();
    }
  });
});

describe('edits without a model that can chat', () => {
  afterEach(closeEditors);

  it('are not offered as if there were one: the reason is told, with what can be done', async () => {
    const editor = await openFile('src/none.ts', code);
    await until('no row can be chosen', async () => {
      const found = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        editor.document.uri,
        new vscode.Range(0, 0, 2, 1),
      );
      // Explaining goes without one.
      return found.filter(({ title }) => title.includes('Hearth')).every(({ title }) => title.startsWith('Explain'));
    });
    await run('notifications.clearAll');
    void run('hearth.document', placeOf(editor));
    await told(/cannot chat/);
    await run('notifications.clearAll');
  });
});
