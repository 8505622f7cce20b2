import { startHost } from './host.mjs';
import { median } from './passCost.mjs';
import { fenced, rewritePrompt } from './prompts.mjs';

/**
 * Whole files written anew, with a lookup and without in turn, each first every other time.
 * @returns {Promise<{path, lines, changed, promptTokens, tokens, withoutMs, withMs, tried, taken}[]>} medians of the rounds
 */
export async function applies({ path, threads, files, rounds }) {
  const host = await startHost({ path, threads, kind: 'dictating' });
  try {
    const results = [];
    for (const file of files) results.push(await apply(host, file, rounds));
    return results;
  } finally {
    await host.stop();
  }
}

async function apply(host, { path, earlier, later, lines, changed }, rounds) {
  const prompt = rewritePrompt({ path, earlier });
  const wanted = fenced(later);
  const dictation = await host.tokensAfter(prompt, wanted);
  host.dictate(dictation);
  const request = { prompt, maxTokens: dictation.tokens.length };
  const times = { without: [], with: [] };
  let counts;
  for (let round = 0; round < rounds; round++)
    for (const way of round % 2 === 0 ? ['without', 'with'] : ['with', 'without']) {
      console.error(`${path}: ${dictation.tokens.length} tokens ${way} lookup`);
      const { text, stats } = await host.write(way === 'with' ? { ...request, lookup: earlier } : request);
      if (text !== wanted) throw new Error(`${path} was not written as dictated`);
      times[way].push(stats.decodeMs);
      counts = stats.lookup ?? counts;
    }
  return {
    path,
    lines,
    changed,
    promptTokens: dictation.promptTokens,
    tokens: dictation.tokens.length,
    withoutMs: median(times.without),
    withMs: median(times.with),
    ...counts,
  };
}
