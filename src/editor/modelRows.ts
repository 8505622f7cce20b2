import type { HardwareReport, ModelChoice, ModelList } from '../protocol/messages.ts';
import type { Translate } from '../protocol/problems.ts';
import { formatBytes } from './formats.ts';

/** One line of the model picker. */
export type ModelRow =
  | { readonly kind: 'group'; readonly label: string }
  | {
      readonly kind: 'choice';
      readonly choice: ModelChoice;
      readonly label: string;
      readonly description: string;
      readonly detail: string;
    };

/** The catalogue as the picker shows it: what suits this machine first, in the engine's order within each group. */
export function modelRows(list: ModelList, t: Translate): readonly ModelRow[] {
  return fits.flatMap((fit): ModelRow[] => {
    const choices = list.choices.filter((choice) => choice.fit === fit);
    if (choices.length === 0) return [];
    return [{ kind: 'group', label: groupLabel(fit, t) }, ...choices.map((choice) => choiceRow(choice, list, t))];
  });
}

/** `16.0 GB memory · 8-core CPU · NVIDIA H200, 141.0 GB (cuda)`: what the recommendation was made from. */
export function describeHardware(hardware: HardwareReport, t: Translate): string {
  const { gpu } = hardware;
  return [
    t('{0} memory', formatBytes(hardware.memoryBytes)),
    t('{0}-core CPU', hardware.physicalCores),
    gpu ? `${gpu.name}, ${formatBytes(gpu.memoryBytes)} (${gpu.backend})` : t('no GPU'),
  ].join(' · ');
}

export interface Consent {
  readonly message: string;
  readonly detail: string;
}

/** What the user says yes to before anything is fetched: host, size, licence, and what speaks against it. */
export function consentText(choice: ModelChoice, hardware: HardwareReport, t: Translate): Consent {
  const host = choice.host ?? t('an unknown host');
  const size = formatBytes(choice.downloadBytes);
  const lines = [
    choice.state === 'partial'
      ? t('Hearth will go on with a download from {0} ({1} in all).', host, size)
      : t('Hearth will download {0} from {1}. Nothing else is sent or fetched.', size, host),
    choice.restricted
      ? t('Licence: {0}. It forbids some uses: read it before you use this model.', choice.licence)
      : t('Licence: {0}.', choice.licence),
  ];
  if (choice.fit === 'tooLarge') {
    const needed = formatBytes(choice.memoryBytes);
    lines.push(
      t('It needs {0} of memory and this machine has {1}: it may not run.', needed, formatBytes(hardware.memoryBytes)),
    );
  }
  return { message: t('Download {0}?', choice.name), detail: lines.join('\n\n') };
}

/** Whether choosing it means fetching something first. */
export function needsDownload(choice: ModelChoice): boolean {
  return choice.state === 'available' || choice.state === 'partial';
}

const fits: readonly ModelChoice['fit'][] = ['recommended', 'good', 'slow', 'tooLarge'];

function groupLabel(fit: ModelChoice['fit'], t: Translate): string {
  switch (fit) {
    case 'recommended':
      return t('Recommended for this machine');
    case 'good':
      return t('Runs well on this machine');
    case 'slow':
      return t('Slow on this machine');
    case 'tooLarge':
      return t('Too large for this machine');
  }
}

function choiceRow(choice: ModelChoice, list: ModelList, t: Translate): ModelRow {
  const licence = choice.restricted ? t('{0} (restricted)', choice.licence) : choice.licence;
  const detail = [licence, t('{0} memory', formatBytes(choice.memoryBytes))];
  if (needsDownload(choice)) detail.unshift(t('{0} download', formatBytes(choice.downloadBytes)));
  const selected = choice.id === list.selectedId;
  return {
    kind: 'choice',
    choice,
    label: `${selected ? '$(check)' : '$(blank)'} ${choice.name}`,
    description: selected ? t('in use') : describeState(choice.state, t),
    detail: detail.join(' · '),
  };
}

function describeState(state: ModelChoice['state'], t: Translate): string {
  switch (state) {
    case 'embedded':
      return t('comes with Hearth');
    case 'downloaded':
      return t('on this machine');
    case 'partial':
      return t('partly downloaded');
    case 'available':
      return '';
  }
}
