// What the tests of edits do and see in a real VS Code.
import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { type Answer, ScriptedModel, searchReplace } from '../scriptedModel.ts';
import { closeEditors, hearth, openFile, readFile, until, workspaceFile } from './hearth.ts';
import { notifications, onScreen, press, screenshot, type } from './screen.ts';

export const run = (command: string, ...args: unknown[]) => vscode.commands.executeCommand(command, ...args);
export const code =
  'export function add(a: number, b: number): number {\n  return a - b;\n}\n\nexport const one = 1;\n';

/** Waits for a message like this, and returns it. */
export async function told(pattern: RegExp): Promise<string> {
  return until(`a message like ${pattern}`, async () => {
    await run('notifications.showList');
    return (await notifications()).find((each) => pattern.test(each));
  });
}

/** Presses a button of a message. */
export async function answerMessage(pattern: RegExp, button: string): Promise<void> {
  await told(pattern);
  await onScreen(
    async (page, { label }) => {
      await page
        .locator('.notifications-center .notification-list-item .monaco-button', { hasText: label })
        .first()
        .click();
    },
    { label: button },
  );
}

export const previewTab = () =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .find(({ label }) => label.startsWith('Hearth: Proposed Change'));
/** How many changes wait in the editor: threads that a person sees. */
export const threads = () => onScreen((page) => page.locator('.review-widget').count(), undefined);
export const isThere = (path: string, text: string) =>
  readFile(workspaceFile(path)).then(
    (found) => found === text,
    () => false,
  );
export const textNow = async (path: string) => (await vscode.workspace.openTextDocument(workspaceFile(path))).getText();
export const isGone = (path: string) =>
  readFile(workspaceFile(path)).then(
    () => false,
    () => true,
  );
const themes = [
  { name: 'Default Light Modern', className: 'vs' },
  { name: 'Default Dark Modern', className: 'vs-dark' },
  { name: 'Default High Contrast', className: 'hc-black' },
];
/** Keeps a picture in each kind of theme. */
export async function pictures(name: string): Promise<void> {
  const workbench = vscode.workspace.getConfiguration('workbench');
  const window = vscode.workspace.getConfiguration('window');
  await window.update('autoDetectColorScheme', false, vscode.ConfigurationTarget.Global);
  for (const theme of themes) {
    await workbench.update('colorTheme', theme.name, vscode.ConfigurationTarget.Global);
    await onScreen((page, { selector }) => page.locator(selector).waitFor(), {
      selector: `.monaco-workbench.${theme.className}`,
    });
    await screenshot(`${name}-${theme.className}`);
  }
  await workbench.update('colorTheme', undefined, vscode.ConfigurationTarget.Global);
  await window.update('autoDetectColorScheme', undefined, vscode.ConfigurationTarget.Global);
}

/** Changes the text as somebody else would, whatever is in front. */
export async function put({ document }: vscode.TextEditor, range: vscode.Range, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, range, text);
  assert(await vscode.workspace.applyEdit(edit));
}
export const pathOf = ({ document }: vscode.TextEditor) => vscode.workspace.asRelativePath(document.uri, false);
export const placeOf = ({ document }: vscode.TextEditor, line = 0) => ({
  uri: document.uri,
  range: new vscode.Range(line, 0, line, 0),
});

export async function lightbulb(
  { document }: vscode.TextEditor,
  range: vscode.Range,
): Promise<readonly vscode.CodeAction[]> {
  const found = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    range,
  );
  return found.filter(({ title }) => title.includes('Hearth'));
}

/** Whether the lightbulb's rows can be chosen; nothing is asked of the model for it. */
async function canAct(): Promise<boolean> {
  const editor = await openFile('src/lamp.ts', code);
  const actions = await lightbulb(editor, new vscode.Range(0, 0, 2, 1));
  await closeEditors();
  return actions.length > 0 && actions.every(({ disabled }) => disabled === undefined);
}

export const twoFiles = (editor: vscode.TextEditor, name: string) =>
  `${searchReplace(pathOf(editor), '  return a - b;', '  return a + b;')}\n\`\`\`ts ${name}\nexport const made = 1;\n\`\`\`\n`;

/** Asks for a refactoring by the box that the user types into. */
export async function refactor(
  model: ScriptedModel,
  editor: vscode.TextEditor,
  ...answers: readonly Answer[]
): Promise<void> {
  model.script(...answers);
  const done = run('hearth.refactor', placeOf(editor));
  await onScreen((page) => page.locator('.quick-input-box input').waitFor(), undefined);
  await type('make it right');
  await press('Enter');
  void done;
}

/** The same, for an answer about several files. */
export async function previewOf(
  model: ScriptedModel,
  editor: vscode.TextEditor,
  ...answers: readonly Answer[]
): Promise<void> {
  await refactor(model, editor, ...answers);
  await until('the preview opens', previewTab);
  await told(/Apply the proposed change/);
}

async function setServer(url: string | undefined): Promise<void> {
  await vscode.workspace.getConfiguration('hearth').update('server', url, vscode.ConfigurationTarget.Global);
}

/** For the tests of a suite: a model that answers as it is told, and nothing that is left of one test in the next. */
export function givenModel(): { readonly model: ScriptedModel } {
  let started: ScriptedModel | undefined;
  before(async () => {
    await (await hearth()).whenReady();
    started = await ScriptedModel.start();
    await setServer(started.url);
    await until('the server is known', () => canAct());
  });
  afterEach(async () => {
    await run('hearth.rejectAllHunks');
    await run('hearth.discardEdits');
    await run('notifications.clearAll');
    await closeEditors();
  });
  after(async () => {
    await setServer(undefined);
    await started?.[Symbol.asyncDispose]();
  });
  return {
    get model() {
      assert(started, 'it has started');
      return started;
    },
  };
}
