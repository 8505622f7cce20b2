import {
  ConfigurationTarget,
  type Disposable,
  l10n,
  type LogOutputChannel,
  ProgressLocation,
  type QuickPickItem,
  QuickPickItemKind,
  window,
  workspace,
} from 'vscode';
import type { ModelChoice, ModelList } from '../protocol/messages.ts';
import { registerCommand } from './command.ts';
import { downloadModel } from './downloadModel.ts';
import type { EngineClient } from './engineClient.ts';
import { describeHardware, modelRows, needsDownload } from './modelRows.ts';
import { showProblem } from './problems.ts';

/** The model picker: the catalogue, or any GGUF file of this machine. */
export function offerModels(engine: EngineClient, log: LogOutputChannel): Disposable {
  return registerCommand('hearth.pickModel', log, () => pickModel(engine));
}

interface Item extends QuickPickItem {
  readonly pick?: ModelChoice | 'file';
}

async function pickModel(engine: EngineClient): Promise<void> {
  const list = await engine.models();
  const chosen = await window.showQuickPick(itemsOf(list), {
    title: l10n.t('Hearth: Pick Model'),
    placeHolder: describeHardware(list.hardware, l10n.t),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (chosen?.pick === undefined) return;
  if (chosen.pick === 'file') return await useFile(engine);
  if (needsDownload(chosen.pick) && !(await downloadModel(engine, chosen.pick, list.hardware))) return;
  // The embedded model is what an empty setting means.
  const setting = chosen.pick.state === 'embedded' ? undefined : chosen.pick.id;
  await useModel(engine, { idOrPath: chosen.pick.id, name: chosen.pick.name, setting });
}

function itemsOf(list: ModelList): Item[] {
  const items = modelRows(list, l10n.t).map(
    (row): Item =>
      row.kind === 'group'
        ? { label: row.label, kind: QuickPickItemKind.Separator }
        : { label: row.label, description: row.description, detail: row.detail, pick: row.choice },
  );
  const ownFile = !list.choices.some((choice) => choice.id === list.selectedId);
  return [
    ...items,
    { label: l10n.t('Your own'), kind: QuickPickItemKind.Separator },
    {
      label: `${ownFile ? '$(check)' : '$(file)'} ${l10n.t('Use a local GGUF file…')}`,
      ...(ownFile && { description: list.selectedId }),
      pick: 'file',
    },
  ];
}

async function useFile(engine: EngineClient): Promise<void> {
  const files = await window.showOpenDialog({
    title: l10n.t('Hearth: Use a Local GGUF File'),
    openLabel: l10n.t('Use This Model'),
    filters: { GGUF: ['gguf'] },
  });
  const path = files?.[0]?.fsPath;
  if (path) await useModel(engine, { idOrPath: path, name: path, setting: path });
}

async function useModel(
  engine: EngineClient,
  model: { readonly idOrPath: string; readonly name: string; readonly setting: string | undefined },
): Promise<void> {
  const result = await window.withProgress(
    { location: ProgressLocation.Notification, title: l10n.t('Loading {0}', model.name) },
    () => engine.selectModel({ idOrPath: model.idOrPath }),
  );
  if (!result.ok) return void showProblem(result.problem);
  await workspace.getConfiguration('hearth').update('model', model.setting, ConfigurationTarget.Global);
}
