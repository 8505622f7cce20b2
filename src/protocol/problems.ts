import { type ChatProblem, describeChatProblem } from './problems/chatProblems.ts';
import { describeIndexProblem, type IndexProblem } from './problems/indexProblems.ts';
import { describeLearningProblem, type LearningProblem } from './problems/learningProblems.ts';
import { describeModelProblem, type ModelProblem } from './problems/modelProblems.ts';
import { inEnglish, type ProblemText, say, type Translate } from './problems/problemText.ts';
import { describeServerProblem, type ServerProblem } from './problems/serverProblems.ts';

export { inEnglish, type ProblemAction, type ProblemText, type Translate } from './problems/problemText.ts';

/**
 * What can go wrong in a way the user should hear of. The engine sends the code and its facts; whoever shows it
 * calls `describeProblem` with its own `t` (the editor: `vscode.l10n.t`), so every text is translated in one place.
 */
export type Problem =
  | ModelProblem
  | IndexProblem
  | LearningProblem
  | ChatProblem
  | ServerProblem
  /** The embedded one stands in; `problem` says why the other cannot. */
  | { readonly code: 'index.embedder'; readonly name: string; readonly problem: Problem };

/** Says what happened and what to do, in the language of `t`. */
export function describeProblem(problem: Problem, t: Translate = inEnglish): ProblemText {
  if (isOf(problem, 'model', 'host', 'download')) return describeModelProblem(problem, t);
  if (isOf(problem, 'training', 'style', 'adapter')) return describeLearningProblem(problem, t);
  if (isOf(problem, 'chat', 'context', 'prompt', 'edits')) return describeChatProblem(problem, t);
  if (isOf(problem, 'server')) return describeServerProblem(problem, t);
  if (problem.code !== 'index.embedder') return describeIndexProblem(problem, t);
  return say(
    t(
      '{0} cannot be used for the index; the embedded model is used instead. {1}',
      problem.name,
      describeProblem(problem.problem, t).message,
    ),
    'pickSearchModel',
    'showLog',
  );
}

/** Whether a problem is of one of these areas, by the first word of its code. */
function isOf<A extends string>(
  problem: Problem,
  ...areas: readonly A[]
): problem is Extract<Problem, { readonly code: `${A}.${string}` }> {
  return areas.some((area) => problem.code.startsWith(`${area}.`));
}

/** An error whose message is meant for the user; carries the problem across async code. */
export class ProblemError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem, options?: ErrorOptions) {
    super(describeProblem(problem).message, options);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}
