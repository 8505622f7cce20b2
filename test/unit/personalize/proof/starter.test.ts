import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { fimFormats, lookUpOf } from '../../../../src/inference/completion/fimFormats.ts';
import { promptAt } from '../../../../src/inference/completion/promptAt.ts';
import type { ModelRunner } from '../../../../src/inference/host/modelRunner.ts';
import { encoded } from '../../../../src/personalize/dataset/encoded.ts';
import type { Encoder } from '../../../../src/personalize/dataset/encoder.ts';
import { fitting } from '../../../../src/personalize/dataset/fitting.ts';
import { readGeneralCode } from '../../../../src/personalize/general/generalCode.ts';
import { prove } from '../../../../src/personalize/proof/prove.ts';
import { Hosts, starter } from '../../inference/host/hosts.ts';

const never = new AbortController().signal;

/** Every n-th place of the check set stands for what a user wrote: code that the starter has not learned. */
describe('a proof with the starter', function () {
  this.timeout(60_000);
  const hosts = new Hosts();
  let runner: ModelRunner;
  let encoder: Encoder;

  before(async () => {
    runner = hosts.runner(await hosts.folder(), { fimFormats: fimFormats.map(lookUpOf) });
    const model = await runner.use(starter);
    assert.ok(model.fimEnd !== undefined);
    encoder = {
      layOut: (place, contextTokens) => promptAt(place, model, contextTokens),
      encode: runner.encode,
      end: model.fimEnd,
      contextTokens: model.contextSize,
    };
  });
  after(() => hosts.clean());

  it('of the bare model against itself finds nothing', async () => {
    const { check } = await readGeneralCode(resolve('models/general-code.jsonl'));
    const places = await fitting(check, encoder, never);
    assert.equal(places.length, check.length);
    const own = places.filter((_, at) => at % 7 === 0);
    const proof = await prove(
      {
        heldOut: own.map(({ place, sample }) => ({ ...place, sample })),
        general: places.filter((_, at) => at % 7 === 1).map(({ sample }) => sample),
        before: [],
        after: [],
        seed: 1,
        limits: { writtenItems: 8 },
      },
      runner,
      never,
    );
    assert.equal(proof.verdict, 'notBetter');
    assert.ok(proof.loss.before > 0.3 && proof.loss.before < 4, `${proof.loss.before} nats per token`);
    assert.ok(Math.abs(proof.lossChange.mean) < 0.003, `${proof.lossChange.mean}`);
    assert.ok(Math.abs(proof.generalLoss.after / proof.generalLoss.before - 1) < 0.003);
    // What was in the KV cache moves the last digits, and with them, where two tokens are as good, what is written.
    assert.ok(Math.abs(proof.exactMatch.after - proof.exactMatch.before) <= 1 / 8);
    assert.ok(Math.abs(proof.editSimilarity.after - proof.editSimilarity.before) < 0.2);
    assert.ok(proof.editSimilarity.before > 0.1);
    assert.equal(proof.samples.length, 8);
    assert.ok(proof.samples.filter(({ before, after }) => before === after).length >= 4);
  });

  it('is asked in the tokens that are trained on', async () => {
    const { replay } = await readGeneralCode(resolve('models/general-code.jsonl'));
    const chosen = replay
      .slice(0, 40)
      .map((place) => ({ place, weight: 1, split: 'train' as const, kind: 'replay' as const }));
    const { samples } = await encoded(chosen, encoder, never);
    assert.equal(samples.length, 40);
    const places = await fitting(
      chosen.map(({ place }) => place),
      encoder,
      never,
    );
    for (const [at, { sample }] of places.entries()) {
      const { tokens } = await runner.score(sample, never);
      assert.equal(tokens, (samples[at]?.tokens.length ?? 0) - (samples[at]?.from ?? 0));
    }
  });
});
