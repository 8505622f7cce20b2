import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { jaccard, shinglesOf } from '../../../../src/personalize/dataset/shingles.ts';
import { withoutTextsOf } from '../../../../src/personalize/dataset/withoutTextsOf.ts';
import { madeUpExamples, patienceMs, timed } from './madeUpExamples.ts';

const of = (...texts: readonly string[]) => texts.map((text) => ({ text }));

describe('examples without texts of others', () => {
  const telling = 'const total = items.reduce((sum, item) => sum + item.price, 0);';

  it('lose those with nearly the same text, however it is formatted', () => {
    assert.deepEqual(withoutTextsOf(of('return null;', 'return  null ;', 'return undefined;'), of('return null;')), [
      { text: 'return undefined;' },
    ]);
    assert.deepEqual(withoutTextsOf(of(telling.replace('price', 'cost')), of(telling)), []);
  });

  it('lose those that hold a telling text, and keep those that hold one that is everywhere', () => {
    assert.deepEqual(withoutTextsOf(of(`a();\n${telling}\nb();`), of(telling)), []);
    const long = of('if (a === null) {\n  return null;\n}\nreturn f(a);');
    assert.deepEqual(withoutTextsOf(long, of('return null;')), long);
  });

  it('keep a part of a text', () => {
    assert.deepEqual(withoutTextsOf(of('items.reduce('), of(telling)), of('items.reduce('));
  });

  it('have nothing left that is nearly the same', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', 'c', '('), { minLength: 1, maxLength: 12 })
      .map((all) => all.join(' '));
    const texts = fc.array(text, { maxLength: 15 });
    fc.assert(
      fc.property(texts, texts, (examples, others) => {
        const left = withoutTextsOf(of(...examples), of(...others));
        for (const each of left)
          for (const other of others) assert.ok(jaccard(shinglesOf(each.text), shinglesOf(other)) < 0.85);
        assert.deepEqual(withoutTextsOf(left, of(...others)), left);
        assert.deepEqual(withoutTextsOf(left, []), left);
      }),
    );
  });

  it('are found among 50,000', function () {
    this.timeout(60_000);
    const examples = madeUpExamples(50_000);
    assert.ok(timed(() => withoutTextsOf(examples.slice(200), examples.slice(0, 200))) < patienceMs);
  });
});
