import { work } from './jobs.mjs';
import { budgetOf, generateOf, layOut, loadHost } from './model.mjs';
import { grammarFolder } from './product.mjs';

/**
 * Lets a model write. Requests are of three kinds:
 *
 *     line    {path, languageId, prefix, suffix, snippets?}             the product's own draft of one line
 *     block   the same, and maxTokens                                   everything up to the end of text
 *     prompt  {prompt: PromptPart[], maxTokens, temperature?, seed?}    a prompt as it stands, e.g. of a chat
 *
 * Answers: {text, end, promptTokens, generatedTokens, ms}.
 */
const options = { model: { type: 'string' }, 'prompt-tokens': { type: 'string' }, 'fim-format': { type: 'string' } };

await work(options, async (given) => {
  const host = await loadHost(given.model, { fimFormat: given['fim-format'] });
  const budget = budgetOf(host, given['prompt-tokens'] && Number(given['prompt-tokens']));
  const { product, session } = host;
  const generate = generateOf(session);
  const syntax = product.createSyntax({ grammarFolder: grammarFolder(), log: product.silentLogger });
  const never = new AbortController().signal;

  const line = async (request) => {
    const layout = layOut(host, request, budget);
    let stats = {};
    const drafted = await product.draft(
      { ...layout, extent: 'line', temperature: 0, priority: 'typing', origin: 'model' },
      { generate, syntax, onText() {}, onStats: (final) => (stats = final) },
      never,
    );
    return { text: drafted.text, logProbability: drafted.meanLogProbability, ...stats };
  };
  const plain = async ({ prompt, typed = '', maxTokens, temperature = 0, seed }) => {
    let text = '';
    const request = { prompt, typed, maxTokens, stop: [], temperature, priority: 'typing' };
    const onChunk = (chunk) => (text += chunk.text);
    const stats = await session.generate(seed === undefined ? request : { ...request, seed }, onChunk, never);
    return { text, ...stats };
  };
  const kinds = {
    line,
    block: (request) => plain({ ...layOut(host, request, budget), maxTokens: request.maxTokens }),
    prompt: plain,
  };

  return async (request) => {
    const startMs = performance.now();
    const { text, logProbability, end, promptTokens, generatedTokens } = await kinds[request.kind](request);
    return { text, logProbability, end, promptTokens, generatedTokens, ms: Math.round(performance.now() - startMs) };
  };
});
process.exit(0);
