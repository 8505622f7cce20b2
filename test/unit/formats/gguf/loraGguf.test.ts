import assert from 'node:assert/strict';
import { readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { HeaderFault } from '../../../../src/formats/gguf/headerReader.ts';
import { type LoraAdapter, rankOf, readLoraGguf, writeLoraGguf } from '../../../../src/formats/gguf/loraGguf.ts';
import { ggufFile, pair, type Tensor, textPair, uint32, uint32Pair } from '../../inference/models/ggufBytes.ts';
import { temporaryFolder } from '../../inference/models/temporaryFolder.ts';

const adapterPairs = [
  textPair('general.type', 'adapter'),
  textPair('general.architecture', 'qwen3'),
  textPair('adapter.type', 'lora'),
  pair('adapter.lora.alpha', 6, float(8)),
];
/** The pairs of a right adapter, one of them other. */
const pairsWith = (at: number, other: Buffer) => adapterPairs.with(at, other);
const half = (name: string, dimensions: readonly number[], offset: number, type = 0): Tensor => ({
  name,
  dimensions,
  type,
  offset,
});
const halfA = half('w.lora_a', [8, 1], 0);
const twoHalves = [halfA, half('w.lora_b', [1, 8], 32)];

describe('a LoRA adapter as a GGUF file', () => {
  const folder = temporaryFolder();
  const path = () => join(folder(), 'adapter.gguf');

  const anyModule = fc
    .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), fc.float())
    .map(([rank, inputs, outputs, first]) => ({
      rank,
      inputs,
      outputs,
      a: Float32Array.from({ length: rank * inputs }, (_, at) => first * at),
      b: Float32Array.from({ length: rank * outputs }, (_, at) => first - at),
    }));
  const anyAdapter: fc.Arbitrary<LoraAdapter> = fc.record(
    {
      architecture: fc.constantFrom('llama', 'qwen2', 'qwen3'),
      alpha: fc.float({ min: Math.fround(0.001), max: 1e6, noNaN: true }),
      modules: fc.array(anyModule, { maxLength: 5 }).map((all) => new Map(all.map((each, at) => [`w${at}`, each]))),
    },
    { noNullPrototype: true },
  );

  it('comes back as it was written, with modules of several ranks', () =>
    fc.assert(
      fc.asyncProperty(anyAdapter, async (adapter) => {
        await writeLoraGguf(path(), adapter);
        assert.deepEqual(await readLoraGguf(path()), adapter);
      }),
      { numRuns: 60 },
    ));

  it('is laid out as llama.cpp wants it: A by inputs, B by rank', async () => {
    const a = Float32Array.of(1, 2, 3, 4, 5, 6);
    const b = Float32Array.of(1, 2, 3, 4);
    await writeLoraGguf(path(), {
      architecture: 'qwen3',
      alpha: 4,
      modules: new Map([['w', { rank: 2, inputs: 3, outputs: 2, a, b }]]),
    });
    const expected = ggufFile({
      pairs: pairsWith(3, pair('adapter.lora.alpha', 6, float(4))),
      tensors: [half('w.lora_a', [3, 2], 0), half('w.lora_b', [2, 2], 32)],
    });
    const data = expected.length - 64;
    for (const [at, value] of a.entries()) expected.writeFloatLE(value, data + 4 * at);
    for (const [at, value] of b.entries()) expected.writeFloatLE(value, data + 32 + 4 * at);
    assert.deepEqual(await readFile(path()), expected);
  });

  it('is also read from smaller types', async () => {
    const tensors = [half('w.lora_a', [32, 1], 0, 8), half('w.lora_b', [1, 2], 64, 1)];
    const bytes = ggufFile({ pairs: adapterPairs, tensors, dataBytes: 96 });
    // A scale of 2 and the number 3; a half of 1.
    bytes.set([0x00, 0x40, 3], bytes.length - 96);
    bytes.set([0x00, 0x3c], bytes.length - 32);
    await writeFile(path(), bytes);
    const module = (await readLoraGguf(path())).modules.get('w');
    assert.deepEqual([module?.rank, module?.inputs, module?.outputs], [1, 32, 2]);
    assert.deepEqual([module?.a[0], module?.a[1], module?.b[0], module?.b[1]], [6, 0, 1, 0]);
  });

  it('has the largest rank of its modules', () => {
    const empty = { inputs: 1, outputs: 1, a: new Float32Array(), b: new Float32Array() };
    const modules = new Map([4, 16, 8].map((rank) => [`w${rank}`, { rank, ...empty }]));
    assert.equal(rankOf({ architecture: 'llama', alpha: 1, modules }), 16);
    assert.equal(rankOf({ architecture: 'llama', alpha: 1, modules: new Map() }), 0);
  });

  const faults: readonly (readonly [what: string, file: Buffer, message: RegExp])[] = [
    ['nothing', Buffer.alloc(0), /no GGUF/],
    ['a model', ggufFile(), /alpha is missing|no LoRA/],
    ['another kind of adapter', ggufFile({ pairs: pairsWith(2, textPair('adapter.type', 'x')) }), /no LoRA/],
    ['an alpha of 0', ggufFile({ pairs: pairsWith(3, pair('adapter.lora.alpha', 6, float(0))) }), /alpha is 0/],
    ['an alpha of NaN', ggufFile({ pairs: pairsWith(3, pair('adapter.lora.alpha', 6, float(NaN))) }), /alpha is NaN/],
    ['an alpha that is a text', ggufFile({ pairs: pairsWith(3, textPair('adapter.lora.alpha', '8')) }), /alpha is 8/],
    ['a tensor that is no half', lora([half('w.weight', [8], 0)]), /no part of a LoRA/],
    ['a half alone', lora([halfA]), /only one half/],
    ['ranks that differ', lora([half('w.lora_a', [4, 2], 0), half('w.lora_b', [1, 8], 32)]), /do not fit/],
    ['three dimensions', lora([half('w.lora_a', [4, 1, 2], 0), half('w.lora_b', [1, 8], 32)]), /do not fit/],
    ['whole numbers', lora(twoHalves.map((each) => ({ ...each, type: 26 }))), /stored as I32/],
    ['a tensor twice', lora([halfA, { ...halfA, offset: 32 }]), /occurs twice/],
    ['a cut in its weights', ggufFile({ pairs: adapterPairs, tensors: twoHalves, dataBytes: 63 }), /ends inside/],
  ];
  for (const [what, bytes, message] of faults)
    it(`is refused with ${what}`, async () => {
      await writeFile(path(), bytes);
      await assert.rejects(
        readLoraGguf(path()),
        (cause) => cause instanceof HeaderFault && message.test(cause.message),
      );
    });

  it('is refused when it was cut anywhere', async () => {
    const whole = ggufFile({ pairs: adapterPairs, tensors: twoHalves });
    await writeFile(path(), whole);
    assert.equal((await readLoraGguf(path())).modules.size, 1);
    for (let length = whole.length - 1; length >= 0; length--) {
      await truncate(path(), length);
      await assert.rejects(readLoraGguf(path()), HeaderFault, `cut at ${length}`);
    }
  });

  it('is read or refused whatever bytes of it are changed', async () => {
    const good = ggufFile({ pairs: [...adapterPairs, uint32Pair('general.alignment', 32)], tensors: twoHalves });
    const change = fc.record({ at: fc.nat(good.length - 65), by: fc.integer({ min: 1, max: 255 }) });
    const before = process.memoryUsage().arrayBuffers;
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
        const bytes = Buffer.from(good);
        for (const { at, by } of changes) bytes[at] = (bytes[at] ?? 0) ^ by;
        await writeFile(path(), bytes);
        const read = await readLoraGguf(path()).catch((cause: unknown) => cause);
        if (read instanceof Error) assert.ok(read instanceof HeaderFault, String(read));
      }),
      { numRuns: 300 },
    );
    assert.ok(process.memoryUsage().arrayBuffers - before < 50 * 2 ** 20);
  });

  it('stops when it is told to', async () => {
    await writeFile(path(), ggufFile({ pairs: adapterPairs, tensors: twoHalves }));
    await assert.rejects(readLoraGguf(path(), AbortSignal.abort()), { name: 'AbortError' });
  });
});

function lora(tensors: readonly Tensor[]): Buffer {
  return ggufFile({ pairs: adapterPairs, tensors });
}

function float(value: number): Buffer {
  const bytes = uint32(0);
  bytes.writeFloatLE(value);
  return bytes;
}
