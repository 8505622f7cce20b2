import assert from 'node:assert/strict';
import { bestScale } from '../../../../src/personalize/proof/bestScale.ts';
import type { Stack } from '../../../../src/personalize/proof/tools.ts';
import { before, fakeModel, sampleOf } from './fakeModel.ts';

const never = new AbortController().signal;
const validation = Array.from({ length: 100 }, (_, nth) => sampleOf(`own ${nth}`));
const general = Array.from({ length: 120 }, (_, nth) => sampleOf(`general ${nth}`));
const stackAt = (scale: number): Stack => [{ path: '/adapter.gguf', scale }];
const question = { validation, general, before, stackAt };

/** Loss of both sets by scale, as shares of that of the bare model. */
function modelOf(own: (scale: number) => number, others: (scale: number) => number) {
  return fakeModel({
    nats: (text, [adapter]) =>
      20 * (adapter === undefined ? 1 : (text.startsWith('own') ? own : others)(adapter.scale)),
  });
}

describe('the best scale', () => {
  it('is the strongest where more is better and harms nothing', async () => {
    assert.equal(
      await bestScale(
        question,
        modelOf(
          (scale) => 1 - 0.2 * scale,
          () => 1,
        ),
        never,
      ),
      1,
    );
  });

  it('is the strongest that does not harm', async () => {
    const harmful = modelOf(
      (scale) => 1 - 0.2 * scale,
      (scale) => 1 + 0.012 * scale,
    );
    assert.equal(await bestScale(question, harmful, never), 0.75);
  });

  it('is lower for an adapter that learned too much', async () => {
    assert.equal(
      await bestScale(
        question,
        modelOf(
          (scale) => 0.9 + (scale - 0.5) ** 2,
          () => 1,
        ),
        never,
      ),
      0.5,
    );
  });

  it('is none where every scale harms or nothing is gained', async () => {
    assert.equal(
      await bestScale(
        question,
        modelOf(
          () => 0.8,
          () => 1.02,
        ),
        never,
      ),
      undefined,
    );
    assert.equal(
      await bestScale(
        question,
        modelOf(
          () => 1.1,
          () => 1,
        ),
        never,
      ),
      undefined,
    );
    assert.equal(
      await bestScale(
        { ...question, validation: [] },
        modelOf(
          () => 0.8,
          () => 1,
        ),
        never,
      ),
      undefined,
    );
  });

  it('costs few scores and no writing', async () => {
    const model = modelOf(
      () => 0.9,
      () => 1,
    );
    await bestScale(question, model, never);
    assert.equal(model.calls.length, 4 * 80);
    assert.ok(model.calls.every((call) => call.includes(' scores ')));
  });
});
