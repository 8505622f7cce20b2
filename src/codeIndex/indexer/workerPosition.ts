const batchAt = 0;
const indexAt = 1;
const stepAt = 2;

/** Where a worker is: written by it, read by the main thread when it has died or does not go on. Costs no message. */
export class WorkerPosition {
  readonly memory: SharedArrayBuffer;
  readonly #cells: Int32Array;

  constructor(memory = new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT)) {
    this.memory = memory;
    this.#cells = new Int32Array(memory);
  }

  /** The worker begins with a file. */
  enter(batch: number, index: number): void {
    this.#set(batch, index);
  }

  /** The worker has nothing to do. */
  rest(): void {
    this.#set(0, 0);
  }

  /** The file the worker is at. */
  get file(): { readonly batch: number; readonly index: number } | undefined {
    const batch = Atomics.load(this.#cells, batchAt);
    return batch === 0 ? undefined : { batch, index: Atomics.load(this.#cells, indexAt) };
  }

  /** Another number after each step. */
  get step(): number {
    return Atomics.load(this.#cells, stepAt);
  }

  #set(batch: number, index: number): void {
    Atomics.store(this.#cells, batchAt, batch);
    Atomics.store(this.#cells, indexAt, index);
    Atomics.add(this.#cells, stepAt, 1);
  }
}
