import type { BufferType, Device } from './device.ts';
import type { Pointer } from './ggml.ts';
import { contiguous } from './graph.ts';
import { shapeOf, type Tensor, tensorType } from './tensor.ts';

/** GGML_BACKEND_BUFFER_USAGE_WEIGHTS. */
const weightsUsage = 1;
/** Products are tried with so many tokens. */
const trialTokens = 64;

/** Memory for a model's weights: one buffer per tensor, in the kind of memory that suits it. */
export class WeightMemory implements Disposable {
  readonly #device: Device;
  readonly #contexts: Pointer[] = [];
  readonly #buffers: Pointer[] = [];
  readonly #quickest = new Map<string, BufferType>();
  #bytes = 0;

  constructor(device: Device) {
    this.#device = device;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Copies a tensor into memory. */
  put(type: number, side: number, rows: number, bytes: Uint8Array, memory = this.#device.memory): Tensor {
    const { ggml } = this.#device;
    const context = ggml.newContext(ggml.ggml_tensor_overhead() * 2);
    this.#contexts.push(context);
    const handle = ggml.ggml_new_tensor_4d(context, type, side, rows, 1, 1);
    const buffer = ggml.ggml_backend_alloc_ctx_tensors_from_buft(context, memory.handle);
    if (handle === null || buffer === null)
      throw new Error(`${this.#device.name} has no memory left for ${Math.ceil(bytes.length / 1e6)} MB of weights.`);
    this.#buffers.push(buffer);
    this.#bytes += ggml.ggml_backend_buffer_get_size(buffer);
    ggml.ggml_backend_buffer_set_usage(buffer, weightsUsage);
    ggml.ggml_backend_tensor_set(handle, bytes, 0, bytes.length);
    return contiguous(handle, type, shapeOf(side, rows), ggml.ggml_row_size(type, side));
  }

  /** Where products with such a matrix are quickest: in rearranged memory, if it takes the type and the shape. */
  quickest(type: number, side: number, rows: number): BufferType {
    const key = `${type} ${side} ${rows}`;
    const known = this.#quickest.get(key);
    if (known !== undefined) return known;
    const chosen = this.#device.weightMemories.find((memory) => this.#takes(memory, type, side, rows));
    const memory = chosen ?? this.#device.memory;
    this.#quickest.set(key, memory);
    return memory;
  }

  [Symbol.dispose](): void {
    const { ggml } = this.#device;
    for (const buffer of this.#buffers) ggml.ggml_backend_buffer_free(buffer);
    for (const context of this.#contexts) ggml.ggml_free(context);
  }

  #takes(memory: BufferType, type: number, side: number, rows: number): boolean {
    const { ggml, handle: device } = this.#device;
    const context = ggml.newContext(ggml.ggml_tensor_overhead() * 4);
    const weights = ggml.ggml_new_tensor_4d(context, type, side, rows, 1, 1);
    const buffer = ggml.ggml_backend_alloc_ctx_tensors_from_buft(context, memory.handle);
    const tokens = ggml.ggml_new_tensor_4d(context, tensorType.f32, side, trialTokens, 1, 1);
    const product = buffer === null ? null : ggml.ggml_mul_mat(context, weights, tokens);
    const takes = product !== null && ggml.ggml_backend_dev_supports_op(device, product);
    if (buffer !== null) ggml.ggml_backend_buffer_free(buffer);
    ggml.ggml_free(context);
    return takes;
  }
}
