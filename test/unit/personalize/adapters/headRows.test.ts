import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { interleaveHeads, separateHeads } from '../../../../src/personalize/adapters/headRows.ts';

const anyRows = fc
  .record({
    heads: fc.integer({ min: 1, max: 5 }),
    half: fc.integer({ min: 1, max: 6 }),
    columns: fc.integer({ min: 1, max: 4 }),
  })
  .map((shape) => ({
    ...shape,
    rows: Float32Array.from({ length: shape.heads * 2 * shape.half * shape.columns }, (_, at) => at),
  }));

describe('rows of attention heads', () => {
  it('come back when they go to llama.cpp and back', () =>
    fc.assert(
      fc.property(anyRows, ({ rows, columns, heads }) => {
        assert.deepEqual(separateHeads(interleaveHeads(rows, columns, heads), columns, heads), rows);
        assert.deepEqual(interleaveHeads(separateHeads(rows, columns, heads), columns, heads), rows);
      }),
    ));

  it('go where the reshapes of the Python source put them', () =>
    fc.assert(
      fc.property(anyRows, ({ rows, columns, heads, half }) => {
        // weights.reshape(heads, 2, half, columns).swapaxes(1, 2).reshape(...): [h][p][j][c] becomes [h][j][p][c].
        const expected = new Float32Array(rows.length);
        for (let h = 0; h < heads; h++)
          for (let p = 0; p < 2; p++)
            for (let j = 0; j < half; j++)
              for (let c = 0; c < columns; c++)
                expected[((h * half + j) * 2 + p) * columns + c] = rows[((h * 2 + p) * half + j) * columns + c] ?? -1;
        assert.deepEqual(interleaveHeads(rows, columns, heads), expected);
      }),
    ));

  it('are known by their order: 0 1 2 | 3 4 5 becomes 0 3 1 4 2 5', () =>
    assert.deepEqual([...interleaveHeads(Float32Array.of(0, 1, 2, 3, 4, 5), 1, 1)], [0, 3, 1, 4, 2, 5]));

  it('are refused when they are no whole heads', () => {
    assert.throws(() => interleaveHeads(new Float32Array(6), 1, 2), RangeError);
    assert.throws(() => separateHeads(new Float32Array(8), 1, 3), RangeError);
  });
});
