import type { IndexStatus } from '../protocol/indexMessages.ts';
import type { PersonalStatus } from '../protocol/personalMessages.ts';
import type { Translate } from '../protocol/problems.ts';
import { isEnabledFor, type Settings } from '../protocol/settings.ts';

export interface MenuEntry {
  readonly kind: 'entry';
  readonly label: string;
  readonly description?: string;
  /** A command and, where it takes one, its argument. */
  readonly command: readonly [id: string, argument?: string];
}

export type MenuRow = MenuEntry | { readonly kind: 'group'; readonly label: string };

export interface MenuFacts {
  readonly settings: Settings;
  /** Of the focused document. */
  readonly language: { readonly id: string; readonly name: string } | undefined;
  readonly modelName: string | undefined;
  readonly index: IndexStatus['state'];
  /** Undefined until the engine has said it. */
  readonly learning: PersonalStatus['state'] | undefined;
  readonly extensionId: string;
}

/** What a click on the status bar item offers. */
export function menuRows(facts: MenuFacts, t: Translate): readonly MenuRow[] {
  return [
    ...ghostTextEntries(facts, t),
    { kind: 'group', label: t('Workspace index') },
    ...indexEntries(facts, t),
    { kind: 'group', label: t('Personal style') },
    ...personalEntries(facts, t),
    { kind: 'group', label: 'Hearth' },
    ...ownEntries(facts, t),
  ];
}

function ghostTextEntries({ settings, language, modelName }: MenuFacts, t: Translate): readonly MenuEntry[] {
  const entries = [
    settings.enable
      ? entry('circle-slash', t('Turn off ghost text'), 'hearth.toggle')
      : entry('flame', t('Turn on ghost text'), 'hearth.toggle'),
  ];
  if (settings.enable && language) {
    entries.push(
      isEnabledFor(settings, language.id)
        ? entry('circle-slash', t('Turn off for {0}', language.name), 'hearth.toggleLanguage')
        : entry('flame', t('Turn on for {0}', language.name), 'hearth.toggleLanguage'),
    );
  }
  const pickModel = entry('chip', t('Pick Model…'), 'hearth.pickModel');
  entries.push(modelName === undefined ? pickModel : { ...pickModel, description: modelName });
  entries.push(entry('list-tree', t('Why This Context'), 'hearth.whyContext'));
  return entries;
}

/** Only what can be done in the state the index is in. */
function indexEntries({ settings, index }: MenuFacts, t: Translate): readonly MenuEntry[] {
  const entries = [entry('search', t('Search the Code by Meaning'), 'hearth.searchCode')];
  if (index === 'paused') entries.push(entry('play', t('Resume Indexing'), 'hearth.resumeIndex'));
  if (['starting', 'indexing', 'waiting', 'ready'].includes(index))
    entries.push(entry('debug-pause', t('Pause Indexing'), 'hearth.pauseIndex'));
  if (settings.index) entries.push(entry('refresh', t('Rebuild Index'), 'hearth.rebuildIndex'));
  if (settings.index && index !== 'off') entries.push(entry('eye-closed', t('Forget Folder…'), 'hearth.forgetFolder'));
  entries.push(entry('trash', t('Delete Index…'), 'hearth.deleteIndex'));
  return entries;
}

/** Only what can be done in the state that learning is in. */
function personalEntries({ learning }: MenuFacts, t: Translate): readonly MenuEntry[] {
  const entries = [entry('mortar-board', t('Personal Style'), 'hearth.showPersonalStyle')];
  if (learning === 'idle') entries.push(entry('refresh', t('Retrain…'), 'hearth.retrain'));
  if (learning === 'paused') entries.push(entry('play', t('Resume Training'), 'hearth.resumeTraining'));
  if (learning === 'preparing' || learning === 'training' || learning === 'waiting')
    entries.push(entry('debug-pause', t('Pause Training'), 'hearth.pauseTraining'));
  if (learning !== undefined && learning !== 'idle' && learning !== 'off')
    entries.push(entry('close', t('Cancel Training'), 'hearth.cancelTraining'));
  entries.push(entry('diff', t('Compare With and Without Personal Style'), 'hearth.compareStyle'));
  return entries;
}

function ownEntries({ extensionId }: MenuFacts, t: Translate): readonly MenuEntry[] {
  return [
    entry('graph', t('Show Statistics'), 'hearth.showStatistics'),
    entry('output', t('Show Log'), 'hearth.showLog'),
    entry('debug-restart', t('Restart Model'), 'hearth.restartModel'),
    entry('gear', t('Settings'), 'workbench.action.openSettings', `@ext:${extensionId}`),
    entry('book', t('Getting Started'), 'hearth.openWalkthrough'),
  ];
}

/** `icon`: a codicon. */
function entry(icon: string, label: string, ...command: MenuEntry['command']): MenuEntry {
  return { kind: 'entry', label: `$(${icon}) ${label}`, command };
}
