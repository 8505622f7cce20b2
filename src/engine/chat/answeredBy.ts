import { errorText } from '../../base/logger.ts';
import type { AnsweredBy } from '../../protocol/chatMessages.ts';
import { type Problem, ProblemError } from '../../protocol/problems.ts';
import type { ChatModel, ModelAnswer } from './chatModel.ts';

/** A little, so that asking again gives another answer. */
export const usualTemperature = 0.3;

/** Who answers, before anything of the answer is known. */
export function answererOf({ kind, name, contextSize }: ChatModel): AnsweredBy {
  return { kind, name, contextSize };
}

/** Who answered, and how quickly. */
export function answeredBy(model: ChatModel, { promptTokens, firstTokenMs, tokensPerSecond }: ModelAnswer): AnsweredBy {
  const speed = tokensPerSecond === undefined ? {} : { tokensPerSecond };
  return { ...answererOf(model), promptTokens, firstTokenMs, ...speed };
}

/** Why there is no answer, for whoever asked. */
export function failureOf(cause: unknown): Problem {
  return cause instanceof ProblemError ? cause.problem : { code: 'chat.failed', reason: errorText(cause) };
}
