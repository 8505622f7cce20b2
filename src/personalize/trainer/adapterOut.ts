import { writeLoraGguf } from '../../formats/gguf/loraGguf.ts';
import type { LoraPlace } from './lora.ts';
import { type LoraShape, scaleOf } from './loraParameters.ts';

/** Writes parameters as an adapter that llama.cpp loads; crash-safe. */
export async function writeAdapter(
  path: string,
  architecture: string,
  shape: LoraShape,
  places: ReadonlyMap<string, LoraPlace>,
  parameters: Float32Array,
): Promise<void> {
  const { rank } = shape;
  const modules = new Map(
    [...places].map(([name, { inputs, outputs, a, b }]) => [
      name,
      {
        rank,
        inputs,
        outputs,
        a: parameters.slice(a, a + rank * inputs),
        b: turned(parameters.subarray(b, b + rank * outputs), rank, outputs),
      },
    ]),
  );
  // llama.cpp scales by alpha / rank, whatever we trained with.
  await writeLoraGguf(path, { architecture, alpha: scaleOf(shape) * rank, modules });
}

/** (rows, columns) -> (columns, rows) */
export function turned(values: Float32Array, rows: number, columns: number): Float32Array {
  const result = new Float32Array(values.length);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) result[column * rows + row] = values[row * columns + column] ?? 0;
  return result;
}
