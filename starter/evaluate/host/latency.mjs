import { statSync } from 'node:fs';
import { work } from './jobs.mjs';
import { layOut, loadHost } from './model.mjs';

const promptTokens = 600;
const completionTokens = 24;

/**
 * How long a completion of 24 tokens takes after a prompt of about 600, first read anew, then from the KV cache.
 * One request is one place to complete at; the answer's times are in ms, null where the model ended sooner.
 *
 *     request {path, languageId, prefix, suffix}
 *     answer  {coldMs, cachedMs, promptTokens, loadMs, bytes}
 */
await work({ model: { type: 'string' }, threads: { type: 'string', default: '0' } }, async (options) => {
  const startMs = performance.now();
  const host = await loadHost(options.model, { threads: Number(options.threads), fimFormat: 'starter' });
  const loadMs = performance.now() - startMs;
  const bytes = statSync(options.model).size;
  const characters = promptTokens * host.model.charactersPerToken;
  const budget = { windowCharacters: characters, suffixCharacters: characters / 4 };

  const timed = async ({ prompt, typed }) => {
    const request = { prompt, typed, maxTokens: completionTokens, stop: [], temperature: 0, priority: 'typing' };
    const beganMs = performance.now();
    const stats = await host.session.generate(request, () => {}, new AbortController().signal);
    return { ms: performance.now() - beganMs, ...stats };
  };
  return async (place) => {
    const layout = layOut(host, place, budget);
    const cold = await timed(layout);
    const cached = await timed(layout);
    const full = cold.generatedTokens === completionTokens;
    return {
      coldMs: full ? cold.ms : null,
      cachedMs: full ? cached.ms : null,
      prefillMs: cold.prefillMs,
      promptTokens: cold.promptTokens,
      reusedTokens: cold.reusedTokens,
      loadMs,
      bytes,
    };
  };
});
process.exit(0);
