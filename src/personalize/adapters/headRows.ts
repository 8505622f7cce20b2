/**
 * Rotary embedding turns pairs of a head's rows. Hugging Face pairs row j with row j + d/2; llama.cpp's `llama` pairs
 * neighbours, so its q and k have their rows in another order: of each head, row 2j + p there is row p·d/2 + j here.
 * Source: `LlamaModel.permute` in llama.cpp's `conversion/llama.py`. A LoRA's B has the rows of its weight, its A has not.
 *
 * @param rows a matrix, row by row; its row count is a multiple of `2 * heads`
 * @returns Hugging Face's rows in the order of llama.cpp
 */
export function interleaveHeads(rows: Float32Array, columns: number, heads: number): Float32Array {
  return reordered(rows, columns, heads, (half, row) => (row % 2) * half + Math.floor(row / 2));
}

/** The other way round: llama.cpp's rows in the order of Hugging Face. */
export function separateHeads(rows: Float32Array, columns: number, heads: number): Float32Array {
  return reordered(rows, columns, heads, (half, row) => (row % half) * 2 + Math.floor(row / half));
}

/** `source` says which row of a head its new row is. */
function reordered(
  rows: Float32Array,
  columns: number,
  heads: number,
  source: (half: number, row: number) => number,
): Float32Array {
  const headRows = rows.length / columns / heads;
  if (!Number.isInteger(headRows / 2)) throw new RangeError(`${rows.length / columns} rows are no ${heads} heads`);
  const moved = new Float32Array(rows.length);
  for (let head = 0; head < heads; head++)
    for (let row = 0; row < headRows; row++) {
      const from = (head * headRows + source(headRows / 2, row)) * columns;
      moved.set(rows.subarray(from, from + columns), (head * headRows + row) * columns);
    }
  return moved;
}
