import { commands, Disposable, l10n, type LogOutputChannel, window } from 'vscode';
import { describeProblem, type Problem, type ProblemAction } from '../protocol/problems.ts';
import { registerCommand } from './command.ts';
import type { EngineClient } from './engineClient.ts';
import { maxCrashes } from './crashes.ts';
import { type ProblemButton, problemButton } from './problemActions.ts';

/** Tells what the engine reports and when it gave up, each once and with what can be done about it. */
export function tellProblems(engine: EngineClient, log: LogOutputChannel): Disposable {
  return Disposable.from(
    engine.onProblem((problem) => void showProblem(problem)),
    engine.onGaveUp(
      () =>
        void show(
          'error',
          l10n.t('The Hearth engine stopped {0} times within 3 minutes and was not started again.', maxCrashes),
          [{ title: l10n.t('Restart'), command: 'hearth.restartModel' }, problemButton('showLog', l10n.t)],
        ),
    ),
    registerCommand('hearth.showLog', log, () => log.show()),
    registerCommand('hearth.restartModel', log, () => engine.restartModel()),
  );
}

/** The picker that a problem with a model leads back to: the one that the model was chosen in. */
export type ModelPicker = Extract<ProblemAction, 'pickModel' | 'pickSearchModel'>;

/** Resolves when the user closed the message or the chosen action has run. */
export async function showProblem(problem: Problem, picker: ModelPicker = 'pickModel'): Promise<void> {
  const { message, actions } = describeProblem(problem, l10n.t);
  const wanted = actions.map((action) => (action === 'pickModel' ? picker : action));
  await show(
    severityOf(problem),
    message,
    wanted.map((action) => problemButton(action, l10n.t)),
  );
}

const openMessages = new Set<string>();

async function show(severity: Severity, message: string, buttons: ProblemButton[]): Promise<void> {
  if (openMessages.has(message)) return;
  openMessages.add(message);
  try {
    const chosen = await showFunctions[severity](message, ...buttons);
    if (chosen) await commands.executeCommand(chosen.command);
  } finally {
    openMessages.delete(message);
  }
}

type Severity = 'error' | 'warning' | 'information';

const showFunctions: Record<
  Severity,
  (message: string, ...buttons: ProblemButton[]) => Thenable<ProblemButton | undefined>
> = {
  error: window.showErrorMessage,
  warning: window.showWarningMessage,
  information: window.showInformationMessage,
};

/** Answers to what was asked for, rather than faults. */
const nothingWrong: readonly Problem['code'][] = [
  'download.cancelled',
  'index.rebuilt',
  'training.notEnough',
  'training.off',
  'training.busy',
  'training.noModel',
];

function severityOf(problem: Problem): Severity {
  if (nothingWrong.includes(problem.code)) return 'information';
  // Everything else goes on without it.
  const goesOn = [
    'events.unavailable',
    'index.diskFull',
    'index.embedder',
    'index.team',
    'adapter.lost',
    'style.damaged',
    'server.address',
    'server.credentials',
    'server.exposed',
  ];
  return goesOn.includes(problem.code) ? 'warning' : 'error';
}
