import type { IndexStatus } from '../protocol/indexMessages.ts';
import type { EngineStatus, ModelStatus, ServerStatus } from '../protocol/messages.ts';
import type { PersonalStatus } from '../protocol/personalMessages.ts';
import { describeProblem, type Translate } from '../protocol/problems.ts';
import { isEnabledFor, type Settings } from '../protocol/settings.ts';
import { escapeMarkdown, formatMs, formatTokenRate } from './formats.ts';
import { describeIndex } from './indexText.ts';
import { describePersonal, isRunning } from './personal/personalText.ts';

/** Why there is no ghost text although nothing is wrong. */
export type OffReason = 'everywhere' | 'language' | 'editor';

/** What the status items show: the engine's state, seen from the document that has the focus, the index's, and learning's. */
export interface StatusView {
  readonly status: EngineStatus;
  readonly index: IndexStatus;
  /** Absent until the engine has said it. */
  readonly personal?: PersonalStatus;
  readonly off?: OffReason;
}

/** Everything the two status items show; where they put it is theirs. */
export interface StatusText {
  readonly icon: string;
  /** The state in a few words. */
  readonly state: string;
  /** Model and speed in one line; empty without a model. */
  readonly speed: string;
  /** How the workspace index is doing, in one line; empty where there is none. */
  readonly index: string;
  /** `14 %` while it is being built, else empty. */
  readonly indexProgress: string;
  /** What a training is doing, in one line; empty where there is none. */
  readonly training: string;
  /** `34 %` while a training is under way, else empty. */
  readonly trainingProgress: string;
  /** Markdown, everything from outside escaped. */
  readonly tooltip: string;
  readonly severity: 'none' | 'error';
  readonly busy: boolean;
}

/** `inlineSuggest`: VS Code's own switch for ghost text. No `languageId`: no document has the focus. */
export function offReason(
  settings: Settings,
  inlineSuggest: boolean,
  languageId: string | undefined,
): OffReason | undefined {
  if (!settings.enable) return 'everywhere';
  if (!inlineSuggest) return 'editor';
  return languageId !== undefined && !isEnabledFor(settings, languageId) ? 'language' : undefined;
}

export function describeStatus({ status, index, personal, off }: StatusView, t: Translate): StatusText {
  const { state, model } = status;
  // What the user switched off does not complain.
  const shown = off || state === 'off' ? 'off' : state;
  const stateText = describeState(shown, off, t);
  const lines = [`**Hearth**: ${escapeMarkdown(stateText)}`];
  if (shown === 'error') lines.push(escapeMarkdown(describeFailure(status, t)));
  if (model) {
    lines.push(escapeMarkdown(t('Model: {0} on {1}', model.name, describeDevice(model.device, t))));
    const speed = describeSpeed(model, t);
    if (speed) lines.push(escapeMarkdown(speed));
  }
  if (status.server) lines.push(escapeMarkdown(describeServer(status.server, t)));
  const { line: indexLine, progress } = describeIndex(index, t);
  if (indexLine) lines.push(escapeMarkdown(indexLine));
  const learning = describePersonal(personal, t);
  const training =
    personal && isRunning(personal)
      ? [learning.line, learning.progress, learning.pace].filter(Boolean).join(' · ')
      : '';
  if (training) lines.push(escapeMarkdown(training));
  return {
    icon: icons[shown],
    state: stateText,
    speed: model ? [describeSpeed(model, t), describeDevice(model.device, t)].filter(Boolean).join(' · ') : '',
    index: indexLine,
    indexProgress: progress,
    training,
    trainingProgress: learning.progress,
    tooltip: lines.join('\n\n'),
    severity: shown === 'error' ? 'error' : 'none',
    busy: shown === 'thinking' || shown === 'loading',
  };
}

/** Why it does not work, in one sentence. */
export function describeFailure(status: EngineStatus, t: Translate): string {
  if (status.problem) return describeProblem(status.problem, t).message;
  return t('The Hearth engine keeps stopping. Restart it, or see the log.');
}

/** Who answers in the chat, when it is not this machine. */
function describeServer({ host, model, problem }: ServerStatus, t: Translate): string {
  if (problem) return describeProblem(problem, t).message;
  return model === undefined ? t('Chat: server {0}', host) : t('Chat: {0} on the server {1}', model, host);
}

const icons: Readonly<Record<EngineStatus['state'], string>> = {
  loading: '$(loading~spin)',
  ready: '$(flame)',
  thinking: '$(sync~spin)',
  off: '$(circle-slash)',
  error: '$(warning)',
};

function describeState(state: EngineStatus['state'], off: OffReason | undefined, t: Translate): string {
  switch (state) {
    case 'loading':
      return t('loading the model');
    case 'ready':
      return t('ready');
    case 'thinking':
      return t('thinking');
    case 'error':
      return t('not working');
    case 'off':
      if (off === 'language') return t('off for this language');
      if (off === 'editor') return t('off, because the setting editor.inlineSuggest.enabled is off');
      return t('off');
  }
}

function describeSpeed(model: ModelStatus, t: Translate): string {
  const parts: string[] = [];
  if (model.tokensPerSecond !== undefined) parts.push(t('{0} tokens/s', formatTokenRate(model.tokensPerSecond)));
  if (model.latencyMs !== undefined) parts.push(t('{0} to a completion', formatMs(model.latencyMs)));
  return parts.join(' · ');
}

function describeDevice(device: string, t: Translate): string {
  return device === 'cpu' ? t('CPU') : device;
}
