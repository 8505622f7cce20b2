import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { silentLogger } from '../../../../src/base/logger.ts';
import type { GenerateChunk, GenerateRequest, GenerateStats } from '../../../../src/inference/generate.ts';
import type { ModelFile, RunnerOptions } from '../../../../src/inference/host/hostStarter.ts';
import { createModelRunner, type ModelRunner } from '../../../../src/inference/host/modelRunner.ts';

export const entry = resolve('src/inference/modelHost.ts');
export const starter: ModelFile = {
  id: 'starter',
  name: 'Starter',
  path: resolve('models/starter.gguf'),
  chats: false,
};
export const endMarker = '<|endoftext|>';
export const qwenMarkers = ['<|fim_prefix|>', '<|fim_suffix|>', '<|fim_middle|>'];

/** Runners, their hosts and their files, all gone after `clean`. */
export class Hosts {
  readonly folders: string[] = [];
  readonly #runners: ModelRunner[] = [];
  readonly #pids = new Set<number>();

  async folder(): Promise<string> {
    const path = await mkdtemp(join(tmpdir(), 'hearth-host-'));
    this.folders.push(path);
    return path;
  }

  runner(dataFolder: string, options: Partial<RunnerOptions> = {}): ModelRunner {
    const runner = createModelRunner({
      entry,
      dataFolder,
      gpu: 'off',
      threads: 1,
      fimFormats: [
        { name: 'other', markers: ['<no_such_token>'] },
        { name: 'qwen', markers: qwenMarkers, end: endMarker },
      ],
      log: silentLogger,
      lingerMs: 50,
      ...options,
    });
    runner.onState.on(() => {
      if (runner.hostPid !== undefined) this.#pids.add(runner.hostPid);
    });
    this.#runners.push(runner);
    return runner;
  }

  async clean(): Promise<void> {
    for (const runner of this.#runners.splice(0)) await runner[Symbol.asyncDispose]();
    await Promise.all([...this.#pids].map((pid) => until(() => !isAlive(pid), 'the hosts left')));
    for (const folder of this.folders.splice(0)) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

export interface Answer {
  readonly text: string;
  readonly chunks: readonly GenerateChunk[];
  readonly stats: GenerateStats;
}

/** A fill-in-the-middle request to the starter, with the parts that a test does not care for filled in. */
export function request(parts: Partial<GenerateRequest> & { prefix?: string; suffix?: string } = {}): GenerateRequest {
  const { prefix = 'def add(a, b):\n', suffix = '\n\nprint(add(1, 2))\n', ...rest } = parts;
  const [before = '', after = '', middle = ''] = qwenMarkers;
  return {
    prompt: [{ control: before }, { text: prefix }, { control: after }, { text: suffix }, { control: middle }],
    typed: '',
    maxTokens: 12,
    stop: [],
    temperature: 0,
    priority: 'typing',
    ...rest,
  };
}

export async function answer(
  runner: ModelRunner,
  asked: GenerateRequest,
  signal: AbortSignal = new AbortController().signal,
): Promise<Answer> {
  const chunks: GenerateChunk[] = [];
  const generation = runner.generate(asked, signal);
  for (;;) {
    const next = await generation.next();
    if (next.done) return { text: chunks.map(({ text }) => text).join(''), chunks, stats: next.value };
    chunks.push(next.value);
  }
}

export async function until(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const deadlineMs = performance.now() + 15_000;
  while (!(await condition())) {
    if (performance.now() > deadlineMs) throw new Error(`Waited in vain until ${what}.`);
    await sleep(5);
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
