import type { Translate } from '../protocol/problems.ts';
import { isEnabledFor, type Settings } from '../protocol/settings.ts';

export interface MenuEntry {
  readonly label: string;
  readonly description?: string;
  /** A command and, where it takes one, its argument. */
  readonly command: readonly [id: string, argument?: string];
}

export interface MenuFacts {
  readonly settings: Settings;
  /** Of the focused document. */
  readonly language: { readonly id: string; readonly name: string } | undefined;
  readonly modelName: string | undefined;
  readonly extensionId: string;
}

/** What a click on the status bar item offers. */
export function menuEntries({ settings, language, modelName, extensionId }: MenuFacts, t: Translate): MenuEntry[] {
  const entries: MenuEntry[] = [
    settings.enable
      ? { label: `$(circle-slash) ${t('Turn off ghost text')}`, command: ['hearth.toggle'] }
      : { label: `$(flame) ${t('Turn on ghost text')}`, command: ['hearth.toggle'] },
  ];
  if (settings.enable && language) {
    const label = isEnabledFor(settings, language.id)
      ? `$(circle-slash) ${t('Turn off for {0}', language.name)}`
      : `$(flame) ${t('Turn on for {0}', language.name)}`;
    entries.push({ label, command: ['hearth.toggleLanguage'] });
  }
  entries.push(
    {
      label: `$(chip) ${t('Pick Model…')}`,
      ...(modelName !== undefined && { description: modelName }),
      command: ['hearth.pickModel'],
    },
    { label: `$(graph) ${t('Show Statistics')}`, command: ['hearth.showStatistics'] },
    { label: `$(output) ${t('Show Log')}`, command: ['hearth.showLog'] },
    { label: `$(debug-restart) ${t('Restart Model')}`, command: ['hearth.restartModel'] },
    { label: `$(gear) ${t('Settings')}`, command: ['workbench.action.openSettings', `@ext:${extensionId}`] },
    { label: `$(book) ${t('Getting Started')}`, command: ['hearth.openWalkthrough'] },
  );
  return entries;
}
