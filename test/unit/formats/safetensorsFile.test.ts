import assert from 'node:assert/strict';
import { open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { normOf } from '../../../src/formats/floats.ts';
import { TensorFileFault } from '../../../src/formats/safetensors.ts';
import { openSafetensors, writeSafetensors } from '../../../src/formats/safetensorsFile.ts';
import { temporaryFolder } from '../inference/models/temporaryFolder.ts';
import { claim, safetensorsFile } from './safetensorsBytes.ts';

const megabyte = 2 ** 20;
const eight = Buffer.alloc(8);

describe('a safetensors file', () => {
  const folder = temporaryFolder();
  const path = () => join(folder(), 'x.safetensors');

  /** All that a file holds, read as whoever gets it from somewhere would. */
  async function readAll(bytes?: Buffer) {
    if (bytes) await writeFile(path(), bytes);
    await using file = await open(path());
    const { size } = await file.stat();
    const { metadata, tensors, floats } = await openSafetensors(file, size);
    const claimed = [...tensors.values()].reduce((sum, { start, end }) => sum + end - start, 0);
    assert.ok(claimed <= size, 'nothing can be asked for that is not in the file');
    const values = new Map<string, Float32Array>();
    for (const name of tensors.keys()) values.set(name, await floats(name));
    return { metadata, tensors, values };
  }

  const anyTensor = fc
    .tuple(fc.array(fc.nat(5), { maxLength: 3 }), fc.float32Array({ minLength: 1, maxLength: 9 }))
    .map(([shape, some]) => {
      const count = shape.reduce((product, length) => product * length, 1);
      return { shape, values: Float32Array.from({ length: count }, (_, at) => some[at % some.length] ?? 0) };
    });
  const anyName = fc.string({ unit: 'grapheme' }).filter((name) => name !== '__metadata__');

  it('comes back as it was written', () =>
    fc.assert(
      fc.asyncProperty(
        fc.dictionary(anyName, anyTensor, { noNullPrototype: true }),
        fc.dictionary(anyName, anyName, { noNullPrototype: true }),
        async (record, metadata) => {
          const tensors = Object.entries(record).map(([name, tensor]) => ({ name, ...tensor }));
          await writeSafetensors(path(), tensors, metadata);
          const read = await readAll();
          assert.deepEqual({ ...read.metadata }, { ...metadata });
          assert.deepEqual(
            [...read.tensors].map(([name, { shape }]) => ({ name, shape, values: read.values.get(name) })),
            tensors,
          );
        },
      ),
      { numRuns: 60 },
    ));

  it('begins its numbers at a multiple of eight', async () => {
    await writeSafetensors(path(), [{ name: 'odd', shape: [1], values: Float32Array.of(1) }]);
    const bytes = await readFile(path());
    assert.equal(Number(bytes.readBigUInt64LE()) % 8, 0);
    assert.equal(bytes.readFloatLE(bytes.length - 4), 1);
  });

  it('may store its numbers as 16 and 64-bit floats', async () => {
    const header = {
      half: { dtype: 'F16', shape: [1], data_offsets: [0, 2] },
      brain: { dtype: 'BF16', shape: [1], data_offsets: [2, 4] },
      double: { dtype: 'F64', shape: [1], data_offsets: [4, 12] },
    };
    const { values } = await readAll(safetensorsFile(header, Buffer.from('003c803f0000000000000440', 'hex')));
    assert.deepEqual(
      [...values.values()].flatMap((each) => [...each]),
      [1, 1, 2.5],
    );
  });

  const faults: readonly (readonly [what: string, file: Buffer, message: RegExp])[] = [
    ['nothing', Buffer.alloc(0), /ends inside its header/],
    ['seven bytes', Buffer.alloc(7), /ends inside its header/],
    ['a gigantic header', Buffer.from('ffffffffffffff7f7b7d', 'hex'), /no header/],
    ['a header above the limit', safetensorsFile(`{}${' '.repeat(megabyte)}`, eight), /no header/],
    ['a header longer than the file', safetensorsFile('{}', eight).fill(99, 0, 1), /ends inside its header/],
    ['a header that is an array', safetensorsFile('[]', eight), /no header/],
    ['a header that nests', safetensorsFile(`{"a":${'['.repeat(megabyte - 9)}`, eight), /no header/],
    ['a header that ends', safetensorsFile('{"a":', eight), /no header/],
    ['a tensor twice', safetensorsFile(`{"a":${json(0, 8)},"a":${json(0, 8)}}`, eight), /"a" occurs twice/],
    ['an escaped tensor twice', safetensorsFile(`{"a":${json(0, 8)},"\\u0061":${json(0, 8)}}`, eight), /"a" occurs tw/],
    ['metadata that are no texts', safetensorsFile({ __metadata__: { a: 1 }, a: claim(0, 8) }, eight), /not texts/],
    ['a claim that is no object', safetensorsFile({ a: 8 }, eight), /does not describe/],
    ['no shape', safetensorsFile({ a: { dtype: 'F32', data_offsets: [0, 8] } }, eight), /does not describe/],
    ['three offsets', safetensorsFile({ a: claim(0, 8, { data_offsets: [0, 4, 8] }) }, eight), /does not describe/],
    ['a negative offset', safetensorsFile({ a: claim(-8, 0) }, eight), /does not describe/],
    ['a negative length', safetensorsFile({ a: claim(0, 8, { shape: [-1, -2] }) }, eight), /does not describe/],
    ['a broken length', safetensorsFile({ a: claim(0, 8, { shape: [0.5, 4] }) }, eight), /does not describe/],
    ['a length that is a text', safetensorsFile({ a: claim(0, 8, { shape: ['2'] }) }, eight), /does not describe/],
    ['an end before its start', safetensorsFile({ a: claim(8, 0, { shape: [] }) }, eight), /not as long/],
    [
      'a shape that overflows',
      safetensorsFile({ a: claim(0, 8, { shape: [2 ** 50, 2 ** 50] }) }, eight),
      /not as long/,
    ],
    [
      'an infinite shape',
      safetensorsFile({ a: claim(0, 8, { shape: Array(99).fill(2 ** 50) }) }, eight),
      /not as long/,
    ],
    ['an unknown type', safetensorsFile({ a: claim(0, 8, { dtype: 'toString' }) }, eight), /unknown type/],
    ['a tensor behind the end', safetensorsFile({ a: claim(0, 12) }, eight), /4 bytes early/],
    ['2^50 bytes', safetensorsFile({ a: claim(0, 2 ** 50) }, eight), /bytes early/],
    ['overlapping tensors', safetensorsFile({ a: claim(0, 8), b: claim(4, 8) }, eight), /"b" overlaps/],
    ['the same place twice', safetensorsFile({ a: claim(0, 8), b: claim(0, 8) }, eight), /overlaps/],
    ['a gap', safetensorsFile({ a: claim(0, 4), b: claim(8, 12) }, Buffer.alloc(12)), /no tensor before "b"/],
    ['bytes after the end', safetensorsFile({ a: claim(0, 4) }, eight), /no tensor at its end/],
    ['whole numbers', safetensorsFile({ a: claim(0, 8, { dtype: 'I32' }) }, eight), /no tensor "a" of 16, 32/],
  ];
  for (const [what, bytes, message] of faults)
    it(`is refused with ${what}`, async () => {
      await assert.rejects(readAll(bytes), (cause) => cause instanceof TensorFileFault && message.test(cause.message));
    });

  it('keeps control characters of names out of messages', async () => {
    const name = '\u001b[31m\n\u202e';
    await assert.rejects(
      readAll(safetensorsFile({ [name]: claim(0, 12) }, Buffer.alloc(16))),
      (cause) => cause instanceof TensorFileFault && !/[^\x20-\x7e]/.test(cause.message),
    );
  });

  it('is read or refused whatever bytes of it are changed', async () => {
    const good = safetensorsFile(
      { __metadata__: { format: 'pt' }, a: claim(0, 48, { shape: [4, 3] }), b: claim(48, 56, { shape: [2] }) },
      Buffer.alloc(56, 1),
    );
    const change = fc.record({ at: fc.nat(good.length - 1), by: fc.integer({ min: 1, max: 255 }) });
    const before = process.memoryUsage().arrayBuffers;
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        const bytes = Buffer.from(good);
        for (const { at, by } of changes) bytes[at] = (bytes[at] ?? 0) ^ by;
        try {
          const { values } = await readAll(bytes);
          for (const each of values.values()) normOf(each);
        } catch (cause) {
          refused++;
          assert.ok(cause instanceof TensorFileFault, String(cause));
        }
      }),
      { numRuns: 300 },
    );
    assert.ok(refused > 50, `${refused} were refused`);
    assert.ok(process.memoryUsage().arrayBuffers - before < 50 * megabyte);
  });
});

function json(start: number, end: number): string {
  return JSON.stringify(claim(start, end));
}
