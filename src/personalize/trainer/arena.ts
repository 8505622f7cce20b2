import type { Device } from './device.ts';
import type { Pointer } from './ggml.ts';
import { contiguous } from './graph.ts';
import { type Shape, shapeOf, type Tensor, tensorType } from './tensor.ts';

const maxTensors = 4_096;

/**
 * Memory for what one graph leaves to another: inputs, and results that the backward pass needs. Handed out from the
 * beginning to the end, and taken back all at once.
 */
export class Arena implements Disposable {
  readonly #device: Device;
  readonly #alignment: number;
  #buffer: Pointer | undefined;
  #bytes = 0;
  #base = 0n;
  #used = 0;
  #context: Pointer;

  constructor(device: Device) {
    this.#device = device;
    this.#alignment = device.ggml.ggml_backend_buft_get_alignment(device.memory.handle);
    this.#context = this.#newContext();
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Forgets everything handed out and makes sure that `bytes` can be handed out again. */
  reset(bytes: number): void {
    const { ggml } = this.#device;
    ggml.ggml_free(this.#context);
    this.#context = this.#newContext();
    this.#used = 0;
    if (bytes <= this.#bytes) return;
    if (this.#buffer !== undefined) ggml.ggml_backend_buffer_free(this.#buffer);
    const buffer = ggml.ggml_backend_buft_alloc_buffer(this.#device.memory.handle, bytes);
    if (buffer === null) throw new Error(`${this.#device.name} has no ${Math.ceil(bytes / 1e6)} MB of memory left.`);
    this.#buffer = buffer;
    this.#bytes = bytes;
    this.#base = ggml.ggml_backend_buffer_get_base(buffer) ?? 0n;
  }

  /** A tensor of its own. */
  tensor(type: number, side: number, rows = 1): Tensor {
    const tensor = this.#leaf(type, shapeOf(side, rows));
    this.#put(tensor, this.#take(this.#device.ggml.ggml_nbytes(tensor.handle)));
    return tensor;
  }

  /** Has a graph write this result here; returns it as later graphs see it, without what it was computed from. */
  keep(result: Tensor): Tensor {
    const at = this.#take(this.#device.ggml.ggml_nbytes(result.handle));
    this.#put(result, at);
    const leaf = this.#leaf(result.type, result.shape);
    this.#put(leaf, at);
    return leaf;
  }

  [Symbol.dispose](): void {
    const { ggml } = this.#device;
    ggml.ggml_free(this.#context);
    if (this.#buffer !== undefined) ggml.ggml_backend_buffer_free(this.#buffer);
  }

  #newContext(): Pointer {
    const { ggml } = this.#device;
    return ggml.newContext(ggml.ggml_tensor_overhead() * maxTensors);
  }

  #leaf(type: number, shape: Shape): Tensor {
    const handle = this.#device.ggml.ggml_new_tensor_4d(this.#context, type, ...shape, 1);
    if (handle === null) throw new Error('ggml has no memory left for a tensor.');
    return contiguous(handle, type, shape);
  }

  #take(bytes: number): number {
    const at = Math.ceil(this.#used / this.#alignment) * this.#alignment;
    this.#used = at + bytes;
    if (this.#used > this.#bytes) throw new Error(`The arena holds ${this.#bytes} bytes; ${this.#used} are needed.`);
    return at;
  }

  #put(tensor: Tensor, at: number): void {
    if (this.#buffer === undefined) throw new Error('The arena has no memory yet.');
    this.#device.ggml.ggml_backend_tensor_alloc(this.#buffer, tensor.handle, this.#base + BigInt(at));
  }
}

export function setTensor(device: Device, tensor: Tensor, values: Float32Array | Int32Array | Uint16Array): void {
  device.ggml.ggml_backend_tensor_set(tensor.handle, values, 0, values.byteLength);
}

/** All numbers of a tensor without gaps. */
export function floatsOf(device: Device, tensor: Tensor): Float32Array {
  if (tensor.type !== tensorType.f32) throw new Error('Only F32 can be read.');
  const [side, rows, matrices] = tensor.shape;
  const values = new Float32Array(side * rows * matrices);
  device.ggml.ggml_backend_tensor_get(tensor.handle, values, 0, values.byteLength);
  return values;
}
