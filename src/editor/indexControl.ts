import { commands, Disposable, l10n, type LogOutputChannel, Uri, window, workspace } from 'vscode';
import { registerCommand } from './command.ts';
import type { IndexClient } from './indexClient.ts';

/** What the user may do to the workspace index: stop it for a while, build it anew, or delete what it knows. */
export function offerIndexControl(index: IndexClient, log: LogOutputChannel): Disposable {
  // For the when-clauses of the manifest.
  const tellState = () => void commands.executeCommand('setContext', 'hearth.indexState', index.status.state);
  tellState();
  return Disposable.from(
    index.onStatus(tellState),
    registerCommand('hearth.pauseIndex', log, async () => {
      await index.control({ action: 'pause' });
      confirm(l10n.t('Hearth: indexing is paused'));
    }),
    registerCommand('hearth.resumeIndex', log, async () => {
      await index.control({ action: 'resume' });
      confirm(l10n.t('Hearth: indexing goes on'));
    }),
    registerCommand('hearth.rebuildIndex', log, async () => {
      await index.control({ action: 'rebuild' });
      confirm(l10n.t('Hearth: the index is being built anew'));
    }),
    registerCommand('hearth.deleteIndex', log, () => deleteIndex(index)),
    registerCommand('hearth.forgetFolder', log, async (clicked) => {
      const folder = clicked instanceof Uri ? clicked : await pickFolder();
      if (folder) await forgetFolder(index, folder);
    }),
  );
}

async function deleteIndex(index: IndexClient): Promise<void> {
  const yes = l10n.t('Delete');
  const detail = [
    l10n.t(
      'What Hearth has indexed of this and of every other workspace is removed from the disk of this machine. Your files are not touched.',
    ),
    l10n.t('This workspace is not indexed again until you run Rebuild Index; others are when you open them.'),
  ];
  if (!(await ask(l10n.t('Delete the whole index?'), detail, yes))) return;
  await index.control({ action: 'delete' });
  void window.showInformationMessage(l10n.t('The index is deleted.'));
}

async function forgetFolder(index: IndexClient, folder: Uri): Promise<void> {
  const name = workspace.asRelativePath(folder);
  const yes = l10n.t('Forget');
  const detail = [
    l10n.t('Everything the index holds about this folder is removed from the disk. Your files are not touched.'),
    l10n.t(
      'It stays out of the index until you run Rebuild Index. To leave it out for good, name it in .hearthignore.',
    ),
  ];
  if (!(await ask(l10n.t('Forget the folder {0}?', name), detail, yes))) return;
  await index.control({ action: 'forget', uri: folder.toString() });
  void window.showInformationMessage(l10n.t('The index knows nothing of {0} any more.', name));
}

async function ask(message: string, detail: readonly string[], yes: string): Promise<boolean> {
  return (await window.showWarningMessage(message, { modal: true, detail: detail.join('\n\n') }, yes)) === yes;
}

async function pickFolder(): Promise<Uri | undefined> {
  const folders = workspace.workspaceFolders ?? [];
  if (folders.length === 1) return folders[0]?.uri;
  const items = folders.map(({ name, uri }) => ({ label: name, description: uri.fsPath, uri }));
  const chosen = await window.showQuickPick(items, { title: l10n.t('Forget Folder…') });
  return chosen?.uri;
}

function confirm(message: string): void {
  window.setStatusBarMessage(message, 3000);
}
