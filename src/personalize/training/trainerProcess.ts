import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { childEnvironment } from '../../base/childEnvironment.ts';
import type { Logger } from '../../base/logger.ts';
import type { Control, EstimateOrder, TrainerMessage, TrainOrder } from '../trainer/trainerProtocol.ts';

export interface TrainerProcessOptions {
  /** `dist/trainer.js`, or the trainer's `main.ts` where Node runs TypeScript. */
  readonly entry: string;
  readonly order: TrainOrder | EstimateOrder;
  readonly onMessage: (message: TrainerMessage) => void;
  readonly log: Logger;
}

/** The last thing that a trainer said, or how it ended without a word. */
export type TrainerEnd =
  | Extract<TrainerMessage, { readonly kind: 'done' | 'failed' | 'cancelled' | 'estimate' }>
  | { readonly kind: 'died'; readonly how: string };

/** A trainer at work. It ends with this process, whatever happens to it. */
export interface TrainerProcess extends AsyncDisposable {
  readonly pid: number | undefined;
  readonly ended: Promise<TrainerEnd>;
  control(what: Control['control']): void;
}

const maxLogCharacters = 100_000;

export function startTrainer({ entry, order, onMessage, log }: TrainerProcessOptions): TrainerProcess {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', entry], {
    stdio: ['pipe', 'pipe', 'pipe'],
    // Each lane computes on a thread of this pool; two more read files.
    env: { ...childEnvironment(process.env), UV_THREADPOOL_SIZE: String(order.cores + 2) },
  });
  let last: TrainerEnd | undefined;
  createInterface({ input: child.stdout }).on('line', (line) => {
    const message: TrainerMessage = JSON.parse(line);
    if (isEnd(message)) last = message;
    onMessage(message);
  });
  logOutput(child, log);
  // What is written to a trainer that has just died goes nowhere, and its end is told by `ended`.
  child.stdin.on('error', () => {});
  child.stdin.write(`${JSON.stringify(order)}\n`);
  const ended = new Promise<TrainerEnd>((resolve) => {
    child.once('error', (cause) => resolve({ kind: 'died', how: cause.message }));
    // `close` comes after the last line of its output.
    child.once('close', (code, signal) => resolve(last ?? { kind: 'died', how: signal ?? `exit code ${code}` }));
  });
  return {
    pid: child.pid,
    ended,
    control: (what) => void child.stdin.write(`${JSON.stringify({ control: what } satisfies Control)}\n`),
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

function isEnd(message: TrainerMessage): message is Exclude<TrainerEnd, { kind: 'died' }> {
  return ['done', 'failed', 'cancelled', 'estimate'].includes(message.kind);
}

function logOutput(child: ChildProcess, log: Logger): void {
  let characters = 0;
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    characters += text.length;
    if (characters <= maxLogCharacters) log.info(`trainer: ${text.trimEnd()}`);
  });
}
