import { say, type ProblemText, type Translate } from './problemText.ts';

/** Of learning: trainings, adapters, style. */
export type LearningProblem =
  /** So many more examples it takes before anything can be learned. */
  | { readonly code: 'training.notEnough'; readonly missing: number }
  | { readonly code: 'training.off' }
  | { readonly code: 'training.busy' }
  | { readonly code: 'training.noModel' }
  | { readonly code: 'training.untrainable'; readonly name: string; readonly reason: string }
  | { readonly code: 'training.memory'; readonly reason: string }
  | { readonly code: 'training.unsupported'; readonly reason: string }
  | { readonly code: 'training.failed'; readonly reason: string }
  | { readonly code: 'style.damaged'; readonly aside: string; readonly reason: string }
  | { readonly code: 'adapter.none'; readonly path: string }
  | { readonly code: 'adapter.gguf'; readonly path: string }
  | { readonly code: 'adapter.pickle'; readonly path: string }
  | { readonly code: 'adapter.damaged'; readonly path: string; readonly reason: string }
  | { readonly code: 'adapter.config'; readonly path: string; readonly reason: string }
  | { readonly code: 'adapter.unsupported'; readonly feature: string }
  | { readonly code: 'adapter.architecture'; readonly architecture: string; readonly known: string }
  | { readonly code: 'adapter.otherBase'; readonly madeFor: string; readonly base: string }
  | { readonly code: 'adapter.misfit'; readonly base: string; readonly reason: string }
  | { readonly code: 'adapter.values'; readonly reason: string }
  | { readonly code: 'adapter.unknown'; readonly id: string }
  | { readonly code: 'adapter.lost'; readonly name: string }
  | { readonly code: 'adapter.notWritten'; readonly path: string; readonly reason: string }
  | { readonly code: 'adapter.busy' };

/** See `describeProblem`. */
export function describeLearningProblem(problem: LearningProblem, t: Translate): ProblemText {
  switch (problem.code) {
    case 'training.notEnough':
      return say(
        t('There is not enough to learn from yet: about {0} more accepted completions are needed.', problem.missing),
      );
    case 'training.off':
      return say(t('Learning is switched off (setting hearth.learn).'));
    case 'training.busy':
      return say(t('Another window is training already. Wait until it is done.'));
    case 'training.noModel':
      return say(t('No model is ready that could be trained. Wait until it is loaded, or pick one.'), 'pickModel');
    case 'training.untrainable':
      return say(t('{0} cannot be trained: {1}', problem.name, problem.reason), 'pickModel');
    case 'training.memory':
      return say(
        t('There is not enough memory to train ({0}). Close something, or pick a smaller model.', problem.reason),
      );
    case 'training.unsupported':
      return say(t('Training is not possible on this machine: {0}', problem.reason), 'showLog');
    case 'training.failed':
      return say(
        t('The training stopped: {0}. What was learned from is kept; start it again to go on.', problem.reason),
        'showLog',
      );
    case 'style.damaged':
      return say(
        t(
          'The edited style profile could not be read. It lies in {0} now, and a new one begins: {1}',
          problem.aside,
          problem.reason,
        ),
        'showLog',
      );
    case 'adapter.none':
      return say(
        t(
          '{0} holds no adapter. Pick the folder with its adapter_model.safetensors and adapter_config.json.',
          problem.path,
        ),
      );
    case 'adapter.gguf':
      return say(
        t(
          '{0} is a GGUF adapter. Those of others are imported only as safetensors with an adapter_config.json, which can be checked: pick these.',
          problem.path,
        ),
      );
    case 'adapter.pickle':
      return say(
        t(
          '{0} is a pickle file, which can run code when it is opened, and was not read. Ask for the adapter as safetensors.',
          problem.path,
        ),
      );
    case 'adapter.damaged':
      return say(
        t('{0} is damaged or hostile and was not used ({1}). Get the adapter again.', problem.path, problem.reason),
      );
    case 'adapter.config':
      return say(
        t(
          '{0} describes no adapter that can be used ({1}). Save the adapter again with PEFT.',
          problem.path,
          problem.reason,
        ),
      );
    case 'adapter.unsupported':
      return say(t('The adapter uses {0}, which is not supported. Train it again without.', problem.feature));
    case 'adapter.architecture':
      return say(
        t(
          'There can be no adapter for models of the architecture {0}, only of {1}. Pick another model.',
          problem.architecture,
          problem.known,
        ),
        'pickModel',
      );
    case 'adapter.otherBase':
      return say(
        t('The adapter was made for {0}, not for {1}. Pick the model it was made for.', problem.madeFor, problem.base),
        'pickModel',
      );
    case 'adapter.misfit':
      return say(
        t('The adapter does not fit {0} ({1}). Pick the model it was made for.', problem.base, problem.reason),
        'pickModel',
      );
    case 'adapter.values':
      return say(
        t(
          'The adapter would spoil the model and was not used ({0}). Get it again, or train it at a lower learning rate.',
          problem.reason,
        ),
      );
    case 'adapter.unknown':
      return say(t('The adapter {0} is not there any more. Pick another.', problem.id));
    case 'adapter.lost':
      return say(
        t('The adapter {0} is missing or damaged and was left out. Pick another or train anew.', problem.name),
      );
    case 'adapter.notWritten':
      return say(
        t(
          'The adapter could not be written to {0}: {1}. Free some space or pick another folder.',
          problem.path,
          problem.reason,
        ),
      );
    case 'adapter.busy':
      return say(t('Another window is changing the adapters. Try again in a moment.'));
  }
}
