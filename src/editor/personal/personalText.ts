import type { PersonalStatus, TrainingProgress } from '../../protocol/personalMessages.ts';
import type { Translate } from '../../protocol/problems.ts';
import { formatCount } from '../formats.ts';
import { durationText } from './durationText.ts';

export interface PersonalText {
  /** The state in a few words, without a full stop. Plain text. */
  readonly line: string;
  /** How far and how long, where a training is under way. */
  readonly pace: string;
  /** `34 %` while a training is under way, else empty. */
  readonly progress: string;
  readonly busy: boolean;
}

/** How learning is doing; `undefined`: no engine has said so yet. */
export function describePersonal(status: PersonalStatus | undefined, t: Translate): PersonalText {
  if (!status) return { line: t('Personal style'), pace: '', progress: '', busy: false };
  const { progress } = status;
  const running = isRunning(status);
  return {
    line: describeState(status, t),
    pace: running && progress ? describeProgress(status.state, progress, t) : '',
    progress: running ? `${percentDone(status)} %` : '',
    busy: ['preparing', 'training', 'proving'].includes(status.state),
  };
}

/** Whether a training has begun and not ended. */
export function isRunning({ state }: PersonalStatus): boolean {
  return state !== 'off' && state !== 'idle';
}

/** How far a training is, 0 to 99: it is done only when the new adapter was tested. */
export function percentDone({ state, progress }: PersonalStatus): number {
  if (state === 'proving') return 99;
  const { step, steps } = progress ?? { step: 0, steps: 0 };
  return steps > 0 ? Math.max(0, Math.min(99, Math.floor((100 * step) / steps))) : 0;
}

/** How many examples are missing before there can be a training. */
export function missingExamples({ usable, needed }: PersonalStatus['examples']): number {
  return Math.max(0, needed - usable);
}

function describeState(status: PersonalStatus, t: Translate): string {
  switch (status.state) {
    case 'off':
      return t('Learning is switched off');
    case 'idle':
      return describeIdle(status.examples, t);
    case 'preparing':
      return t('Preparing a training: the examples are being chosen');
    case 'training':
      return t('Learning your style');
    case 'paused':
      return t('The training is paused');
    case 'waiting':
      return t('The training waits: your typing and your battery come first');
    case 'proving':
      return t('Testing the new adapter on examples it has not seen');
  }
}

function describeIdle(examples: PersonalStatus['examples'], t: Translate): string {
  if (missingExamples(examples) > 0)
    return t('Not enough to learn from yet: {0} of {1} examples', examples.usable, examples.needed);
  if (examples.fresh === 0) return t('Nothing new to learn since the last training');
  return t('Ready to learn, new examples: {0}', formatCount(examples.fresh));
}

/** `Step 84 of 200 · about 40 s left · 410 tokens/s`; of the test of an adapter, `60 % tested`. */
function describeProgress(
  state: PersonalStatus['state'],
  { step, steps, secondsLeft, tokensPerSecond }: TrainingProgress,
  t: Translate,
): string {
  if (state === 'proving') return steps > 0 ? t('{0} % tested', Math.floor((100 * step) / steps)) : '';
  const parts = steps > 0 ? [t('Step {0} of {1}', formatCount(step), formatCount(steps))] : [];
  if (secondsLeft !== undefined) parts.push(t('about {0} left', durationText(secondsLeft, t)));
  if (tokensPerSecond !== undefined) parts.push(t('{0} tokens/s', formatCount(Math.round(tokensPerSecond))));
  return parts.join(' · ');
}
