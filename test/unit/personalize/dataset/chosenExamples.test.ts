import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { chooseExamples, type ChosenExamples } from '../../../../src/personalize/dataset/chosenExamples.ts';
import { neededExamples } from '../../../../src/personalize/dataset/split.ts';
import type { Example } from '../../../../src/personalize/examples/example.ts';
import { example, madeUpExamples } from './madeUpExamples.ts';

const general = Array.from({ length: 240 }, (_, at) => ({
  languageId: 'go',
  path: `p${at}.go`,
  prefix: 'func f() {\n',
  text: `return ${at}`,
  suffix: '\n}\n',
  source: 'go:p@v1.0.0',
}));
const options = { general, seed: 3, pause: async () => {} };

async function enough(examples: readonly Example[]): Promise<Extract<ChosenExamples, { kind: 'enough' }>> {
  const result = await chooseExamples(examples, options);
  assert.ok(result.kind === 'enough');
  return result;
}

describe('the choice of examples', () => {
  it('is the same for the same examples and seed, whatever their order', async () => {
    const examples = madeUpExamples(500);
    assert.deepEqual(await enough(examples.toReversed()), await enough(examples));
    const other = await chooseExamples(examples, { ...options, seed: 4 });
    assert.notDeepEqual(other, await enough(examples));
  });

  it('trains on nothing of the time that is held out, and on a third of general code', async () => {
    const { chosen, examples, heldOut } = await enough(madeUpExamples(600));
    const oldest = Math.min(...heldOut.map(({ atMs }) => atMs));
    const made = new Map(madeUpExamples(600).map((each) => [each.text, each.atMs]));
    const own = chosen.filter(({ kind }) => kind !== 'replay');
    assert.ok(own.every(({ place }) => (made.get(place.text) ?? 0) < oldest));
    const trained = chosen.filter(({ split }) => split === 'train');
    assert.equal(trained.filter(({ kind }) => kind !== 'replay').length, examples);
    assert.ok(Math.abs(trained.filter(({ kind }) => kind === 'replay').length / trained.length - 1 / 3) < 0.01);
    assert.ok(chosen.some(({ split }) => split === 'validation'));
    const mean = own.filter(({ split }) => split === 'train').reduce((sum, { weight }) => sum + weight, 0) / examples;
    assert.ok(Math.abs(mean - 1) < 1e-9);
  });

  it('leaves out what is excluded, gone, blank, secret, or there already', async () => {
    const good = Array.from({ length: 2 * neededExamples }, (_, id) => example({ id, atMs: id, text: `call${id}();` }));
    const token = `ghp_${randomBytes(18).toString('hex')}`;
    const bad: Partial<Example>[] = [{ excluded: true }, { kept: 0.3 }, { text: ' ' }, { text: `f("${token}");` }];
    const old = bad.map((parts) => example({ id: 9_999, atMs: 3, text: 'bad();', ...parts }));
    const again = [5, 50, good.length - 1].map((of) => example({ id: -of, atMs: 2, text: `call${of}();` }));
    assert.deepEqual(await enough([...good, ...old, ...again]), await enough(good));
  });

  it('says how many are missing', async () => {
    const few = Array.from({ length: 50 }, (_, id) => example({ id, atMs: id, text: `call${id}();` }));
    const result = await chooseExamples(few, options);
    assert.ok(result.kind === 'notEnough' && result.missing >= 28 && result.missing <= 32);
    assert.deepEqual(await chooseExamples([], options), { kind: 'notEnough', missing: neededExamples });
  });

  it('of 50,000 lets others work in between, and stops when asked to', async function () {
    this.timeout(60_000);
    const examples = madeUpExamples(50_000);
    let lastMs = performance.now();
    let longestMs = 0;
    const pause = async () => {
      longestMs = Math.max(longestMs, performance.now() - lastMs);
      await new Promise(setImmediate);
      lastMs = performance.now();
    };
    const result = await chooseExamples(examples, { ...options, pause });
    assert.ok(result.kind === 'enough' && result.examples === 4_000);
    assert.ok(longestMs < 1_000, `${longestMs.toFixed(0)} ms without a pause`);
    const abort = new Error('stopped');
    await assert.rejects(
      chooseExamples(examples, { ...options, pause: () => Promise.reject(abort) }),
      (cause) => cause === abort,
    );
  });
});
