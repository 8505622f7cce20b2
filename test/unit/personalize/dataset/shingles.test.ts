import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { jaccard, shinglesOf, together } from '../../../../src/personalize/dataset/shingles.ts';

const words = fc.array(fc.constantFrom('a', 'bb', 'λ', '(', ')', ';', 'x1', '$y'), { maxLength: 20 });

describe('shingles', () => {
  it('are the pairs of neighbouring words, each once', () => {
    fc.assert(
      fc.property(words, (list) => {
        const pairs = new Set(list.map((word, at) => `${list[at - 1] ?? ''} ${word}`));
        assert.equal(shinglesOf(list.join(' ')).length, pairs.size);
      }),
    );
  });

  it('know no white space but as the end of a word', () => {
    assert.deepEqual(shinglesOf('f(a,b)'), shinglesOf('  f( a,\n\tb )\n'));
    assert.notDeepEqual(shinglesOf('ab'), shinglesOf('a b'));
    assert.equal(shinglesOf(' \n').length, 0);
  });

  it('of several texts are those of each', () => {
    fc.assert(
      fc.property(words, words, (a, b) => {
        const [own, others] = [shinglesOf(a.join(' ')), shinglesOf(b.join(' '))];
        const all = together([own, others]);
        assert.deepEqual(
          [...all],
          [...new Set([...own, ...others])].toSorted((x, y) => x - y),
        );
      }),
    );
  });

  it('of different parts have nothing in common', () => {
    assert.equal(jaccard(shinglesOf('a b c', 1), shinglesOf('a b c', 2)), 0);
  });

  it('measure likeness: 1 for the same, 0 for nothing in common, and the share of what both have', () => {
    assert.equal(jaccard(shinglesOf('a b c'), shinglesOf('a b c')), 1);
    assert.equal(jaccard(shinglesOf('a b c'), shinglesOf('d e')), 0);
    assert.equal(jaccard(shinglesOf('a b c'), shinglesOf('a b d')), 2 / 4);
    assert.equal(jaccard(shinglesOf(''), shinglesOf(' ')), 1);
  });
});
