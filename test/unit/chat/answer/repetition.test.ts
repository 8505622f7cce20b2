import assert from 'node:assert/strict';
import fc from 'fast-check';
import { repeatsItself } from '../../../../src/chat/answer/repetition.ts';

describe('an answer that repeats itself', () => {
  it('is known by its end, whatever came before', () => {
    const loop = '  const doc = Doc.from(self)\n'.repeat(40);
    assert.equal(repeatsItself(`This is how it is done:\n\n${loop}`), true);
    assert.equal(repeatsItself(`${loop}And that is all.`), false);
  });

  it('is none while it may still end', () => {
    assert.equal(repeatsItself('const doc = Doc.from(self)\n'.repeat(5)), false);
    assert.equal(repeatsItself('-'.repeat(200)), false);
  });

  it('is none where lines only look alike', () => {
    const lines = Array.from({ length: 100 }, (_, index) => `  case ${index}: return names[${index}];`);
    assert.equal(repeatsItself(lines.join('\n')), false);
  });

  it('is found for every piece, wherever in it the text ends', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 6, maxLength: 90 }), fc.nat(89), (piece, cut) => {
        assert.equal(repeatsItself(piece.repeat(110) + piece.slice(0, cut)), true);
      }),
    );
  });
});
