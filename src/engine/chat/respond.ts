import { isAbort } from '../../base/aborts.ts';
import { errorText } from '../../base/logger.ts';
import type { AnsweredBy, ChatTurn } from '../../protocol/chatMessages.ts';
import { type Translate, ProblemError } from '../../protocol/problems.ts';
import type { Posed } from './pose.ts';
import { searchAnswer } from './searchAnswer.ts';

/** A little, so that asking again gives another answer. */
const temperature = 0.3;

/** How an answer ended, beside its text. */
export type Ended = Pick<ChatTurn, 'answeredBy' | 'stopped' | 'problem'>;

/** Has a question answered; `onText` gets the answer as it is written. Never rejects: all that happens is part of the turn. */
export async function respond(
  { to }: Pick<Posed, 'to'>,
  t: Translate,
  onText: (text: string) => void,
  signal: AbortSignal,
): Promise<Ended> {
  if (to.kind === 'search') {
    onText(searchAnswer(to.hits, t));
    return { answeredBy: { kind: 'search', name: t('Search') } };
  }
  const { model, prompt } = to;
  const by: AnsweredBy = { kind: model.kind, name: model.name, contextSize: model.contextSize };
  try {
    const { messages, answerTokens: maxTokens } = prompt;
    const answer = await model.answer({ messages, maxTokens, temperature }, onText, signal);
    const { promptTokens, firstTokenMs, tokensPerSecond, end } = answer;
    return {
      answeredBy: { ...by, promptTokens, firstTokenMs, ...(tokensPerSecond === undefined ? {} : { tokensPerSecond }) },
      ...(end === 'length' ? { problem: { code: 'chat.full' } } : {}),
    };
  } catch (cause) {
    if (isAbort(cause) || signal.aborted) return { answeredBy: by, stopped: true };
    const problem =
      cause instanceof ProblemError ? cause.problem : ({ code: 'chat.failed', reason: errorText(cause) } as const);
    return { answeredBy: by, problem };
  }
}
