import { startHost } from './host.mjs';
import { median } from './passCost.mjs';
import { rewritePrompt } from './prompts.mjs';

/**
 * The same with a real chat model, which writes what it likes: whether it says the same with a lookup, and how much
 * sooner. How much it copies is up to the model.
 */
export async function copies({ path, threads, files, rounds, maxTokens }) {
  const host = await startHost({ path, threads });
  try {
    const results = [];
    for (const file of files) {
      const request = { prompt: rewritePrompt(file, 'Repeat this file without any change.'), maxTokens };
      const times = { without: [], with: [] };
      const told = {};
      for (let round = 0; round < rounds; round++)
        for (const way of round % 2 === 0 ? ['without', 'with'] : ['with', 'without']) {
          console.error(`${file.path}: ${way} lookup`);
          told[way] = await host.write(way === 'with' ? { ...request, lookup: file.earlier } : request);
          times[way].push(told[way].stats.decodeMs);
        }
      results.push({
        path: file.path,
        isSame: told.with.text === told.without.text,
        tokens: told.with.stats.generatedTokens,
        withoutMs: median(times.without),
        withMs: median(times.with),
        ...told.with.stats.lookup,
      });
    }
    return results;
  } finally {
    await host.stop();
  }
}
