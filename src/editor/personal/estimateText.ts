import type { TrainingEstimate } from '../../protocol/personalMessages.ts';
import type { Translate } from '../../protocol/problems.ts';
import { formatBytes, formatCount } from '../formats.ts';
import { durationText } from './durationText.ts';

type Possible = Extract<TrainingEstimate, { ok: true }>;

/** What a training takes, as names and values. */
export function estimateRows(estimate: Possible, t: Translate): readonly (readonly [name: string, value: string])[] {
  const { examples, seconds, memoryBytes, freeBytes, device } = estimate;
  const time = t('about {0}', durationText(seconds, t));
  const memory = t('{0} ({1} are free)', formatBytes(memoryBytes), formatBytes(freeBytes));
  return [
    [t('Examples'), formatCount(examples)],
    [t('Time'), time],
    [t('Memory'), memory],
    [t('Runs on'), device],
  ];
}

/** What speaks against it, or what to expect. */
export function estimateNote({ memoryBytes, freeBytes }: Possible, t: Translate): string {
  return memoryBytes > freeBytes
    ? t('It needs more memory than is free now: close something first, or it may not start.')
    : t(
        'It runs in the background and stops while you type. What it has learned is used only if it proves to be better.',
      );
}

/** The question before a training is started from a command. */
export function trainingQuestion(
  estimate: Possible,
  t: Translate,
): { readonly message: string; readonly detail: string } {
  const rows = estimateRows(estimate, t).map(([name, value]) => `${name}: ${value}`);
  return {
    message: t('Learn your style from {0} examples?', formatCount(estimate.examples)),
    detail: [...rows, '', estimateNote(estimate, t)].join('\n'),
  };
}

/** Why there can be no training yet. */
export function tooFewText(
  { usable, needed }: { readonly usable: number; readonly needed: number },
  t: Translate,
): string {
  return t(
    'Hearth cannot learn your style yet: it has {0} examples and needs {1}. Accept or write about {2} more completions.',
    usable,
    needed,
    Math.max(1, needed - usable),
  );
}
