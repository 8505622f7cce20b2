import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../install.mjs';
import { compareCompletions, completionTables } from './retrieval/completions.mjs';
import { ranksOf, rowsOf } from './retrieval/measure.mjs';
import { ranksTable } from './retrieval/tables.mjs';
import { loadParts, tasksOf } from './retrieval/tasks.mjs';

/** `npm run bench:retrieval`: whether the index finds what is needed, and whether that helps. See docs/benchmarks.md. */
const usage = `node tools/bench/retrieval.mjs [options]
  --set NAME         report, or tuning: the repositories that the weights were chosen on (default report)
  --count N          of each kind and repository, at most (default 60)
  --completions N    how many lines to complete of each kind, 0 to leave this part out (default 120)
  --seed N           another seed is another sample (default 1)`;
const titles = {
  questions: 'Documentation as questions',
  calls: 'Definitions for calls, the name being typed',
  lineStarts: 'Definitions for calls, nothing of the line being typed',
};

const { values: given } = parseArgs({
  options: {
    set: { type: 'string', default: 'report' },
    count: { type: 'string', default: '60' },
    completions: { type: 'string', default: '120' },
    seed: { type: 'string', default: '1' },
    help: { type: 'boolean', default: false },
  },
});
if (given.help) console.log(usage);
else if (!existsSync(join(root, 'dist/grammars'))) throw new Error('Run `npm run build` first');
else await main();

async function main() {
  const parts = await loadParts();
  const seed = Number(given.seed);
  const { tasks, indexed, close } = await tasksOf(given.set, { count: Number(given.count), seed, parts });
  try {
    const chunks = indexed.map(({ name, version, store }) => `${name} ${version} (${store.chunkCount} chunks)`);
    console.log(`Repositories: ${chunks.join(', ')}.`);
    for (const [kind, list] of Object.entries(tasks)) {
      console.error(kind);
      const rows = {};
      for (const [row, tuning] of Object.entries(rowsOf(parts.product.defaultTuning)))
        rows[row] = await ranksOf(list, tuning, parts);
      console.log(['', `### ${titles[kind]} (${list.length})`, '', ...ranksTable(rows)].join('\n'));
    }
    const places = Number(given.completions);
    if (places > 0)
      console.log(completionTables(await compareCompletions(indexed, { places, seed, parts })).join('\n'));
  } finally {
    await close();
  }
}
