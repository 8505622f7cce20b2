import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { cpuSeconds, memoryOf } from './processes.mjs';

/**
 * The peer: llama-server, asked as llama.vscode asks it (256 lines before the cursor, 64 after it, the cursor's line
 * as `prompt`, its answer reused while the user types along it), with two changes in its favour: a newer keystroke
 * aborts the older request at once, and decoding is greedy. The flags are those of llama.cpp's own `--fim-qwen-*`
 * presets, but for a context as small as the task allows.
 */
const prefixLines = 256;
const suffixLines = 64;
const flags = [
  '--host 127.0.0.1 --offline --parallel 1',
  '--ctx-size 4096 --batch-size 1024 --ubatch-size 1024 --cache-reuse 256',
].flatMap((line) => line.split(' '));
const startTimeoutMs = 120_000;

/** @param {{program: string, model: string, threads: number, maxTokens: number}} options */
export async function startLlamaServer({ program, model, threads, maxTokens }) {
  const port = await freePort();
  const variable = ['--model', model, '--port', String(port), '--threads', String(threads)];
  const child = spawn(program, [...flags, ...variable], { stdio: 'ignore' });
  const address = `http://127.0.0.1:${port}`;
  await untilHealthy(address, child);
  let latest;

  return {
    name: 'llama-server',
    /** The document lives in the client: nothing to tell the server. */
    open() {
      latest = undefined;
    },
    change() {},
    close() {},
    async complete({ text, cursor }, signal) {
      const place = placeIn(text, cursor);
      const known = typedThrough(latest, place);
      if (known !== undefined) return { text: known };
      const body = {
        input_prefix: place.prefix,
        prompt: place.prompt,
        input_suffix: place.suffix,
        n_predict: maxTokens,
        stop: ['\n'],
        temperature: 0,
        top_k: 1,
        samplers: ['top_k'],
        cache_prompt: true,
      };
      const response = await fetch(`${address}/infill`, { method: 'POST', body: JSON.stringify(body), signal });
      if (!response.ok) throw new Error(`llama-server: ${response.status} ${await response.text()}`);
      const { content, timings } = await response.json();
      latest = { ...place, content };
      return {
        text: content,
        work: {
          evaluated: timings.prompt_n,
          reused: timings.cache_n,
          generated: timings.predicted_n,
          prefillMs: timings.prompt_ms,
          decodeMs: timings.predicted_ms,
        },
      };
    },
    processes: () => [{ name: 'llama-server', ...memoryOf(child.pid) }],
    cpuSeconds: () => cpuSeconds(child.pid),
    async stop() {
      child.kill('SIGKILL');
      await wait(50);
    },
  };
}

function placeIn(text, cursor) {
  const lineStart = text.lastIndexOf('\n', cursor - 1) + 1;
  const before = text
    .slice(0, lineStart)
    .split('\n')
    .slice(-prefixLines - 1);
  const [rest = '', ...below] = text.slice(cursor).split('\n');
  const prompt = text.slice(lineStart, cursor);
  return {
    prefix: before.join('\n'),
    prompt: prompt.trim() === '' ? '' : prompt,
    suffix: `${[rest, ...below.slice(0, suffixLines)].join('\n')}\n`,
  };
}

/** The rest of the last answer, when the user has since typed nothing but its beginning. */
function typedThrough(latest, place) {
  if (latest === undefined || latest.prefix !== place.prefix || latest.suffix !== place.suffix) return undefined;
  if (!place.prompt.startsWith(latest.prompt)) return undefined;
  const typed = place.prompt.slice(latest.prompt.length);
  return latest.content.startsWith(typed) && latest.content !== typed ? latest.content.slice(typed.length) : undefined;
}

async function untilHealthy(address, child) {
  const deadline = Date.now() + startTimeoutMs;
  while (Date.now() < deadline && child.exitCode === null) {
    const isHealthy = await fetch(`${address}/health`).then(
      (response) => response.ok,
      () => false,
    );
    if (isHealthy) return;
    await wait(50);
  }
  child.kill('SIGKILL');
  throw new Error(`llama-server did not start (exit code ${child.exitCode})`);
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
