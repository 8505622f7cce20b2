import type { BaseModel } from './baseModel.ts';
import { type Device, type DeviceReport, openDevice } from './device.ts';
import type { Ggml } from './ggml.ts';
import type { Lora } from './lora.ts';
import { LoraGradients, LoraParameters, type LoraShape } from './loraParameters.ts';
import type { Lesson } from './objective.ts';
import { Pass } from './pass.ts';
import type { Sequence } from './sequence.ts';

/** A sequence and what it teaches, given how likely its targets are now. */
export interface Task {
  readonly sequence: Sequence;
  readonly lesson: (logs: Float32Array) => Lesson;
}

export interface LanesOptions {
  readonly ggml: Ggml;
  readonly device: DeviceReport;
  readonly model: BaseModel;
  readonly shape: LoraShape;
  /** Adapters that lie below the one that is trained, unchanged. */
  readonly below: readonly Lora[];
  readonly reach: number;
  readonly between: () => Promise<void>;
  /** How many sequences are worked on at once: processor cores, or 1 on a GPU. */
  readonly count: number;
}

interface Lane {
  readonly device: Device;
  readonly gradients: LoraGradients;
  readonly pass: Pass;
}

/**
 * Gradients through which 8-bit products see differences: they keep a 16-bit scale for 32 numbers, in which the small
 * gradients of a likely token would vanish.
 */
const lossScale = 1_024;

/**
 * Several sequences at once, each on one core of its own. Threads that share one product wait for each other at every
 * operation, and on a machine that does something else as well they wait most of the time: the same two cores made 15
 * instead of 100 tokens a second. Sequences share nothing but the weights.
 */
export class Lanes implements Disposable {
  readonly #lanes: readonly Lane[];
  readonly #parameters: LoraParameters;
  readonly #owned = new DisposableStack();

  constructor({ ggml, device: report, model, shape, below, count, ...manner }: LanesOptions) {
    const open = () => this.#owned.use(openDevice(ggml, report, 1));
    const parameters = this.#owned.use(new LoraParameters(open(), model.shape, shape));
    this.#parameters = parameters;
    this.#lanes = Array.from({ length: count }, () => {
      const device = open();
      const gradients = this.#owned.use(new LoraGradients(device, parameters));
      const adapters = [...below, gradients.lora];
      return { device, gradients, pass: this.#owned.use(new Pass(device, { model, adapters, ...manner })) };
    });
  }

  set(parameters: Float32Array): void {
    this.#parameters.set(parameters);
  }

  /** The loss of each task and the gradients of their sum; the same for the same tasks in the same number of lanes. */
  async learn(
    tasks: readonly Task[],
  ): Promise<{ readonly losses: readonly number[]; readonly gradients: Float32Array }> {
    const losses = tasks.map(() => 0);
    await this.#share(
      tasks.map(({ sequence }) => sequence.tokens.length),
      async ({ pass }, at) => {
        const task = tasks[at];
        if (task === undefined) return;
        await pass.learn(task.sequence, (logs) => {
          const { loss, weights } = task.lesson(logs);
          losses[at] = loss;
          return weights.map((weight) => weight * lossScale);
        });
      },
    );
    const sum = new Float32Array(this.#parameters.length);
    for (const { gradients } of this.#lanes) {
      const own = gradients.read();
      for (let at = 0; at < sum.length; at++) sum[at] = (sum[at] ?? 0) + (own[at] ?? 0) / lossScale;
      gradients.clear();
    }
    return { losses, gradients: sum };
  }

  /** Natural logarithm of each target's probability, for each sequence. */
  async score(sequences: readonly Sequence[]): Promise<readonly Float32Array[]> {
    const scores: Float32Array[] = sequences.map(() => new Float32Array());
    await this.#share(
      sequences.map(({ tokens }) => tokens.length),
      async ({ pass }, at) => {
        const sequence = sequences[at];
        if (sequence !== undefined) scores[at] = await pass.score(sequence);
      },
    );
    return scores;
  }

  [Symbol.dispose](): void {
    this.#owned[Symbol.dispose]();
  }

  /** Gives each lane its part of the work, planned ahead: sums depend on who adds up what. */
  async #share(sizes: readonly number[], work: (lane: Lane, at: number) => Promise<void>): Promise<void> {
    const plan = shares(sizes, this.#lanes.length);
    const ended = await Promise.allSettled(
      this.#lanes.map(async (lane, which) => {
        for (const at of plan[which] ?? []) await work(lane, at);
      }),
    );
    // Only now: a graph that still runs must not lose its memory.
    for (const each of ended) if (each.status === 'rejected') throw each.reason;
  }
}

/** Which of the pieces each of `count` workers gets: the largest first, to whoever has least. */
export function shares(sizes: readonly number[], count: number): readonly (readonly number[])[] {
  const plan = Array.from({ length: count }, () => ({ load: 0, pieces: [] as number[] }));
  const largestFirst = [...sizes.keys()].toSorted((a, b) => (sizes[b] ?? 0) - (sizes[a] ?? 0) || a - b);
  for (const at of largestFirst) {
    const least = plan.reduce((best, each) => (each.load < best.load ? each : best));
    least.load += sizes[at] ?? 0;
    least.pieces.push(at);
  }
  return plan.map(({ pieces }) => pieces);
}
