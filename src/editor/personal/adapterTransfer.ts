import { basename } from 'node:path';
import { commands, Disposable, l10n, type LogOutputChannel, Uri, window } from 'vscode';
import type { AdapterSummary } from '../../protocol/personalMessages.ts';
import { registerCommand } from '../command.ts';
import { showProblem } from '../problems.ts';
import type { PageDesk } from './pageDesk.ts';
import type { PersonalClient } from './personalClient.ts';
import { nameText } from './visibleText.ts';

/** Adapters into a folder of the user's choice, and out of one. */
export function offerTransfer(personal: PersonalClient, desk: PageDesk, log: LogOutputChannel): Disposable {
  return Disposable.from(
    registerCommand('hearth.exportStyle', log, (id) => exportAdapter(personal, id)),
    registerCommand('hearth.importAdapter', log, () => importAdapter(personal, desk)),
  );
}

/** `id`: of the adapter; anything else lets the user pick one. */
async function exportAdapter(personal: PersonalClient, id: unknown): Promise<void> {
  const { adapters, inUse } = await personal.overview();
  if (adapters.length === 0) {
    void window.showInformationMessage(l10n.t('There is nothing to export yet: no adapter was trained.'));
    return;
  }
  const used = new Set(inUse.map((each) => each.id));
  const adapter = adapters.find((each) => each.id === id) ?? (await pickAdapter(adapters, used));
  if (!adapter) return;
  const [into] =
    (await window.showOpenDialog({
      title: l10n.t('Export the Adapter {0}', nameText(adapter.name, 60)),
      openLabel: l10n.t('Export Here'),
      canSelectFiles: false,
      canSelectFolders: true,
    })) ?? [];
  if (!into) return;
  const result = await personal.exportAdapter({ id: adapter.id, into: into.fsPath });
  if (!result.ok) return await showProblem(result.problem);
  const reveal = l10n.t('Show in Folder');
  const message = l10n.t(
    'The adapter was written to {0}. It can tell what you write: share it as you would your code.',
    result.folder,
  );
  if ((await window.showInformationMessage(message, reveal)) === reveal)
    await commands.executeCommand('revealFileInOS', Uri.file(result.folder));
}

async function pickAdapter(
  adapters: readonly AdapterSummary[],
  used: ReadonlySet<string>,
): Promise<AdapterSummary | undefined> {
  const items = adapters.map((adapter) => ({
    label: `${used.has(adapter.id) ? '$(check)' : '$(blank)'} ${nameText(adapter.name, 60)}`,
    description: nameText(adapter.baseName, 60),
    adapter,
  }));
  const chosen = await window.showQuickPick(items, { title: l10n.t('Which Adapter Is to Be Exported?') });
  return chosen?.adapter;
}

async function importAdapter(personal: PersonalClient, desk: PageDesk): Promise<void> {
  const [folder] =
    (await window.showOpenDialog({
      title: l10n.t('Import an Adapter: the Folder with Its adapter_model.safetensors'),
      openLabel: l10n.t('Import'),
      canSelectFiles: false,
      canSelectFolders: true,
    })) ?? [];
  if (!folder) return;
  const name = await desk.askName(basename(folder.fsPath));
  if (name === undefined) return;
  const place = await desk.askPlace();
  if (!place) return;
  const result = await personal.importAdapter({ paths: [folder.fsPath], name, place });
  if (!result.ok) return await showProblem(result.problem);
  void window.showInformationMessage(l10n.t('The adapter {0} was imported.', name));
}
