import { commands, ConfigurationTarget, l10n, type LogOutputChannel, window, workspace } from 'vscode';
import { errorText } from '../../base/logger.ts';
import type { AdapterPlace, AdapterSummary } from '../../protocol/personalMessages.ts';
import { currentSettings } from '../currentSettings.ts';
import { showProblem } from '../problems.ts';
import type { PageDesk } from './pageDesk.ts';
import { nameText } from './visibleText.ts';

/** The questions, settings and commands of VS Code, for the page and for the commands. */
export function vscodeDesk(log: LogOutputChannel): PageDesk {
  return {
    facts: () => {
      const { learn, recordEvents } = currentSettings();
      const folders = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
      return { learn, recordEvents, folders: folders.map(({ name, uri }) => ({ name, path: uri.fsPath })) };
    },
    setLearn: async (value) => {
      // The default needs no entry.
      const entry = value === 'automatic' ? undefined : value;
      await workspace.getConfiguration('hearth').update('learn', entry, ConfigurationTarget.Global);
    },
    run: async (command, ...args) => {
      await commands.executeCommand(command, ...args);
    },
    askName,
    askPlace,
    confirmRemoval,
    tell: (problem) => void showProblem(problem),
    fail: (cause) => {
      log.error(`personal style: ${errorText(cause)}`);
      void window.showErrorMessage(l10n.t('Hearth could not do that: {0}', errorText(cause)));
    },
  };
}

async function askName(now: string): Promise<string | undefined> {
  const name = await window.showInputBox({
    title: l10n.t('Name of the Adapter'),
    value: now,
    validateInput: (value) => (nameText(value) === '' ? l10n.t('Give it a name.') : undefined),
  });
  const cleaned = name === undefined ? '' : nameText(name, 100);
  return cleaned === '' ? undefined : cleaned;
}

/** Where an adapter is to be used. Without a folder there is only one place. */
async function askPlace(): Promise<AdapterPlace | undefined> {
  const folders = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  if (folders.length === 0) return { kind: 'personal' };
  const items: readonly { readonly label: string; readonly description?: string; readonly place: AdapterPlace }[] = [
    ...folders.map(({ name, uri }) => ({
      label: l10n.t('Only in the folder {0}', name),
      description: l10n.t('below your personal adapter'),
      place: { kind: 'project', folder: uri.fsPath } as const,
    })),
    {
      label: l10n.t('Everywhere'),
      description: l10n.t('in the place of your personal adapter'),
      place: { kind: 'personal' },
    },
  ];
  const chosen = await window.showQuickPick(items, { title: l10n.t('Where Is the Adapter to Be Used?') });
  return chosen?.place;
}

async function confirmRemoval({ name }: AdapterSummary): Promise<boolean> {
  const yes = l10n.t('Remove');
  const chosen = await window.showWarningMessage(
    l10n.t('Remove the adapter {0} from this machine?', nameText(name, 60)),
    { modal: true, detail: l10n.t('What it learned is gone then; the examples stay. This cannot be undone.') },
    yes,
  );
  return chosen === yes;
}
