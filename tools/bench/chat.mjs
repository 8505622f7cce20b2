import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../install.mjs';
import { ensureLlamaCpp } from './llamaCpp.mjs';
import { ensureRandomModel } from './randomModel.mjs';
import { writeInto } from './report.mjs';
import { onTodaysNode } from './todaysNode.mjs';

/**
 * `npm run bench:chat`: how quickly the model host answers a chat, and how much sooner a file is written anew when what is
 * copied is looked up. Compares in one run what takes turns in it. See docs/benchmarks.md.
 */
const usage = `node tools/bench/chat.mjs [options]
  --quick            a smoke test of some minutes: 0.5b, a file of 60 lines
  --models LIST      of 0.5b, 1.5b (default: both, separated by commas)
  --parts LIST       of speed, cost, apply (default: all, separated by commas)
  --files N          how many files are written anew (default 2)
  --rounds N         how often everything is measured (default 2)
  --threads N        (default: what Hearth chooses by itself)
  --chat-model FILE  a real GGUF that chats in ChatML: it repeats the files by itself, too
  --write            put the result into docs/benchmarks.md`;
const costSizes = [1, 2, 4, 8, 12, 16, 24, 32, 48];

const { values: given } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    models: { type: 'string' },
    parts: { type: 'string', default: 'speed,cost,apply' },
    files: { type: 'string' },
    rounds: { type: 'string' },
    threads: { type: 'string', default: '0' },
    'chat-model': { type: 'string' },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (given.help) console.log(usage);
else if (!existsSync(join(root, 'dist/modelHost.js'))) throw new Error('Run `npm run build` first');
else await onTodaysNode(main);

async function main() {
  const { rewrites } = await import('./chat/rewrites.mjs');
  const { quick } = given;
  const plan = {
    threads: Number(given.threads),
    rounds: Number(given.rounds ?? (quick ? 1 : 2)),
    parts: given.parts.split(','),
    files: await rewrites({ count: Number(given.files ?? (quick ? 1 : 2)), lines: quick ? 60 : 400 }),
  };
  const names = (given.models ?? (quick ? '0.5b' : '0.5b,1.5b')).split(',').filter((name) => name !== '');
  const llamaCpp = names.length === 0 ? undefined : await ensureLlamaCpp();
  const models = [];
  for (const name of names) models.push(await measure(name, await ensureRandomModel(name, llamaCpp), plan));
  if (given['chat-model'] !== undefined) models.push(await measureChatModel(given['chat-model'], plan));
  const command = ['npm run bench:chat --', ...process.argv.slice(2)].join(' ').replace(/ --$/, '');
  const { markdown } = await import('./chat/markdown.mjs');
  const result = markdown({ command, models });
  console.log(result);
  if (given.write) writeInto(join(root, 'docs/benchmarks.md'), 'chat', result);
}

async function measure(name, path, { threads, rounds, parts, files }) {
  const { applies } = await import('./chat/apply.mjs');
  const { passCosts } = await import('./chat/passCost.mjs');
  console.error(`${name}: ${parts.join(', ')}`);
  return {
    name: `Random weights of ${name.toUpperCase()} shape, Q4_K_M`,
    ...(parts.includes('speed') ? { spoken: await talk({ path, threads, rounds, file: files[0].earlier }) } : {}),
    ...(parts.includes('cost')
      ? { costs: await passCosts({ path, threads, sizes: costSizes, rounds: rounds * 5 }) }
      : {}),
    ...(parts.includes('apply') ? { applied: await applies({ path, threads, files, rounds }) } : {}),
  };
}

/** A place for longer paths to the same model: each is one more entry beside the host's. */
async function talk({ path, threads, rounds, file }) {
  const { startHost } = await import('./chat/host.mjs');
  const { hostPath, speeds } = await import('./chat/speed.mjs');
  const host = await startHost({ path, threads });
  try {
    return await speeds([hostPath(host)], { rounds, file });
  } finally {
    await host.stop();
  }
}

async function measureChatModel(path, { threads, rounds, files }) {
  const { copies } = await import('./chat/copying.mjs');
  return { name: basename(path), copied: await copies({ path, threads, rounds, files, maxTokens: 4096 }) };
}
