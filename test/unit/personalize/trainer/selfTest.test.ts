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
      const { passed, slopeError, cosine } = await selfTest(ggml, cpu, name);
      assert.ok(passed && slopeError < 0.02 && cosine > 0.99999, `${slopeError} ${cosine}`);
    });

  it('finds gradients that do not belong to the loss', async () => {
    // Only the way back uses these.
    const silu = await qwen3({ ggml_silu: (context, x) => ggml.ggml_scale(context, ggml.ggml_silu(context, x), 2) });
    const sums = await qwen3({
      ggml_sum_rows: (context, x) => ggml.ggml_scale(context, ggml.ggml_sum_rows(context, x), 0.5),
    });
    for (const { passed, slopeError } of [silu, sums]) assert.ok(!passed && slopeError > 0.02, `${slopeError}`);
  });
});
