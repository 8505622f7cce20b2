import { say, type ProblemText, type Translate } from './problemText.ts';

/** Of conversations, of what they name, and of edits. */
export type ChatProblem =
  /** A conversation that was damaged. `aside`: where the damaged file lies now; what could be read of it goes on. */
  | { readonly code: 'chat.damaged'; readonly aside: string; readonly reason: string }
  | { readonly code: 'chat.notSaved'; readonly reason: string }
  /** It was deleted, here or in another window. */
  | { readonly code: 'chat.gone' }
  /** The model's process ended while it answered, and did not come back. */
  | { readonly code: 'chat.modelGone' }
  /** The answer ends where the model's context does. */
  | { readonly code: 'chat.full' }
  /** The model fell into a loop and was stopped. */
  | { readonly code: 'chat.repeating' }
  | { readonly code: 'chat.failed'; readonly reason: string }
  /** Of a prompt that others laid out; our own are made to fit. */
  | { readonly code: 'chat.tooLong'; readonly promptTokens: number; readonly contextSize: number }
  /** It does not exist, lies outside of the workspace, is excluded, or is no text. */
  | { readonly code: 'context.notFound'; readonly what: string }
  | { readonly code: 'context.noSelection' }
  | { readonly code: 'context.noTerminal' }
  | { readonly code: 'context.noChanges'; readonly command: string }
  | { readonly code: 'context.untrusted' }
  | { readonly code: 'context.git'; readonly reason: string }
  | { readonly code: 'prompt.invalid'; readonly path: string; readonly reason: string }
  /** A planned change or a checkpoint is not kept any more. */
  | { readonly code: 'edits.gone' }
  /** Only files of an open folder can be changed. `reason`: of the path. */
  | { readonly code: 'edits.noFile'; readonly path: string }
  | { readonly code: 'edits.noModel' }
  /** The code and the task do not fit into the model's context. */
  | { readonly code: 'edits.tooLong'; readonly path: string; readonly model: string }
  | { readonly code: 'edits.nothing'; readonly model: string }
  | { readonly code: 'edits.noCheckpoint'; readonly reason: string };

/** See `describeProblem`. */
export function describeChatProblem(problem: ChatProblem, t: Translate): ProblemText {
  switch (problem.code) {
    case 'chat.damaged':
      return say(
        t(
          'A conversation was damaged. What could be read of it is kept; the damaged file lies in {0}: {1}',
          problem.aside,
          problem.reason,
        ),
        'showLog',
      );
    case 'chat.notSaved':
      return say(t('The conversation goes on, but it could not be saved: {0}', problem.reason), 'showLog');
    case 'chat.gone':
      return say(t('This conversation was deleted. Begin a new one.'));
    case 'chat.modelGone':
      return say(
        t('The model stopped while it was answering. Ask again, or pick another model.'),
        'pickModel',
        'showLog',
      );
    case 'chat.full':
      return say(
        t('The answer ends here because the context of the model is full. Begin a new conversation to go on.'),
      );
    case 'chat.repeating':
      return say(
        t('The model began to repeat itself and was stopped. Ask again, or pick a larger model.'),
        'pickModel',
      );
    case 'chat.failed':
      return say(t('The question could not be answered: {0}', problem.reason), 'showLog');
    case 'chat.tooLong':
      return say(
        t(
          'The question has {0} tokens, and the model takes {1}. Attach less, or pick a model with a larger context.',
          problem.promptTokens,
          problem.contextSize,
        ),
        'pickModel',
      );
    case 'context.notFound':
      return say(t('{0} was not found in the workspace, or may not be shown to a model.', problem.what));
    case 'context.noSelection':
      return say(t('Nothing is selected, and no file that may be shown to a model is in front.'));
    case 'context.noTerminal':
      return say(t('Nothing is selected in the terminal. Select what the model should see.'));
    case 'context.noChanges':
      return say(t('{0} shows no changes that a model may see.', problem.command));
    case 'context.untrusted':
      return say(t('Git is asked only in a folder that is open and trusted.'));
    case 'context.git':
      return say(t('Git could not be asked: {0}', problem.reason));
    case 'prompt.invalid':
      return say(t('The prompt file {0} cannot be used: {1}', problem.path, problem.reason));
    case 'edits.gone':
      return say(t('This change is not kept any more. Ask for it again.'));
    case 'edits.noFile':
      return say(t('{0} cannot be changed here: save it into an open folder that Hearth may read.', problem.path));
    case 'edits.noModel':
      return say(
        t('No model is ready that can follow instructions. Pick one, or wait until it is loaded.'),
        'pickModel',
      );
    case 'edits.tooLong':
      return say(
        t(
          '{0} does not fit into what {1} can read at once. Select less, or pick another model.',
          problem.path,
          problem.model,
        ),
        'pickModel',
      );
    case 'edits.nothing':
      return say(
        t('{0} proposed no change. Say more precisely what you want, or pick another model.', problem.model),
        'pickModel',
      );
    case 'edits.noCheckpoint':
      return say(
        t('Nothing was changed, because what was there before could not be kept: {0}', problem.reason),
        'showLog',
      );
  }
}
