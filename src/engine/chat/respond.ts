import { isAbort } from '../../base/aborts.ts';
import { repeatsItself } from '../../chat/answer/repetition.ts';
import type { ChatTurn } from '../../protocol/chatMessages.ts';
import type { Translate } from '../../protocol/problems.ts';
import { answeredBy, answererOf, failureOf, usualTemperature } from './answeredBy.ts';
import type { Posed } from './pose.ts';
import { searchAnswer } from './searchAnswer.ts';

/** A loop is looked for after so many characters. */
const lookEvery = 200;

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
  const by = { ...answererOf(model), promptTokens: prompt.contents.promptTokens };
  const loop = new AbortController();
  let text = '';
  let lookedAt = 0;
  const onMore = (more: string) => {
    onText(more);
    text += more;
    if (text.length - lookedAt < lookEvery) return;
    lookedAt = text.length;
    if (repeatsItself(text)) loop.abort();
  };
  try {
    const { messages, answerTokens: maxTokens } = prompt;
    const question = { messages, maxTokens, temperature: usualTemperature };
    const answer = await model.answer(question, onMore, AbortSignal.any([signal, loop.signal]));
    return {
      answeredBy: answeredBy(model, answer),
      ...(answer.end === 'length' ? { problem: { code: 'chat.full' } } : {}),
    };
  } catch (cause) {
    if (loop.signal.aborted) return { answeredBy: by, problem: { code: 'chat.repeating' } };
    if (isAbort(cause) || signal.aborted) return { answeredBy: by, stopped: true };
    return { answeredBy: by, problem: failureOf(cause) };
  }
}
