import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../install.mjs';
import { onTodaysNode } from './todaysNode.mjs';

/**
 * `npm run bench:gpu`: whether a GPU writes and learns the same as the processor of its machine, and how quickly each does.
 * For a machine that has one. See docs/benchmarks.md.
 */
const usage = `node tools/bench/gpu.mjs [options]
  --model FILE   a GGUF that completes code (default: the starter)
  --every N      trains on every Nth of the texts in models/general-code.jsonl (default 8)
  --write        put the result into docs/benchmarks.md`;

const { values: given } = parseArgs({
  options: {
    model: { type: 'string', default: join(root, 'models/starter.gguf') },
    every: { type: 'string', default: '8' },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (given.help) console.log(usage);
else if (!existsSync(join(root, 'dist/trainer.js'))) throw new Error('Run `npm run build` first');
else await onTodaysNode(main);

async function main() {
  const { learn, samplesOf, write } = await import('./gpu/both.mjs');
  const { commit, machine, writeInto } = await import('./report.mjs');
  const path = given.model;
  const folder = mkdtempSync(join(tmpdir(), 'hearth-gpu-'));
  try {
    const written = {};
    for (const gpu of ['off', 'auto']) written[gpu] = await write({ path, gpu });
    if (written.auto.device === 'cpu') throw new Error('llama.cpp finds no GPU that it can use here');
    const samplesPath = await samplesOf({ path, folder, every: Number(given.every) });
    const learned = {};
    for (const gpu of ['off', 'auto'])
      learned[gpu] = await learn({ path, gpu, samplesPath, folder: join(folder, gpu) });
    const command = ['npm run bench:gpu --', ...process.argv.slice(2)].join(' ').replace(/ --$/, '');
    const head = `${machine()}; ${new Date().toISOString().slice(0, 10)}; commit ${commit()}; \`${command}\`.`;
    const result = [head, '', ...table(basename(path), written, learned)].join('\n');
    console.log(result);
    if (given.write) writeInto(join(root, 'docs/benchmarks.md'), 'gpu', result);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  }
}

function table(name, written, learned) {
  const same = written.off.texts.filter((text, at) => text === written.auto.texts[at]).length;
  return [
    `| ${name} | processor | GPU |`,
    '|---|---|---|',
    row('writes on', (gpu) => written[gpu].device),
    row('loaded and ready', (gpu) => `${written[gpu].loadMs.toFixed(0)} ms`),
    row('first prompt after that', (gpu) => `${written[gpu].firstMs.toFixed(0)} ms`),
    row('reading a prompt', (gpu) => `${written[gpu].prefill.toFixed(0)} tokens/s`),
    row('writing', (gpu) => `${written[gpu].decode.toFixed(0)} tokens/s`),
    row('learns on', (gpu) => learned[gpu].device),
    row('learning, all of it', (gpu) => `${learned[gpu].seconds.toFixed(1)} s for ${learned[gpu].tokens} tokens`),
    row('the same from the second step on', (gpu) => `${learned[gpu].tokensPerSecond.toFixed(0)} tokens/s`),
    row('loss before and after', (gpu) =>
      Object.values(learned[gpu].validation)
        .map((loss) => loss.toFixed(4))
        .join(', '),
    ),
    '',
    `Texts that are the same on both, letter by letter: ${same} of ${written.off.texts.length}.`,
  ];
}

function row(what, of) {
  return `| ${what} | ${of('off')} | ${of('auto')} |`;
}
