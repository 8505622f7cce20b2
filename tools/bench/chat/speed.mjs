import { median } from './passCost.mjs';
import { conversation, fenced } from './prompts.mjs';

const answerTokens = 64;
const followUps = ['And the first function?', 'Which errors can it throw?'];

/**
 * A conversation about a file, on each path in turn: how long until the first text of an answer, and how fast it comes then.
 * A path is a way to the model: `{name, ask({turns, maxTokens}) -> {text, firstMs, tokensPerSecond, promptTokens}}`.
 */
export async function speeds(paths, { rounds, file }) {
  const results = paths.map(({ name }) => ({ name, cold: [], warm: [], tokensPerSecond: [], promptTokens: 0 }));
  for (let round = 0; round < rounds; round++)
    for (const at of round % 2 === 0 ? paths.keys() : [...paths.keys()].toReversed())
      await converse(paths[at], `(${at}, ${round})`, file, results[at]);
  return results.map(({ cold, warm, tokensPerSecond, ...result }) => ({
    ...result,
    coldMs: median(cold),
    warmMs: median(warm),
    tokensPerSecond: median(tokensPerSecond),
  }));
}

/** `sign` makes the very beginning another one, so that nothing of the round before is in the KV cache. */
async function converse(path, sign, file, result) {
  const turns = [];
  for (const question of [`${sign} What does this do?\n${fenced(file)}`, ...followUps]) {
    const told = await path.ask({ turns: [...turns, { question }], maxTokens: answerTokens });
    result[turns.length === 0 ? 'cold' : 'warm'].push(told.firstMs);
    result.tokensPerSecond.push(told.tokensPerSecond);
    if (turns.length === 0) result.promptTokens = told.promptTokens;
    turns.push({ question, answer: told.text });
  }
}

/** The model host asked directly: what every longer path is held against. */
export function hostPath(host) {
  return {
    name: 'model host',
    async ask({ turns, maxTokens, temperature = 0 }) {
      const { text, firstMs, stats } = await host.write({ prompt: conversation(turns), maxTokens, temperature });
      const { promptTokens, generatedTokens: tokens, decodeMs } = stats;
      return { text, firstMs, tokensPerSecond: ((tokens - 1) * 1000) / decodeMs, promptTokens, tokens };
    },
  };
}
