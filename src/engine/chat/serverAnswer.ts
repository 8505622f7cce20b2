import { splitThoughts } from '../../chat/answer/thoughts.ts';
import type { ServedModel, ServerClient } from '../../inference/server/serverClient.ts';
import type { ModelAnswer, ModelQuestion } from './chatModel.ts';

/** Fewer say nothing about speed. */
const leastToMeasure = 2;

/** Puts a question to a server, and tells the answer as it comes, without thoughts. Rejects as `ChatModel.answer` does. */
export async function answerOfServer(
  client: Pick<ServerClient, 'answer'>,
  served: ServedModel,
  question: ModelQuestion,
  onText: (text: string) => void,
  signal: AbortSignal,
): Promise<ModelAnswer> {
  const startMs = performance.now();
  let raw = '';
  let told = 0;
  let firstMs: number | undefined;
  let firstTextMs: number | undefined;
  let lastMs = startMs;
  let pieces = 0;
  let end: ModelAnswer['end'] = 'complete';
  let said: { promptTokens?: number; tokens?: number; tokensPerSecond?: number } = {};

  const tell = (isComplete: boolean): string => {
    // Servers that do not part thoughts from the answer leave the marks in.
    const { answer } = splitThoughts(raw, false, isComplete);
    if (answer.length > told) {
      firstTextMs ??= performance.now();
      onText(answer.slice(told));
      told = answer.length;
    }
    return answer;
  };

  for await (const chunk of client.answer(served, roundedUp(question), signal)) {
    said = { ...said, ...chunk };
    end = chunk.end ?? end;
    if (chunk.text === '' && !chunk.thinks) continue;
    lastMs = performance.now();
    firstMs ??= lastMs;
    pieces++;
    raw += chunk.text;
    tell(false);
  }
  signal.throwIfAborted();
  const text = tell(true);
  const tokens = said.tokens ?? pieces;
  const writingMs = lastMs - (firstMs ?? lastMs);
  const measured = tokens >= leastToMeasure && writingMs > 0 ? ((tokens - 1) / writingMs) * 1_000 : undefined;
  const tokensPerSecond = said.tokensPerSecond ?? measured;
  return {
    text,
    end,
    promptTokens: said.promptTokens ?? 0,
    tokens,
    firstTokenMs: (firstTextMs ?? performance.now()) - startMs,
    ...(tokensPerSecond === undefined ? {} : { tokensPerSecond }),
  };
}

/** Servers refuse an answer of no tokens, and parts of one. */
function roundedUp(question: ModelQuestion): ModelQuestion {
  return { ...question, maxTokens: Math.max(1, Math.floor(question.maxTokens)) };
}
