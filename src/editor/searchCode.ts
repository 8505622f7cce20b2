import { type Disposable, l10n, type LogOutputChannel, window, workspace } from 'vscode';
import { registerCommand } from './command.ts';
import { currentSettings } from './currentSettings.ts';
import type { IndexClient } from './indexClient.ts';
import { whyNoIndex } from './indexText.ts';
import { queryOfSelection, rememberQuery } from './recentQueries.ts';
import { SearchPicker } from './searchPicker.ts';

/** The search by meaning: a list that fills while the user types, with the chosen place shown behind it. */
export function offerSearch(index: IndexClient, log: LogOutputChannel): Disposable {
  let recent: readonly string[] = [];
  let last: SearchPicker | undefined;
  const whyNothing = () => {
    const folders = workspace.workspaceFolders?.length ?? 0;
    return whyNoIndex(index.status, { enabled: currentSettings().index, folders }, l10n.t);
  };
  return registerCommand('hearth.searchCode', log, async () => {
    await last?.close();
    const editor = window.activeTextEditor;
    const picker = new SearchPicker({
      index,
      log,
      recent,
      initial: queryOfSelection(editor?.document.getText(editor.selection) ?? ''),
      fromUri: editor?.document.uri.toString(),
      whyNothing,
    });
    last = picker;
    const chosen = await picker.over;
    if (chosen !== undefined) recent = rememberQuery(recent, chosen);
  });
}
