import assert from 'node:assert/strict';
import fc from 'fast-check';
import { folded, searchWords } from '../../../../src/chat/history/searchWords.ts';
import { mayHoldAll, signatureOf } from '../../../../src/chat/history/signature.ts';

describe('signatures', () => {
  it('never deny a part of a word that is there', () =>
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { minLength: 1 }),
        fc.nat(),
        fc.nat(),
        (words, from, to) => {
          const text = folded(words.join(' '));
          const parts = searchWords(text.slice(from % text.length, (from % text.length) + 1 + (to % 10)));
          assert.ok(mayHoldAll(signatureOf(text), parts));
        },
      ),
    ));

  it('deny most words that are not there', () => {
    const words = Array.from({ length: 2000 }, (_, at) => (at * 7919).toString(36).padStart(6, 'q'));
    const signature = signatureOf(words.slice(0, 500).join(' '));
    const taken = words.slice(500).filter((word) => mayHoldAll(signature, [word]));
    assert.ok(taken.length < 150, `${taken.length} of 1500`);
  });

  it('are small', () => {
    assert.equal(Buffer.from(signatureOf(''), 'base64').length, 32);
    const large = Array.from({ length: 100_000 }, (_, at) => Math.imul(at, 0x9e3779b1).toString(36)).join(' ');
    assert.equal(Buffer.from(signatureOf(large), 'base64').length, 16_384);
  });
});
