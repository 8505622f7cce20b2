import { l10n } from 'vscode';
import { ResponseError } from 'vscode-languageclient';
import { errorText } from '../base/logger.ts';
import { chatProblemCode } from '../protocol/chatMessages.ts';
import { describeProblem, type Problem } from '../protocol/problems.ts';

/** What the engine wants the user to hear of a request that failed; undefined for all other failures. */
function problemOf(cause: unknown): Problem | undefined {
  return cause instanceof ResponseError && cause.code === chatProblemCode ? cause.data : undefined;
}

/** The same as an error in the user's language. */
export function requestError(cause: unknown): Error {
  const problem = problemOf(cause);
  return new Error(problem === undefined ? errorText(cause) : describeProblem(problem, l10n.t).message, { cause });
}
