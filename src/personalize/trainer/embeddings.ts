import { readSync } from 'node:fs';
import type { TensorPlace } from '../../formats/gguf/ggufTensors.ts';
import { floatsOf } from './arena.ts';
import { Graph } from './graph.ts';
import type { Host } from './host.ts';
import { tensorType } from './tensor.ts';

/**
 * The tokens' rows of the embedding table, (T, d), read from the model file: the table is large and each step needs a
 * few hundred rows of it, which the system keeps in its page cache.
 */
export async function embeddingsOf(
  host: Host,
  file: number,
  table: TensorPlace,
  tokens: Int32Array,
): Promise<Float32Array> {
  const { device, arena, scratch } = host;
  const [width = 0] = table.shape;
  const rowBytes = device.ggml.ggml_row_size(table.type, width);
  const bytes = new Uint8Array(rowBytes * tokens.length);
  for (const [row, token] of tokens.entries())
    readSync(file, bytes, row * rowBytes, rowBytes, table.offset + token * rowBytes);
  if (table.type === tensorType.f32) return new Float32Array(bytes.buffer);
  arena.reset(bytes.length + 4 * width * tokens.length + 4096);
  const stored = arena.tensor(table.type, width, tokens.length);
  device.ggml.ggml_backend_tensor_set(stored.handle, bytes, 0, bytes.length);
  using graph = new Graph(device);
  const rows = arena.keep(graph.demand(graph.cast(stored, tensorType.f32)));
  await graph.run(scratch);
  return floatsOf(device, rows);
}
