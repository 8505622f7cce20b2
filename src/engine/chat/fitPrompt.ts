import { type ChatLayout, type ChatRequest, layOutChat } from '../../chat/context/layOutChat.ts';
import type { ChatModel } from './chatModel.ts';

/** Room for an answer: this much of the context, within these bounds. */
const answerShare = 0.25;
const [leastAnswer, mostReserved] = [256, 1_024];
/** Estimates are mended this often; each time the prompt comes nearer to what fits. */
const maxTries = 6;
/** A prompt that was too long is laid out for a little less than it exceeded. */
const margin = 0.97;

export interface FittedPrompt extends ChatLayout {
  /** What is left for the answer, in tokens. */
  readonly answerTokens: number;
}

/**
 * Lays a question out so that it fits into the model's context with room for an answer. Token counts are estimated while
 * it is laid out, and counted by the model at the end. Rejects with the signal's reason, or when the model is gone.
 */
export async function fitPrompt(request: ChatRequest, model: ChatModel, signal: AbortSignal): Promise<FittedPrompt> {
  const { contextSize, perMessage } = model;
  const reserved = Math.max(Math.min(leastAnswer, contextSize / 2), Math.min(mostReserved, contextSize * answerShare));
  const budgetTokens = Math.floor(contextSize - reserved);
  const count = (text: string) => model.estimate(text);
  for (let tokens = budgetTokens, tries = 1; ; tries++) {
    const layout = layOutChat(request, { tokens, perMessage, count });
    const promptTokens = await model.tokensOf(layout.messages, signal);
    if (promptTokens <= budgetTokens || tries === maxTries)
      return {
        messages: layout.messages,
        contents: { ...layout.contents, promptTokens, budgetTokens },
        answerTokens: contextSize - promptTokens,
      };
    tokens = Math.floor(((tokens * budgetTokens) / promptTokens) * margin);
  }
}
