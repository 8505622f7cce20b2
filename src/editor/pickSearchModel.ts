import { ConfigurationTarget, type Disposable, l10n, type LogOutputChannel, window, workspace } from 'vscode';
import { registerCommand } from './command.ts';
import { currentSettings } from './currentSettings.ts';
import { downloadModel } from './downloadModel.ts';
import type { EngineClient } from './engineClient.ts';
import { pickFrom } from './modelItems.ts';
import { needsDownload, ownFileOf } from './modelRows.ts';
import { searchModelRows } from './searchModelRows.ts';

/** The picker of the models that search: what makes the index's vectors, and what puts its answers in order. */
export function offerSearchModels(engine: EngineClient, log: LogOutputChannel): Disposable {
  return registerCommand('hearth.pickSearchModel', log, () => pickSearchModel(engine));
}

async function pickSearchModel(engine: EngineClient): Promise<void> {
  const [{ choices: embedders, hardware }, { choices: rerankers }] = await Promise.all([
    engine.models({ use: 'embedding' }),
    engine.models({ use: 'rerank' }),
  ]);
  const { embedder } = currentSettings();
  const picked = await pickFrom({
    title: l10n.t('Hearth: Pick Search Model'),
    hardware,
    rows: searchModelRows({ embedders, rerankers, embedder }, l10n.t),
    ownFile: ownFileOf(embedder, embedders),
  });
  if (picked === undefined) return;
  if (typeof picked === 'string') return await setEmbedder(picked);
  if (needsDownload(picked) && !(await downloadModel(engine, picked, hardware, 'pickSearchModel'))) return;
  if (!rerankers.includes(picked)) return await setEmbedder(picked.id);
  void window.showInformationMessage(
    l10n.t('{0} is on this machine. The search uses the strongest reranker that is here by itself.', picked.name),
  );
}

/** The engine follows the setting, and tells where it cannot. */
async function setEmbedder(idOrPath: string): Promise<void> {
  const setting = idOrPath === '' ? undefined : idOrPath;
  await workspace.getConfiguration('hearth').update('embedder', setting, ConfigurationTarget.Global);
}
