import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { parseCard } from '../../../../src/personalize/adapters/card.ts';
import { cardProofOf, summaryOf, summaryOfCard } from '../../../../src/personalize/proof/cardProof.ts';
import { type Proof, prove, type ProofQuestion } from '../../../../src/personalize/proof/prove.ts';
import { after, before, fakeModel, itemOf, sampleOf } from './fakeModel.ts';

const never = new AbortController().signal;
const texts = (count: number) => Array.from({ length: count }, (_, nth) => `call${nth}();`);
const nth = (text: string) => Number(/\d+/.exec(text)?.[0] ?? 0);

function questionOf(count: number, parts: Partial<ProofQuestion> = {}): ProofQuestion {
  const general = texts(40).map((text) => sampleOf(`general ${text}`));
  return { heldOut: texts(count).map(itemOf), general, before, after, seed: 1, ...parts };
}

/** Examples differ; the adapter lowers each loss to a share that differs, too. */
const nats = (own: number, general: number) => (text: string, adapters: readonly unknown[]) => {
  const bare = 10 + (nth(text) % 7);
  if (adapters.length === 0) return bare;
  return bare * (text.startsWith('general') ? general : own + 0.05 * ((nth(text) % 3) - 1));
};

describe('a proof', () => {
  it('finds better what is better, with the numbers that are true', async () => {
    const model = fakeModel({
      nats: nats(0.8, 1),
      writes: (text, adapters) => (adapters.length > 0 || nth(text) % 2 === 0 ? `${text}  ` : 'nothing'),
    });
    const proof = await prove(questionOf(60), model, never);
    assert.equal(proof.verdict, 'better');
    assert.equal(proof.examples, 60);
    assert.ok(proof.loss.before > 1.2 && proof.loss.before < 1.4, 'nats per token');
    assert.ok(Math.abs(proof.loss.after / proof.loss.before - 0.8) < 0.01);
    assert.ok(Math.abs(proof.lossChange.mean + 0.2) < 0.01);
    assert.ok(proof.lossChange.low < proof.lossChange.mean && proof.lossChange.mean < proof.lossChange.high);
    assert.deepEqual(proof.exactMatch, { before: 0.5, after: 1 });
    assert.equal(proof.editSimilarity.after, 1);
    assert.equal(proof.generalLoss.before, proof.generalLoss.after);
    assert.equal(proof.samples.length, 12);
  });

  const verdicts: readonly (readonly [what: string, own: number, general: number, count: number, verdict: string])[] = [
    ['the same', 1, 1, 60, 'notBetter'],
    ['worse', 1.2, 1, 60, 'notBetter'],
    ['hardly better', 0.995, 1, 60, 'notBetter'],
    ['harmful', 0.8, 1.02, 60, 'harmsGeneral'],
    ['hardly harmful', 0.8, 1.005, 60, 'better'],
    ['on too few', 0.8, 1, 11, 'tooFewExamples'],
    ['on none', 0.8, 1, 0, 'tooFewExamples'],
  ];
  for (const [what, own, general, count, verdict] of verdicts)
    it(`says ${verdict} of what is ${what}`, async () => {
      const proof = await prove(questionOf(count), fakeModel({ nats: nats(own, general) }), never);
      assert.equal(proof.verdict, verdict);
    });

  it('is not won by a lower loss when exact matches are lost', async () => {
    const model = fakeModel({
      nats: nats(0.8, 1),
      writes: (text, adapters) => (adapters.length === 0 ? text : 'other'),
    });
    const proof = await prove(questionOf(60), model, never);
    assert.equal(proof.verdict, 'notBetter');
  });

  it('looks at the newest 200, writes at 60 of these evenly, and at no general code', async () => {
    const model = fakeModel({ nats: nats(0.8, 1) });
    await prove(questionOf(300), model, never);
    const scored = model.calls.filter((call) => call.startsWith('before scores call'));
    assert.deepEqual(
      scored,
      texts(200).map((text) => `before scores ${text}`),
    );
    const written = model.calls.filter((call) => call.startsWith('before writes')).map(nth);
    assert.equal(written.length, 60);
    assert.ok(written.every((each, at) => Math.abs(each - (at + 0.5) * (200 / 60)) < 4));
    assert.ok(!model.calls.some((call) => call.includes('writes general')));
  });

  it('looks at less when asked to', async () => {
    const model = fakeModel({ nats: nats(0.8, 1) });
    const limits = { lossItems: 20, writtenItems: 5, generalItems: 8 };
    const { examples, samples } = await prove(questionOf(60, { limits }), model, never);
    assert.deepEqual([examples, samples.length], [20, 5]);
    const general = model.calls.filter((call) => call.startsWith('after scores general')).map(nth);
    assert.deepEqual(general, [4, 9, 14, 19, 24, 29, 34, 39]);
  });

  it('does a batch under one stack before it turns to the next, and writes where it has just scored', async () => {
    const { calls, ...tools } = fakeModel({ nats: nats(0.8, 1) });
    await prove(questionOf(60), { ...tools }, never);
    const turns = calls.filter((call, at) => at > 0 && call.split(' ')[0] !== calls[at - 1]?.split(' ')[0]).length;
    assert.ok(turns <= 2 * Math.ceil(100 / 25), `${turns} changes of stack`);
    for (const [at, call] of calls.entries())
      if (call.includes(' writes ')) assert.equal(calls[at - 1], call.replace(' writes ', ' scores '));
  });

  it('tells how far it is, and ends when aborted', async () => {
    const progress: number[] = [];
    const model = fakeModel({ nats: nats(0.8, 1) });
    await prove(questionOf(20), { ...model, onProgress: (done) => progress.push(done) }, never);
    assert.equal(progress.at(-1), 1);
    assert.deepEqual(
      progress,
      progress.toSorted((a, b) => a - b),
    );
    const aborter = new AbortController();
    const onProgress = (done: number) => done > 0.5 && aborter.abort();
    const aborted = prove(questionOf(20), { ...model, onProgress }, aborter.signal);
    await assert.rejects(aborted, { name: 'AbortError' });
  });

  it('comes back from a card as the view shows it', async () => {
    const number = fc.double({ min: -10, max: 10, noNaN: true });
    const compared = fc.record({ before: number, after: number }, { noNullPrototype: true });
    const text = fc.string();
    const sample = fc.record(
      { path: text, languageId: text, prefix: text, wanted: text, before: text, after: text },
      { noNullPrototype: true },
    );
    const proofs: fc.Arbitrary<Proof> = fc.record(
      {
        examples: fc.nat(),
        verdict: fc.constantFrom<Proof['verdict'][]>('better', 'notBetter', 'harmsGeneral', 'tooFewExamples'),
        loss: compared,
        exactMatch: compared,
        editSimilarity: compared,
        generalLoss: compared,
        lossChange: fc.record({ mean: number, low: number, high: number }, { noNullPrototype: true }),
        samples: fc.array(sample, { maxLength: 3 }),
      },
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(proofs, (proof) => {
        const { lossChange: _, ...summary } = proof;
        assert.deepEqual(summaryOf(proof), summary);
        const stored = parseCard({ ...card, proof: JSON.parse(JSON.stringify(cardProofOf(proof))) }).proof;
        assert.ok(stored !== null);
        assert.deepEqual(summaryOfCard(stored), JSON.parse(JSON.stringify(summary)));
      }),
    );
  });

  it('of another kind of card is none', () => {
    assert.equal(summaryOfCard({ numbers: {}, samples: [] }), undefined);
    assert.equal(summaryOfCard({ numbers: { verdict: 9, examples: 1 }, samples: [] }), undefined);
  });
});

const card = {
  version: 1,
  id: '20260101-0123456789ab',
  name: 'Mine',
  kind: 'personal',
  base: { sha256: 'a'.repeat(64), name: 'Starter', architecture: 'qwen3', heads: 4, kvHeads: 2 },
  rank: 16,
  alpha: 32,
  modules: ['attn_q'],
  createdMs: 1,
  examples: 100,
  training: null,
  sha256: 'b'.repeat(64),
  bytes: 1_000,
  origin: 'trained',
  notes: '',
};
