import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../install.mjs';
import { writeInto } from './report.mjs';
import { trainOnEdits } from './train/edits.mjs';
import { markdown } from './train/markdown.mjs';
import { measureSubject } from './train/measure.mjs';
import { hasPeft } from './train/peft.mjs';
import { importProduct } from './train/product.mjs';
import { progressOf } from './train/progress.mjs';
import { starterSamples } from './train/samples.mjs';
import { starterPath, subjectNames, subjectOf } from './train/subjects.mjs';
import { medianOf, summaryOf } from './train/summary.mjs';
import { onTodaysNode } from './todaysNode.mjs';

/**
 * `npm run bench:train`: Hearth's trainer as the product starts it, in turn with PyTorch and PEFT on the same sequences and
 * a model of the same shape. See docs/benchmarks.md.
 */
const usage = `node tools/bench/train.mjs [options]
  --quick            a smoke test of a minute: the starter, one round, 40 edits
  --only NAME        one of ${subjectNames.join(', ')} (default: all)
  --rounds N         how often everything is measured (default 2)
  --cores N          for both sides (default 2)
  --python FILE      a Python with PyTorch, transformers and PEFT (default: HEARTH_BENCH_PYTHON; without: no peer)
  --fresh            do not go on with a run that was interrupted
  --write            put the result into docs/benchmarks.md`;
const trainer = join(root, 'dist/trainer.js');
const quickSteps = { steps: 2, peftBatches: [4] };

const { values: given } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    rounds: { type: 'string' },
    cores: { type: 'string', default: '2' },
    python: { type: 'string', default: process.env['HEARTH_BENCH_PYTHON'] },
    fresh: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (given.help) console.log(usage);
else if (given.only !== undefined && !subjectNames.includes(given.only)) throw new Error(usage);
else if (process.platform !== 'linux') throw new Error('This benchmark reads /proc: it runs on Linux only');
else if (!existsSync(trainer)) throw new Error('Run `npm run build` first');
else await onTodaysNode(main);

async function main() {
  const { quick, only, fresh } = given;
  const plan = {
    names: only === undefined ? (quick ? ['starter'] : subjectNames) : [only],
    rounds: Number(given.rounds ?? (quick ? 1 : 2)),
    edits: quick ? 40 : 200,
    cores: Number(given.cores),
    python: hasPeft(given.python) ? given.python : undefined,
    change: quick ? quickSteps : {},
  };
  const product = await importProduct();
  const subjects = [];
  for (const name of plan.names) subjects.push(await subjectOf(product, name, plan.change));
  const identity = { ...plan, subjects, trainer: createHash('sha256').update(readFileSync(trainer)).digest('hex') };
  const progress = progressOf({ identity, isFresh: fresh });
  const samples = await starterSamples(product, starterPath, plan.edits);

  const tools = { ...plan, product, samples, hopeless: new Set(), progress };
  const results = [];
  for (const subject of subjects) results.push(summaryOf(await measureSubject(subject, tools)));
  const edits = await measureEdits(tools);
  const command = ['npm run bench:train --', ...process.argv.slice(2)].join(' ').replace(/ --$/, '');
  const result = markdown({ ...plan, command, results, edits });
  console.log(result);
  if (given.write) writeInto(join(root, 'docs/benchmarks.md'), 'train', result);
  progress.end();
}

async function measureEdits({ product, samples, rounds, cores, progress }) {
  const order = { modelPath: starterPath, samples, parameters: 13e6, cores };
  const runs = [];
  for (let round = 1; round <= rounds; round++)
    runs.push(await progress.of(`edits, round ${round} of ${rounds}`, () => trainOnEdits(product, order)));
  const seconds = runs.map((each) => each.seconds);
  return { ...runs[0], runs: seconds, seconds: medianOf(seconds) };
}
