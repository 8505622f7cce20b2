import { Graph } from './graph.ts';
import type { Host } from './host.ts';
import { tensorType } from './tensor.ts';

/** A matrix as it lies in a model file: `outputs` rows of `inputs` numbers. */
export interface StoredMatrix {
  readonly type: number;
  readonly inputs: number;
  readonly outputs: number;
  readonly bytes: Uint8Array;
}

/** What one turn of the loop works on: some 8 MB of floats, whatever the matrix's size. */
const blockElements = 2 ** 21;

/**
 * W^T: `inputs` rows of `outputs` numbers. F32 stays F32, all else becomes Q8_0, or F16 where a row does not fill
 * blocks of 32.
 *
 * @param host a CPU
 */
export async function transposed(
  host: Host,
  matrix: StoredMatrix,
): Promise<{ readonly type: number; readonly bytes: Uint8Array }> {
  const { device, arena, scratch } = host;
  const { type, inputs, outputs, bytes } = matrix;
  const target = type === tensorType.f32 ? type : outputs % 32 === 0 ? tensorType.q8_0 : tensorType.f16;
  const sourceRow = device.ggml.ggml_row_size(type, inputs);
  const targetRow = device.ggml.ggml_row_size(target, outputs);
  const result = new Uint8Array(targetRow * inputs);
  const step = Math.max(32, Math.floor(blockElements / inputs / 32) * 32);
  for (let first = 0; first < outputs; first += step) {
    const count = Math.min(step, outputs - first);
    const pieceRow = device.ggml.ggml_row_size(target, count);
    arena.reset(sourceRow * count + pieceRow * inputs + 4096);
    const source = arena.tensor(type, inputs, count);
    device.ggml.ggml_backend_tensor_set(source.handle, bytes.subarray(first * sourceRow), 0, sourceRow * count);
    using graph = new Graph(device);
    const floats = type === tensorType.f32 ? source : graph.cast(source, tensorType.f32);
    // ggml casts only what has no gaps.
    const turned = graph.cont(graph.transpose(floats));
    const piece = arena.keep(graph.demand(target === tensorType.f32 ? turned : graph.cast(turned, target)));
    await graph.run(scratch);
    const pieceBytes = new Uint8Array(pieceRow * inputs);
    device.ggml.ggml_backend_tensor_get(piece.handle, pieceBytes, 0, pieceBytes.length);
    const offset = device.ggml.ggml_row_size(target, first);
    for (let row = 0; row < inputs; row++)
      result.set(pieceBytes.subarray(row * pieceRow, (row + 1) * pieceRow), row * targetRow + offset);
  }
  return { type: target, bytes: result };
}
