import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { type LoraAdapter, readLoraGguf } from '../../../../src/formats/gguf/loraGguf.ts';
import { writeSafetensors } from '../../../../src/formats/safetensorsFile.ts';
import { layerModuleOf } from '../../../../src/personalize/adapters/architectures.ts';
import { separateHeads } from '../../../../src/personalize/adapters/headRows.ts';
import { readForeignAdapter } from '../../../../src/personalize/adapters/importAdapter.ts';
import { peftOfAdapter } from '../../../../src/personalize/adapters/peftAdapter.ts';
import { temporaryFolder } from '../../inference/models/temporaryFolder.ts';
import { product, toyAdapter, toyBase, toyModule } from './toyAdapters.ts';

const fixture = (...names: string[]) => join(import.meta.dirname, 'fixtures', ...names);

/** Made by fixtures/make.py. */
describe('an adapter that PEFT saved', () => {
  for (const architecture of ['llama', 'qwen2', 'qwen3']) {
    const base = toyBase(architecture);

    it(`adds to a ${architecture} what PEFT adds`, async () => {
      const { alpha, modules } = await readForeignAdapter([fixture(architecture)], base);
      const products: Record<string, number[]> = JSON.parse(
        readFileSync(fixture(architecture, 'products.json'), 'utf8'),
      );
      let compared = 0;
      for (const [weight, module] of modules) {
        const expected = products[`model.${layerModuleOf(weight)}`];
        if (!expected) continue;
        const x = Float32Array.from({ length: module.inputs }, (_, at) => at + 1);
        let got = product(module, alpha, x);
        // PEFT has the rows of q and k in Hugging Face's order.
        if (architecture === 'llama' && /attn_[qk]/.test(weight))
          got = [...separateHeads(Float32Array.from(got), 1, weight.includes('attn_q') ? 4 : 2)];
        assert.equal(got.length, expected.length, weight);
        // Rounded to five digits behind the point, and 32-bit sums of a few dozen numbers up to 10.
        for (const [at, value] of got.entries()) assert.ok(Math.abs(value - (expected[at] ?? NaN)) < 3e-5, weight);
        compared++;
      }
      assert.equal(compared, Object.keys(products).length);
      assert.ok(compared >= 2);
    });

    it(`becomes what llama.cpp's own script makes of it for a ${architecture}`, async () => {
      const ours = await readForeignAdapter([fixture(architecture)], base);
      const theirs = await readLoraGguf(fixture(architecture, 'converted.gguf'));
      assert.equal(ours.architecture, theirs.architecture);
      assert.deepEqual([...ours.modules.keys()].toSorted(), [...theirs.modules.keys()].toSorted());
      for (const [weight, { a, b, rank }] of ours.modules) {
        // The script leaves rsLoRA and patterns of alpha out.
        const beyond = { 'blk.0.attn_k.weight': 1 / 4, 'blk.1.ffn_down.weight': 6 / 4 }[weight] ?? 1;
        const factor = architecture === 'qwen3' ? beyond : 1;
        assert.deepEqual(
          { a, b, rank },
          {
            a: theirs.modules.get(weight)?.a,
            b: theirs.modules.get(weight)?.b.map((value) => value * factor),
            rank: theirs.modules.get(weight)?.rank,
          },
        );
      }
      if (architecture === 'qwen2') assert.equal(ours.alpha, 16, 'alpha 8 and rsLoRA at rank 4: 8 · √4');
      else assert.equal(ours.alpha, theirs.alpha);
    });
  }
});

describe('an adapter of ours as PEFT’s', () => {
  const folder = temporaryFolder();

  async function throughPeft(adapter: LoraAdapter, rename = (name: string) => name): Promise<LoraAdapter> {
    const base = toyBase(adapter.architecture);
    const { tensors, config } = peftOfAdapter(adapter, base);
    const renamed = tensors.map((tensor) => ({ ...tensor, name: rename(tensor.name) }));
    await writeSafetensors(join(folder(), 'adapter_model.safetensors'), renamed);
    await writeFile(join(folder(), 'adapter_config.json'), JSON.stringify(config));
    return readForeignAdapter([folder()], base);
  }

  it('comes back as it was', () =>
    fc.assert(
      fc.asyncProperty(
        fc.constantFrom('llama', 'qwen2', 'qwen3'),
        fc.integer({ min: 1, max: 6 }),
        fc.nat(99),
        async (architecture, rank, seed) => {
          const adapter = toyAdapter(toyBase(architecture), rank, seed);
          assert.deepEqual(await throughPeft(adapter), adapter);
        },
      ),
      { numRuns: 30 },
    ));

  it('has one rank: smaller modules are padded and still add the same', async () => {
    const base = toyBase('llama');
    const weights = ['blk.0.attn_q.weight', 'blk.1.ffn_down.weight', 'blk.1.attn_k.weight'];
    const modules = new Map(
      weights.map((weight, at) => {
        const { inputs = 0, outputs = 0 } = base.weights.get(weight) ?? {};
        return [weight, toyModule(at + 1, inputs, outputs, at)] as const;
      }),
    );
    const adapter = { architecture: 'llama', alpha: 5, modules };
    const padded = await throughPeft(adapter);
    for (const [weight, module] of modules) {
      const other = padded.modules.get(weight);
      assert.equal(other?.rank, 3);
      const x = Float32Array.from({ length: module.inputs }, (_, at) => at - 3);
      const [expected, got] = [product(module, 5, x), product(other, padded.alpha, x)];
      for (const [at, value] of got.entries()) assert.ok(Math.abs(value - (expected[at] ?? NaN)) < 1e-5, weight);
    }
  });

  it('is read with the name `default` in its tensors, and without `model.`', async () => {
    const adapter = toyAdapter(toyBase());
    assert.deepEqual(await throughPeft(adapter, inMemoryName), adapter);
  });
});

function inMemoryName(name: string): string {
  return name.replace('.weight', '.default.weight').replace('model.model.', 'model.');
}
