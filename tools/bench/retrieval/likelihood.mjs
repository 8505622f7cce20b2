import { getLlama, LlamaLogLevel } from 'node-llama-cpp';

const batchTokens = 512;

/**
 * A model that says how likely a text is after a prompt: `nats({prompt, text})` is the sum of -ln p over its tokens.
 * `prompt` is made of the product's parts: control tokens and text.
 */
export async function loadLikelihood(modelPath) {
  const llama = await getLlama({ gpu: false, build: 'never', progressLogs: false, logLevel: LlamaLogLevel.error });
  const model = await llama.loadModel({ modelPath });
  const context = await model.createContext({
    contextSize: model.trainContextSize,
    batchSize: batchTokens,
    threads: 1,
  });
  const sequence = context.getSequence();
  const tokensOf = (part) =>
    'control' in part ? model.tokenize(part.control, true) : model.tokenize(part.text, false);

  const nats = async ({ prompt, text }) => {
    const before = prompt.flatMap(tokensOf);
    const wanted = model.tokenize(text, false);
    await sequence.clearHistory();
    const read = [...before, ...wanted.slice(0, -1)];
    const first = before.length - 1;
    const input = read.map((token, at) => (at < first ? token : [token, { generateNext: nextOf(wanted[at - first]) }]));
    const outputs = await sequence.controlledEvaluate(input);
    return wanted.reduce((sum, token, at) => sum - logProbability(outputs[first + at].next, token), 0);
  };
  return { nats, dispose: () => llama.dispose() };
}

/** Greedy sampling selects the largest logit, which the sum of all weights is relative to. */
function nextOf(token) {
  return {
    token: true,
    logits: { filter: { tokens: [token], includeSelected: true } },
    totalLogitWeight: true,
    options: { temperature: 0 },
  };
}

function logProbability({ token: highest, logits, totalLogitWeight }, token) {
  return logits.get(token) - logits.get(highest) - Math.log(totalLogitWeight);
}
