import { type CancellationToken, type Connection, ResponseError } from 'vscode-languageserver';
import { chatProblemCode } from '../../protocol/chatMessages.ts';
import { type Problem, ProblemError } from '../../protocol/problems.ts';
import { abortSignal } from '../abortSignal.ts';

/** Serves messages with what the work resolves to, or with the `Problem` that it rejects with (`chatProblemCode`). */
export function problemRequests(connection: Connection) {
  return (message: string, work: (params: never, signal: AbortSignal) => Promise<unknown>): void => {
    connection.onRequest<unknown, Problem>(message, async (params: never, token: CancellationToken) => {
      try {
        return await work(params, abortSignal(token));
      } catch (cause) {
        if (!(cause instanceof ProblemError)) throw cause;
        throw new ResponseError<Problem>(chatProblemCode, cause.message, cause.problem);
      }
    });
  };
}
