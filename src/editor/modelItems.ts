import { l10n, type QuickPickItem, QuickPickItemKind, window } from 'vscode';
import type { HardwareReport, ModelChoice } from '../protocol/messages.ts';
import { describeHardware, type ModelRow } from './modelRows.ts';

interface Item extends QuickPickItem {
  readonly pick?: ModelChoice | 'file';
}

export interface ModelPick {
  readonly title: string;
  readonly hardware: HardwareReport;
  readonly rows: readonly ModelRow[];
  /** Path of the user's own file that is in use. */
  readonly ownFile: string | undefined;
}

/** Lets the user pick one of the models, or a file of their own, which is told by its path. Undefined: neither. */
export async function pickFrom({
  title,
  hardware,
  rows,
  ownFile,
}: ModelPick): Promise<ModelChoice | string | undefined> {
  const chosen = await window.showQuickPick([...rows.map(itemOf), ...fileItems(ownFile)], {
    title,
    placeHolder: describeHardware(hardware, l10n.t),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return chosen?.pick === 'file' ? await askForFile() : chosen?.pick;
}

function itemOf(row: ModelRow): Item {
  return row.kind === 'group'
    ? { label: row.label, kind: QuickPickItemKind.Separator }
    : { label: row.label, description: row.description, detail: row.detail, pick: row.choice };
}

function fileItems(ownFile: string | undefined): Item[] {
  return [
    { label: l10n.t('Your own'), kind: QuickPickItemKind.Separator },
    {
      label: `${ownFile === undefined ? '$(file)' : '$(check)'} ${l10n.t('Use a local GGUF file…')}`,
      ...(ownFile !== undefined && { description: ownFile }),
      pick: 'file',
    },
  ];
}

async function askForFile(): Promise<string | undefined> {
  const files = await window.showOpenDialog({
    title: l10n.t('Hearth: Use a Local GGUF File'),
    openLabel: l10n.t('Use This Model'),
    filters: { GGUF: ['gguf'] },
  });
  return files?.[0]?.fsPath;
}
