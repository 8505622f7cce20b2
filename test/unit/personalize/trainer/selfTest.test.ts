import assert from 'node:assert/strict';
import { architectures } from '../../../../src/personalize/trainer/architectures.ts';
import type { Ggml } from '../../../../src/personalize/trainer/ggml.ts';
import { selfTest } from '../../../../src/personalize/trainer/selfTest.ts';
import { cpuOf, ggmlHere } from './tinyTrainer.ts';

describe('the self-test of a device', () => {
  const ggml = ggmlHere();
  const cpu = cpuOf(ggml);
  const qwen3 = (broken: Partial<Ggml>) => selfTest({ ...ggml, ...broken }, cpu, 'qwen3');

  for (const { name } of architectures)
    it(`finds the processor's gradients right: ${name}`, async () => {
      const { passed, error } = await selfTest(ggml, cpu, name);
      assert.ok(passed && error < 1e-3, `${error}`);
    });

  it('finds gradients that do not belong to the loss', async () => {
    // Only the way back uses these.
    const silu = await qwen3({ ggml_silu: (context, x) => ggml.ggml_scale(context, ggml.ggml_silu(context, x), 2) });
    const sums = await qwen3({
      ggml_sum_rows: (context, x) => ggml.ggml_scale(context, ggml.ggml_sum_rows(context, x), 0.5),
    });
    for (const { passed, error } of [silu, sums]) assert.ok(!passed && error > 0.02, `${error}`);
  });
});
