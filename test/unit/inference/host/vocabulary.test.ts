import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { type Healing, planHealing, settle } from '../../../../src/inference/host/healing.ts';
import { latin1, Vocabulary } from '../../../../src/inference/host/vocabulary.ts';

/** A vocabulary of these texts, after a control token that writes nothing. */
function vocabularyOf(...texts: string[]) {
  const bytes = ['', ...texts.map(latin1)];
  const vocabulary = new Vocabulary([...bytes.keys()], bytes);
  const heal = (typed: string, ...tokens: string[]): Healing =>
    planHealing(
      typed,
      tokens.map((text) => bytes.indexOf(latin1(text))),
      vocabulary,
    );
  return { vocabulary, heal };
}

describe('Vocabulary', () => {
  const { vocabulary, heal: plan } = vocabularyOf('r', 're', 'ret', 'return', ' return', 'x', '한', '한국', 'ÿ');

  it('knows which text can go on', () => {
    assert.equal(vocabulary.goesOnAfter('ret'), true);
    assert.equal(vocabulary.goesOnAfter('return'), false);
    assert.equal(vocabulary.goesOnAfter('zzz'), false);
    assert.equal(vocabulary.goesOnAfter(latin1('한')), true);
    assert.equal(vocabulary.goesOnAfter(latin1('한').slice(0, 2)), true);
    assert.equal(vocabulary.goesOnAfter(''), true);
  });

  it('finds exactly the tokens that agree with the bytes owed', () => {
    const texts = ['a', 'ab', 'abc', 'b', 'bc', 'c', ' a', 'ba', 'é', '한', '국'];
    const { vocabulary: all } = vocabularyOf(...texts);
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...texts), { minLength: 1, maxLength: 3 }), (parts) => {
        const owed = latin1(parts.join(''));
        const expected = texts.map(latin1).filter((bytes) => bytes.startsWith(owed) || owed.startsWith(bytes));
        const found = all.candidatesFor(owed).map((each) => all.bytesOf(each));
        assert.deepEqual(found.toSorted(), expected.toSorted());
      }),
    );
  });

  it('takes back the longest end that a longer token could replace', () => {
    assert.deepEqual(plan('xret', 'x', 'ret'), { kept: 1, owed: 'ret' });
    assert.deepEqual(plan('re', 'r', 'x'), { kept: 2, owed: '' });
    assert.deepEqual(plan('return', 'return'), { kept: 1, owed: '' });
    assert.deepEqual(plan('ret.', 'ret'), { kept: 1, owed: '' });
    assert.deepEqual(plan(''), { kept: 0, owed: '' });
    const { heal } = vocabularyOf('con', 'so', 'console', 'sole', ' ', '  ', '.');
    assert.deepEqual(heal('conso', 'con', 'so'), { kept: 0, owed: 'conso' });
    assert.deepEqual(heal('.conso', '.', 'con', 'so'), { kept: 1, owed: 'conso' });
    assert.deepEqual(heal('. ', '.', ' '), { kept: 1, owed: ' ' });
  });

  it('settles what is owed token by token, and notices a token that says something else', () => {
    assert.deepEqual(settle('ret', 'return'), { owed: '', output: 'urn' });
    assert.deepEqual(settle('ret', 're'), { owed: 't', output: '' });
    assert.deepEqual(settle('', 'x'), { owed: '', output: 'x' });
    assert.equal(settle('ret', 'rx'), undefined);
  });
});
