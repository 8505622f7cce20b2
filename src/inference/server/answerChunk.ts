import { isRecord } from '../../base/isRecord.ts';
import { fieldOf, listOf, numberOf, textOf } from './json.ts';

/** What one event of a streamed answer says. */
export interface AnswerChunk {
  readonly text: string;
  /** It writes thoughts. They are not shown; that there are some says that it is at work. */
  readonly thinks: boolean;
  /** `tool_calls` and whatever else servers say counts as complete. */
  readonly end?: 'complete' | 'length';
  readonly promptTokens?: number;
  readonly tokens?: number;
  readonly tokensPerSecond?: number;
  /** In the middle of an answer, as JSON: for `refusalProblem`. */
  readonly error?: string;
}

/** Throws a `SyntaxError` for what is no JSON object. */
export function readChunk(data: string): AnswerChunk {
  const parsed: unknown = JSON.parse(data);
  if (!isRecord(parsed)) throw new SyntaxError('an event is no object');
  if (isRecord(parsed['error']) || textOf(parsed['error']) !== undefined || parsed['object'] === 'error')
    return { text: '', thinks: false, error: data };
  const choice = listOf(parsed['choices'])[0];
  // A server that takes no notice of `stream` answers with the whole message.
  const said = fieldOf(choice, 'delta') ?? fieldOf(choice, 'message');
  const finish = textOf(fieldOf(choice, 'finish_reason'));
  const promptTokens = numberOf(fieldOf(parsed, 'usage', 'prompt_tokens'));
  const tokens = numberOf(fieldOf(parsed, 'usage', 'completion_tokens'));
  // llama-server measures it itself, without the network between.
  const tokensPerSecond = numberOf(fieldOf(parsed, 'timings', 'predicted_per_second'));
  return {
    text: textOf(fieldOf(said, 'content')) ?? '',
    // By the names that llama-server, SGLang, LM Studio, LocalAI (the first), Ollama and newer vLLM (the second) use.
    thinks: Boolean(textOf(fieldOf(said, 'reasoning_content')) ?? textOf(fieldOf(said, 'reasoning'))),
    ...(finish === undefined ? {} : { end: finish === 'length' ? 'length' : 'complete' }),
    ...(promptTokens === undefined ? {} : { promptTokens }),
    ...(tokens === undefined ? {} : { tokens }),
    ...(tokensPerSecond === undefined ? {} : { tokensPerSecond }),
  };
}
