import { getLlama, LlamaLogLevel } from 'node-llama-cpp';
import { work } from './jobs.mjs';

const endOfText = '<|endoftext|>';
const batchTokens = 512;

/**
 * How many bits a model needs for a text: sum of -log2 p over its tokens. A text longer than the window is read in
 * windows that know nothing of each other; each begins after the end-of-text token, as documents do in training.
 *
 *     request {text}   answer {bits, tokens}
 */
await work({ model: { type: 'string' }, window: { type: 'string', default: '2048' } }, async (options) => {
  const llama = await getLlama({ gpu: false, build: 'never', progressLogs: false, logLevel: LlamaLogLevel.error });
  llama.maxThreads = 1;
  const model = await llama.loadModel({ modelPath: options.model });
  const window = Math.min(Number(options.window), model.trainContextSize);
  const context = await model.createContext({ contextSize: window, batchSize: batchTokens, threads: 1 });
  const sequence = context.getSequence();
  const [start] = model.tokenize(endOfText, true);

  const bitsOf = async (tokens) => {
    await sequence.clearHistory();
    const read = [start, ...tokens.slice(0, -1)];
    const input = read.map((token, at) => [token, { generateNext: nextOf(tokens[at]) }]);
    const outputs = await sequence.controlledEvaluate(input);
    return outputs.reduce((sum, { next }, at) => sum + bits(next, tokens[at]), 0);
  };
  return async ({ text }) => {
    const tokens = model.tokenize(text, false);
    let sum = 0;
    for (let at = 0; at < tokens.length; at += window) sum += await bitsOf(tokens.slice(at, at + window));
    return { bits: sum, tokens: tokens.length };
  };
});
process.exit(0);

/** Greedy sampling selects the largest logit, which the sum of all weights is relative to. */
function nextOf(token) {
  return {
    token: true,
    logits: { filter: { tokens: [token], includeSelected: true } },
    totalLogitWeight: true,
    options: { temperature: 0 },
  };
}

function bits({ token: highest, logits, totalLogitWeight }, token) {
  const logProbability = logits.get(token) - logits.get(highest) - Math.log(totalLogitWeight);
  return -logProbability / Math.LN2;
}
