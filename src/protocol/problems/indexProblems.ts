import { say, type ProblemText, type Translate } from './problemText.ts';

/** Of what is noted and indexed. */
export type IndexProblem =
  | { readonly code: 'events.unavailable'; readonly reason: string }
  | { readonly code: 'index.unsupported'; readonly reason: string }
  | { readonly code: 'index.crashing'; readonly crashes: number }
  | { readonly code: 'index.rebuilt'; readonly folder: string; readonly reason: string }
  | { readonly code: 'index.diskFull'; readonly folder: string }
  | { readonly code: 'index.team'; readonly location: string; readonly reason: string };

/** See `describeProblem`. */
export function describeIndexProblem(problem: IndexProblem, t: Translate): ProblemText {
  switch (problem.code) {
    case 'events.unavailable':
      return say(t('Completions work, but nothing is recorded for statistics: {0}', problem.reason), 'showLog');
    case 'index.unsupported':
      return say(t('The workspace cannot be indexed on this machine: {0}', problem.reason), 'showLog');
    case 'index.crashing':
      return say(
        t('The index process stopped {0} times in a row and was not started again. See the log.', problem.crashes),
        'showLog',
      );
    case 'index.rebuilt':
      return say(
        t('The index of {0} could not be read and is being built anew: {1}', problem.folder, problem.reason),
        'showLog',
      );
    case 'index.diskFull':
      return say(
        t('The disk is too full to index {0}. What is indexed can be searched; free some space.', problem.folder),
      );
    case 'index.team':
      return say(t('The team index {0} cannot be read: {1}', problem.location, problem.reason), 'showLog');
  }
}
