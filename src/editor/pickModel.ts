import {
  commands,
  ConfigurationTarget,
  Disposable,
  l10n,
  type LogOutputChannel,
  ProgressLocation,
  window,
  workspace,
} from 'vscode';
import type { HardwareReport, ModelChoice } from '../protocol/messages.ts';
import { registerCommand } from './command.ts';
import { downloadModel } from './downloadModel.ts';
import type { EngineClient } from './engineClient.ts';
import { pickFrom } from './modelItems.ts';
import { chatModelRows, modelRows, needsDownload, ownFileOf } from './modelRows.ts';
import { showProblem } from './problems.ts';

/** The model picker: the catalogue, or any GGUF file of this machine. */
export function offerModels(engine: EngineClient, log: LogOutputChannel): Disposable {
  return Disposable.from(
    registerCommand('hearth.pickModel', log, () => pickModel(engine)),
    registerCommand('hearth.useRecommendedChatModel', log, () => useRecommendedChatModel(engine)),
  );
}

async function pickModel(engine: EngineClient): Promise<void> {
  const [list, chatList] = await Promise.all([engine.models(), engine.models({ use: 'chat' })]);
  const { selectedId, hardware } = list;
  const picked = await pickFrom({
    title: l10n.t('Hearth: Pick Model'),
    hardware,
    rows: [...modelRows(list, l10n.t), ...chatModelRows(chatList, l10n.t)],
    ownFile: ownFileOf(selectedId, [...list.choices, ...chatList.choices]),
  });
  if (picked === undefined) return;
  if (typeof picked === 'string') return await useModel(engine, { idOrPath: picked, name: picked, setting: picked });
  await takeModel(engine, picked, hardware);
}

/** What the machine runs well, with one question where it has to be downloaded; where that is in use already, the picker. */
async function useRecommendedChatModel(engine: EngineClient): Promise<void> {
  const { choices, selectedId, hardware } = await engine.models({ use: 'chat' });
  const choice = choices.find(({ fit }) => fit === 'recommended');
  if (choice && choice.id !== selectedId) await takeModel(engine, choice, hardware);
  else await commands.executeCommand('hearth.pickModel');
}

async function takeModel(engine: EngineClient, picked: ModelChoice, hardware: HardwareReport): Promise<void> {
  if (needsDownload(picked) && !(await downloadModel(engine, picked, hardware, 'pickModel'))) return;
  // The embedded model is what an empty setting means.
  const setting = picked.state === 'embedded' ? undefined : picked.id;
  await useModel(engine, { idOrPath: picked.id, name: picked.name, setting });
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
