import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './freePort.ts';
import { llamaServerPath, whyNoLlamaServer } from '../tools/llamaServer/setup.mjs';

const starter = join(import.meta.dirname, '..', 'models', 'starter.gguf');
const startTimeoutMs = 60_000;

/** To be called by `before`: where there can be no llama-server, its tests are left out, and the report says why. */
export function needLlamaServer(this: Mocha.Context): void {
  const why = whyNoLlamaServer();
  if (why === undefined) return;
  console.log(`    left out: ${why}`);
  this.skip();
}

/** A real llama-server with a real model: the starter, which says nothing of sense, and always the same at temperature 0. */
export class LlamaServer implements AsyncDisposable {
  readonly url: string;
  readonly port: number;
  readonly #child: ChildProcess;
  readonly #said: string[] = [];

  private constructor(program: string, port: number, args: readonly string[]) {
    const common = ['--model', starter, '--host', '127.0.0.1', '--port', String(port), '--offline', '--threads', '1'];
    this.port = port;
    this.url = `http://127.0.0.1:${port}`;
    this.#child = spawn(program, [...common, '--chat-template', 'chatml', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.on('data', (text) => this.#said.push(String(text)));
  }

  /** With one slot of `contextSize` tokens, and whatever else `args` says. */
  static async start(
    options: { contextSize?: number; args?: readonly string[]; port?: number } = {},
  ): Promise<LlamaServer> {
    const { contextSize = 512, args = [], port = await freePort() } = options;
    const slots = ['--ctx-size', String(contextSize), '--parallel', '1'];
    const server = new LlamaServer(llamaServerPath(), port, [...slots, ...args]);
    await server.#healthy();
    return server;
  }

  /** What it wrote, for failures. */
  get log(): string {
    return this.#said.join('');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill('SIGKILL');
    await ended;
  }

  async #healthy(): Promise<void> {
    for (const deadline = Date.now() + startTimeoutMs; Date.now() < deadline; await delay(50)) {
      if (this.#child.exitCode !== null) break;
      if (
        await fetch(`${this.url}/health`).then(
          ({ ok }) => ok,
          () => false,
        )
      )
        return;
    }
    this.#child.kill('SIGKILL');
    throw new Error(`llama-server did not start:\n${this.log.slice(-4_000)}`);
  }
}
