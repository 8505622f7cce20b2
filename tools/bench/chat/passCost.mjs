import { getLlama, LlamaLogLevel } from 'node-llama-cpp';

const promptTokens = 2048;
const topTokens = 40;

/**
 * What a pass over the weights costs that reads some tokens and draws the next one after each, against the ordinary pass
 * that reads one: the median of several, all sizes in turn. After a prompt of 2,048 tokens, in a context as the model
 * host's long room on a processor, and asked as it asks.
 * @returns {Promise<{tokens: number, ms: number}[]>}
 */
export async function passCosts({ path, threads, sizes, rounds }) {
  const llama = await getLlama({ gpu: false, build: 'never', skipDownload: true, logLevel: LlamaLogLevel.error });
  llama.maxThreads = threads > 0 ? threads : Math.max(1, llama.cpuMathCores);
  try {
    const model = await llama.loadModel({ modelPath: path });
    const context = await model.createContext({
      contextSize: 4096,
      batchSize: 128,
      sequences: 1,
      flashAttention: false,
    });
    const sequence = context.getSequence();
    const words = model.tokenize('const value = compute(one, two);\n'.repeat(400), false);
    await sequence.evaluateWithoutGeneratingNewTokens(words.slice(0, promptTokens));
    const times = new Map(sizes.map((size) => [size, []]));
    for (let round = -1; round < rounds; round++)
      for (const size of sizes) {
        const input = words.slice(promptTokens, promptTokens + size).map(size === 1 ? ordinary : tried);
        const startMs = performance.now();
        await sequence.controlledEvaluate(input);
        // The first round warms up.
        if (round >= 0) times.get(size).push(performance.now() - startMs);
        await sequence.eraseContextTokenRanges([{ start: promptTokens, end: promptTokens + size }]);
      }
    return sizes.map((tokens) => ({ tokens, ms: median(times.get(tokens)) }));
  } finally {
    await llama.dispose();
  }
}

/** As in `src/inference/host/sampler.ts`. */
function ordinary(token) {
  const logits = { filter: { tokens: [], includeTop: topTokens } };
  const options = { temperature: 1, topK: topTokens, topP: 1, seed: 1 };
  return [token, { generateNext: { token: true, logits, options } }];
}

function tried(token) {
  return [token, { generateNext: { token: true, options: { temperature: 0 } } }];
}

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
