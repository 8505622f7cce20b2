import type { Device } from './device.ts';
import type { Pointer } from './ggml.ts';

/** Memory for what a graph needs while it runs, used again by the next graph. It only grows. */
export class Scratch implements Disposable {
  readonly #device: Device;
  readonly #allocator: Pointer;

  constructor(device: Device) {
    this.#device = device;
    const allocator = device.ggml.ggml_gallocr_new(device.memory.handle);
    if (allocator === null) throw new Error('ggml cannot allocate.');
    this.#allocator = allocator;
  }

  get bytes(): number {
    return this.#device.ggml.ggml_gallocr_get_buffer_size(this.#allocator, 0);
  }

  /** Gives every tensor of the graph its place. */
  place(graph: Pointer): void {
    if (!this.#device.ggml.ggml_gallocr_alloc_graph(this.#allocator, graph))
      throw new Error(`${this.#device.name} has no memory for a graph.`);
  }

  [Symbol.dispose](): void {
    this.#device.ggml.ggml_gallocr_free(this.#allocator);
  }
}
