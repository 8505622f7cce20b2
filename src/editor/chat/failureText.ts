import { errorText } from '../../base/logger.ts';
import { chatProblemCode } from '../../protocol/chatMessages.ts';
import { describeProblem, type Problem, type Translate } from '../../protocol/problems.ts';

/** What the user is told when the engine cannot do something: what it says about it, else what went wrong. */
export function failureText(cause: unknown, t: Translate): string {
  return isRefusal(cause)
    ? describeProblem(cause.data, t).message
    : t('Hearth could not do that: {0}', errorText(cause));
}

/** The engine's own words for it, over the wire. */
function isRefusal(cause: unknown): cause is { readonly data: Problem } {
  const isOurs = cause instanceof Error && 'code' in cause && cause.code === chatProblemCode && 'data' in cause;
  return isOurs && typeof cause.data === 'object' && cause.data !== null && 'code' in cause.data;
}
