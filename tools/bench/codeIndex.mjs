import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../install.mjs';
import { markdown } from './codeIndex/markdown.mjs';
import { measureCold } from './codeIndex/cold.mjs';
import { measureGrowth } from './codeIndex/growth.mjs';
import { measureStages } from './codeIndex/stages.mjs';
import { findSources } from './codeIndex/sources.mjs';
import { onTodaysNode } from './todaysNode.mjs';

/**
 * `npm run bench:index`: the real index host on copies of real sources. How fast it reads them, what it needs of memory
 * and disk, how soon a save is found, how long questions take as the index grows, and where the time goes.
 */
const usage = `node tools/bench/codeIndex.mjs [options]
  --quick            a smoke test of a minute: a few megabytes, small sizes
  --sources LIST     folders to take sources from, separated by commas (default: this repository's installed packages)
  --megabytes N      at most so much of them (default 400)
  --sizes LIST       chunks at which questions are timed (default 10000,100000,300000)
  --saves N          saves that are timed, idle and during a pass (default 100)
  --questions N      questions that are timed at each size (default 300)
  --parts LIST       of cold, growth, stages (default: all)
  --seed N           another seed is another order of files and questions (default 1)
  --output FILE      writes the report there as well`;

const { values: given } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    sources: { type: 'string' },
    megabytes: { type: 'string' },
    sizes: { type: 'string' },
    saves: { type: 'string' },
    questions: { type: 'string' },
    parts: { type: 'string', default: 'cold,growth,stages' },
    seed: { type: 'string', default: '1' },
    output: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
const defaultSources = ['node_modules', 'tools/vscodeHost/node_modules'].map((each) => join(root, each));

if (given.help) console.log(usage);
else if (process.platform !== 'linux') throw new Error('This benchmark reads /proc: it runs on Linux only');
else if (!existsSync(join(root, 'dist/indexHost.js'))) throw new Error('Run `npm run build` first');
else await onTodaysNode(main);

async function main() {
  const { quick } = given;
  const folders = (given.sources?.split(',').map((each) => resolve(each)) ?? defaultSources).filter(existsSync);
  const plan = {
    seed: Number(given.seed),
    saves: Number(given.saves ?? (quick ? 20 : 100)),
    questions: Number(given.questions ?? (quick ? 40 : 300)),
    sizes: (given.sizes ?? (quick ? '2000,6000' : '10000,100000,300000')).split(',').map(Number),
  };
  const sources = findSources(folders, Number(given.megabytes ?? (quick ? 4 : 400)) * 1e6, plan.seed);
  console.error(`${sources.length} files, ${megabytes(sources)} MB`);
  const scratch = mkdtempSync(join(tmpdir(), 'hearth-bench-'));
  const parts = given.parts.split(',');
  const folderFor = (part) => {
    const folder = join(scratch, part);
    mkdirSync(folder);
    return folder;
  };
  try {
    const cold = parts.includes('cold') ? await measureCold(sources, plan, folderFor('cold')) : undefined;
    const growth = parts.includes('growth') ? await measureGrowth(sources, plan, folderFor('growth')) : undefined;
    const stages = parts.includes('stages')
      ? await measureStages(sources, { bytes: (quick ? 2 : 25) * 1e6 }, folderFor('stages'))
      : undefined;
    const command = ['npm run bench:index --', ...process.argv.slice(2)].join(' ').replace(/ --$/, '');
    const report = markdown({ command, folders, cold, growth, stages });
    console.log(report);
    if (given.output !== undefined) writeFileSync(given.output, `${report}\n`);
  } finally {
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}

function megabytes(files) {
  return (files.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6).toFixed(1);
}
