import { l10n, window } from 'vscode';
import type { EditPlanView, PlannedFileView, ProtectedKind } from '../../protocol/editMessages.ts';
import { visibleName } from './visibleCode.ts';

/**
 * Asks for a yes to each file that something obeys or runs, one after the other. Resolves to their paths; undefined as
 * soon as one is not confirmed: then nothing is to be written.
 */
export async function confirmFiles({ files }: Pick<EditPlanView, 'files'>): Promise<readonly string[] | undefined> {
  const confirmed: string[] = [];
  for (const file of files) {
    if (file.confirm === undefined) continue;
    const yes = answerFor(file);
    const chosen = await window.showWarningMessage(
      questionFor(file),
      { modal: true, detail: l10n.t('{0} Read the change before you say yes.', reasonFor(file.confirm)) },
      yes,
    );
    if (chosen !== yes) return undefined;
    confirmed.push(file.path, ...(file.to === undefined ? [] : [file.to.path]));
  }
  return confirmed;
}

function questionFor({ kind, path, to }: PlannedFileView): string {
  const name = visibleName(path);
  switch (kind) {
    case 'create':
      return l10n.t('Create {0}?', name);
    case 'change':
      return l10n.t('Change {0}?', name);
    case 'delete':
      return l10n.t('Delete {0}?', name);
    case 'rename':
      return l10n.t('Rename {0} to {1}?', name, visibleName(to?.path ?? ''));
  }
}

function answerFor({ kind }: PlannedFileView): string {
  switch (kind) {
    case 'create':
      return l10n.t('Create It');
    case 'change':
      return l10n.t('Change It');
    case 'delete':
      return l10n.t('Delete It');
    case 'rename':
      return l10n.t('Rename It');
  }
}

function reasonFor(kind: ProtectedKind): string {
  switch (kind) {
    case 'editor':
      return l10n.t('An editor runs or obeys this file when the folder is opened.');
    case 'git':
      return l10n.t('Git runs or obeys this file.');
    case 'agent':
      return l10n.t('This file tells coding agents what to do or which tools to start.');
    case 'hearth':
      return l10n.t('This file says what Hearth may read and do.');
    case 'packages':
      return l10n.t('A package manager runs or fetches what this file names.');
    case 'installed':
      return l10n.t('This is installed code, which runs and which no review shows.');
    case 'build':
      return l10n.t('Build tools and language servers run this file, often as soon as the folder is opened.');
    case 'pipeline':
      return l10n.t('This file runs on build machines, with their keys.');
    case 'shell':
      return l10n.t('A shell or the system runs this file at its next start.');
    case 'hardLink':
      return l10n.t('This file has another name elsewhere, which changes with it.');
  }
}
