import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../install.mjs';
import { writeInto } from './report.mjs';
import { onTodaysNode } from './todaysNode.mjs';

/**
 * `npm run bench:personal`: simulated developers, made from releases of real authors' packages. What one of them has written
 * so far becomes examples and an adapter in the way of the product; it is measured on what came with the author's later
 * release. See docs/benchmarks.md.
 */
const usage = `node tools/bench/personal.mjs [options]
  --quick              a smoke test of some minutes: one author, few places
  --authors LIST       of these authors only, separated by commas
  --variants LIST      authors for whom other ways of training are tried, too (default: mongoose,plotnine)
  --examples N         places in the earlier release that become examples (default 400)
  --places N           places in the later release that are measured (default 200)
  --seed N             another seed is other places (default 1)
  --fresh              measures anew what an earlier run has measured
  --write              puts the result into docs/benchmarks.md
for experiments, instead of what the product trains with:
  --rate N --passes N --context-weight N --reach N --rank N --batch N`;

const { values: given } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    authors: { type: 'string' },
    variants: { type: 'string' },
    examples: { type: 'string' },
    places: { type: 'string' },
    seed: { type: 'string', default: '1' },
    fresh: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    rate: { type: 'string' },
    passes: { type: 'string' },
    'context-weight': { type: 'string' },
    reach: { type: 'string' },
    rank: { type: 'string' },
    batch: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

if (given.help) console.log(usage);
else if (!existsSync(join(root, 'dist/trainer.js'))) throw new Error('Run `npm run build` first');
else await onTodaysNode(main);

async function main() {
  const { authorsNamed, wrongAuthorFor } = await import('./personal/authors.mjs');
  const { startHost } = await import('./personal/host.mjs');
  const { adaptersOf } = await import('./personal/adapters.mjs');
  const { measuredAuthor } = await import('./personal/measured.mjs');
  const { markdown } = await import('./personal/report.mjs');

  const { quick, fresh } = given;
  const plan = {
    examples: Number(given.examples ?? (quick ? 110 : 400)),
    places: Number(given.places ?? (quick ? 60 : 200)),
    seed: Number(given.seed),
    fresh,
    variantAuthors: (given.variants ?? (quick ? '' : 'mongoose,plotnine')).split(','),
    overrides: overrides(),
  };
  const authors = authorsNamed((given.authors ?? (quick ? 'mongoose' : undefined))?.split(','));
  const scratch = mkdtempSync(join(tmpdir(), `hearth-bench-personal-${process.pid}-`));
  const hosts = [];
  try {
    for (const name of ['host', 'otherHost']) hosts.push(await startHost(join(scratch, name)));
    const [host] = hosts;
    const adapters = new Map();
    for (const author of authors) adapters.set(author, await adaptersOf(author, { plan, host, scratch }));
    const all = [];
    for (const author of authors) {
      const wrong = wrongAuthorFor(author, authors);
      const parts = { adapters: adapters.get(author), wrong: adapters.get(wrong), plan, hosts, scratch };
      const measured = await measuredAuthor(author, parts);
      all.push({ author, adapters: parts.adapters, measured, wrongName: wrong?.name });
    }
    const command = ['npm run bench:personal --', ...process.argv.slice(2)].join(' ').replace(/ --$/, '');
    const result = markdown(all, { command, plan });
    console.log(result);
    if (given.write) writeInto(join(root, 'docs/benchmarks.md'), 'personal', result);
  } finally {
    for (const each of hosts) await each.close();
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Training options that differ from the product's. */
function overrides() {
  const { rate, passes, 'context-weight': contextWeight, reach, rank, batch: batchSize } = given;
  const named = Object.entries({ rate, passes, contextWeight, reach, rank, batchSize });
  return Object.fromEntries(named.flatMap(([name, value]) => (value === undefined ? [] : [[name, Number(value)]])));
}
