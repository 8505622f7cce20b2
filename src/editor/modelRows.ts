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
    return [
      { kind: 'group', label: groupLabel(fit, t) },
      ...choices.map((choice) => choiceRow(choice, choice.id === list.selectedId, t)),
    ];
  });
}

/** Those that answer questions: under a heading of their own, each with how it fits. */
export function chatModelRows(list: ModelList, t: Translate): readonly ModelRow[] {
  if (list.choices.length === 0) return [];
  return [
    { kind: 'group', label: t('For chat, and code completion too') },
    ...list.choices.map((choice) => choiceRow(choice, choice.id === list.selectedId, t, [groupLabel(choice.fit, t)])),
  ];
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

/** The user's own file that is in use: what is chosen, unless the list has it. */
export function ownFileOf(chosen: string, choices: readonly ModelChoice[]): string | undefined {
  return chosen === '' || choices.some(({ id }) => id === chosen) ? undefined : chosen;
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

/** One model, its size, licence and memory. `notes`: what else its second line says. */
export function choiceRow(
  choice: ModelChoice,
  selected: boolean,
  t: Translate,
  notes: readonly string[] = [],
): Extract<ModelRow, { kind: 'choice' }> {
  const detail = [
    needsDownload(choice) ? t('{0} download', formatBytes(choice.downloadBytes)) : '',
    choice.restricted ? t('{0} (restricted)', choice.licence) : choice.licence,
    choice.memoryBytes > 0 ? t('{0} memory', formatBytes(choice.memoryBytes)) : '',
    ...notes,
  ];
  return {
    kind: 'choice',
    choice,
    label: `${selected ? '$(check)' : '$(blank)'} ${choice.name}`,
    description: selected ? describeSelected(choice, t) : describeState(choice.state, t),
    detail: detail.filter(Boolean).join(' · '),
  };
}

/** A setting may name what is not here. */
function describeSelected(choice: ModelChoice, t: Translate): string {
  return needsDownload(choice) ? t('chosen, not downloaded yet') : t('in use');
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
