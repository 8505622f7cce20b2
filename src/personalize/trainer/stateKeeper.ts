import { join } from 'node:path';
import { readState, type TrainingState, writeState } from './trainingState.ts';

/** A killed training loses no more than this, or fifty times what writing takes, whichever is longer. */
const leastPauseMs = 20_000;
const writeShare = 50;

/** Writes a training's state now and then, so that it goes on where it was killed. */
export class StateKeeper {
  readonly #path: string;
  readonly #identity: string;
  #nextMs = performance.now() + leastPauseMs;

  /** @param identity of samples and options: what was written for others is not gone on with */
  constructor(folder: string, identity: string) {
    this.#path = join(folder, 'state.safetensors');
    this.#identity = identity;
  }

  read(): Promise<TrainingState | undefined> {
    return readState(this.#path, this.#identity);
  }

  async keepSometimes(state: TrainingState): Promise<void> {
    if (performance.now() >= this.#nextMs) await this.keep(state);
  }

  async keep(state: TrainingState): Promise<void> {
    const startMs = performance.now();
    await writeState(this.#path, this.#identity, state);
    const endMs = performance.now();
    this.#nextMs = endMs + Math.max(leastPauseMs, writeShare * (endMs - startMs));
  }
}
