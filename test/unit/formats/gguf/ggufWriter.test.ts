import assert from 'node:assert/strict';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { float16Bytes, float32Bytes } from '../../../../src/formats/floats.ts';
import { readGgufHeader } from '../../../../src/formats/gguf/ggufHeader.ts';
import { type GgufTensor, type GgufValue, writeGguf } from '../../../../src/formats/gguf/ggufWriter.ts';
import { temporaryFolder } from '../../inference/models/temporaryFolder.ts';

const typeNumbers = { F32: 0, F16: 1 };

describe('writeGguf', () => {
  const folder = temporaryFolder();
  const path = () => join(folder(), 'x.gguf');

  const anyValue: fc.Arbitrary<GgufValue> = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 200 }),
    fc.boolean(),
    fc.record({ uint32: fc.integer({ min: 0, max: 2 ** 32 - 1 }) }),
    fc.record({ float32: fc.float({ noNaN: true }) }),
  );
  const anyTensor: fc.Arbitrary<Omit<GgufTensor, 'name'>> = fc
    .tuple(fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 4 }), fc.constantFrom('F32', 'F16'))
    .map(([shape, type]) => {
      const count = shape.reduce((product, length) => product * length, 1);
      return { shape, type, values: Float32Array.from({ length: count }, (_, at) => at) };
    });

  it('writes what the reader reads', () =>
    fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.string({ minLength: 1, maxLength: 20 }), anyValue, { noNullPrototype: true }),
        fc.array(anyTensor, { maxLength: 6 }),
        async (metadata, unnamed) => {
          const tensors = unnamed.map((tensor, at) => ({ name: `tensor${at}`, ...tensor }));
          await writeGguf(path(), { ...metadata, 'general.alignment': { uint32: 32 } }, tensors);
          const bytes = await readFile(path());
          await using file = await open(path());
          const header = await readGgufHeader(file, bytes.length);
          assert.equal(header?.version, 3);
          for (const [key, value] of Object.entries(metadata))
            assert.equal(header.metadata.values.get(key), plain(value), key);
          assert.equal(header.table.tensors.size, tensors.length);
          for (const { name, shape, type, values } of tensors) {
            const place = header.table.tensors.get(name);
            assert.deepEqual([place?.shape, place?.type], [shape, typeNumbers[type]]);
            const stored = bytes.subarray(place?.offset, (place?.offset ?? 0) + (place?.bytes ?? 0));
            assert.deepEqual(
              new Uint8Array(stored),
              type === 'F32' ? new Uint8Array(float32Bytes(values)) : float16Bytes(values),
            );
          }
        },
      ),
      { numRuns: 80 },
    ));
});

function plain(value: GgufValue): string | number {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return Number(value);
  return 'uint32' in value ? value.uint32 : value.float32;
}
