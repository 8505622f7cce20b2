import assert from 'node:assert/strict';
import { fitPrompt } from '../../../../src/engine/chat/fitPrompt.ts';
import type { ChatModel } from '../../../../src/engine/chat/chatModel.ts';

/** A double: a model that reads one token per character, and estimates wrongly. */
function modelOf(contextSize: number, estimateFactor: number): ChatModel {
  return {
    kind: 'local',
    name: 'double',
    contextSize,
    perMessage: 0,
    estimate: (text) => Math.ceil(text.length * estimateFactor),
    tokensOf: async (messages) => messages.reduce((sum, { content }) => sum + content.length + 8, 0),
    answer: () => Promise.reject(new Error('not asked')),
  };
}

const never = new AbortController().signal;
const long = { kind: 'file', label: 'a', path: 'a', text: 'one line of twenty.\n'.repeat(5_000) } as const;
const request = { system: 'rules', instruction: '', question: 'why?', items: [long], history: [] };

describe('fitting a prompt into a context', () => {
  for (const factor of [0.2, 1, 3])
    it(`leaves room for an answer when estimates are ${factor} of what the model counts`, async () => {
      const { contents, answerTokens } = await fitPrompt(request, modelOf(8_000, factor), never);
      assert.ok(contents.promptTokens <= contents.budgetTokens, JSON.stringify(contents.promptTokens));
      assert.ok(answerTokens >= 1_024, String(answerTokens));
      assert.ok(contents.promptTokens > (contents.budgetTokens * 0.7) / Math.max(1, factor));
      assert.equal(contents.items[0]?.cut, true);
    });

  it('keeps the question in a context that holds little else', async () => {
    const { messages } = await fitPrompt(request, modelOf(600, 1), never);
    assert.match(messages.at(-1)?.content ?? '', /why\?$/);
  });
});
