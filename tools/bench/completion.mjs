import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startEngine } from './engine.mjs';
import { ensureLlamaCpp } from './llamaCpp.mjs';
import { startLlamaServer } from './llamaServer.mjs';
import { ensureRandomModel } from './randomModel.mjs';
import { coldRequest, replay } from './replay.mjs';
import { markdown, writeInto } from './report.mjs';
import { run } from './run.mjs';
import { pairedLatencies, speedOf, summaryOf } from './summary.mjs';
import { typingTrace } from './typingTrace.mjs';

/**
 * `npm run bench:completion`: the same typing, segment by segment in turn, through Hearth's engine and llama-server.
 * Measures ratios in one run, because single timings on a busy or virtual machine mean little. See docs/benchmarks.md.
 */
const usage = `node tools/bench/completion.mjs [options]
  --quick            a smoke test of half a minute: the starter, one short segment
  --models LIST      of starter, 0.5b, 1.5b (default: all, separated by commas)
  --segments N       how many places to type at (default 6)
  --characters N     how much to type at each (default 120)
  --threads N        for both sides (default: what Hearth chooses by itself, and all cores for llama-server)
  --seed N           another seed is another trace (default 1)
  --write            put the result into docs/benchmarks.md`;
/** As Hearth's own limit for a line (src/inference/completion/draft.ts). */
const maxTokens = 32;
const embeddedModel = fileURLToPath(new URL('../../models/starter.gguf', import.meta.url));
const resultFile = fileURLToPath(new URL('../../docs/benchmarks.md', import.meta.url));

const { values: given } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    models: { type: 'string' },
    segments: { type: 'string' },
    characters: { type: 'string' },
    threads: { type: 'string' },
    seed: { type: 'string', default: '1' },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (given.help) console.log(usage);
else if (process.platform !== 'linux') throw new Error('This benchmark reads /proc: it runs on Linux only');
else if (!existsSync(new URL('../../dist/server.js', import.meta.url))) throw new Error('Run `npm run build` first');
else await main();

async function main() {
  const llamaCpp = await ensureLlamaCpp();
  const threads = Number(given.threads ?? availableParallelism());
  const segments = typingTrace({
    segments: Number(given.segments ?? (given.quick ? 1 : 6)),
    characters: Number(given.characters ?? (given.quick ? 40 : 120)),
    seed: Number(given.seed),
    llamaCppFolder: llamaCpp.folder,
  });
  const names = (given.models ?? (given.quick ? 'starter' : 'starter,0.5b,1.5b')).split(',');
  // 0, the default of the setting: Hearth measures what is quickest. llama-server has no such choice.
  const ownThreads = Number(given.threads ?? 0);
  const starts = await startTimes(given.quick ? 1 : 5, ownThreads);
  const models = [];
  for (const name of names) models.push(await measure(name, { llamaCpp, threads, ownThreads, segments }));
  const keys = segments.reduce((sum, segment) => sum + segment.keys.length, 0);
  const command = ['node tools/bench/completion.mjs', ...process.argv.slice(2)].join(' ');
  const result = markdown({ command, threads, keys, starts, models });
  console.log(result);
  if (given.write) writeInto(resultFile, 'completion', result);
}

async function startTimes(rounds, threads) {
  const times = [];
  for (let round = 0; round < rounds; round++) {
    const engine = await startEngine({ threads });
    times.push(engine.readyMs);
    await engine.stop();
  }
  return times;
}

async function measure(name, { llamaCpp, threads, ownThreads, segments }) {
  const model = name === 'starter' ? embeddedModel : await ensureRandomModel(name, llamaCpp);
  console.error(`${name}: llama-bench`);
  const llamaBench = await benchSpeeds(llamaCpp.bench, model, threads);
  const peers = [
    await startEngine({ model, threads: ownThreads }),
    await startLlamaServer({ program: llamaCpp.server, model, threads, maxTokens }),
  ];
  try {
    const cold = await inTurn(peers, segments, (peer, segment) => {
      console.error(`${name}: ${peer.name} reads ${segment.name}`);
      return coldRequest(peer, { ...segment, name: `cold-${segment.name}` });
    });
    const [ours, theirs] = await inTurn(peers, segments, (peer, segment) => {
      console.error(`${name}: ${peer.name} types ${segment.name}, ${segment.keys.length} keys`);
      return replay(peer, segment);
    });
    return {
      name:
        name === 'starter' ? 'Starter model (13M parameters)' : `Random weights of ${name.toUpperCase()} shape, Q4_K_M`,
      ours: summaryOf(ours),
      theirs: summaryOf(theirs),
      paired: pairedLatencies(ours, theirs),
      speeds: { ours: speedOf(cold[0]), theirs: speedOf(cold[1]), llamaBench },
      processes: { ours: peers[0].processes(), theirs: peers[1].processes() },
    };
  } finally {
    for (const peer of peers) await peer.stop();
  }
}

/** One peer after the other for each segment, each of them first every other time. */
async function inTurn(peers, segments, task) {
  const results = peers.map(() => []);
  for (const [at, segment] of segments.entries())
    for (const which of at % 2 === 0 ? [0, 1] : [1, 0]) results[which].push(await task(peers[which], segment));
  return results;
}

/** Prefill of 512 tokens, and decoding after 512: about what a completion asks for. */
async function benchSpeeds(program, model, threads) {
  const measureOne = async (...test) => {
    const args = ['--model', model, '--threads', String(threads), '--repetitions', '3', '--output', 'json', ...test];
    return JSON.parse(await run(program, args))[0].avg_ts;
  };
  return {
    prefill: await measureOne('-p', '512', '-n', '0'),
    decode: await measureOne('-p', '0', '-n', '32', '-d', '512'),
  };
}
