import assert from 'node:assert/strict';
import fc from 'fast-check';
import { endsThatFit, firstLinesThatFit } from '../../../../src/chat/context/cut.ts';

const upTo = (length: number) => (text: string) => text.length <= length;
const lines = fc.array(fc.string({ maxLength: 8 })).map((each) => each.join('\n'));

describe('firstLinesThatFit', () => {
  it('keeps whole lines from the beginning', () => {
    assert.equal(firstLinesThatFit('one\ntwo\nthree', upTo(13)), 'one\ntwo\nthree');
    assert.equal(firstLinesThatFit('one\ntwo\nthree', upTo(12)), 'one\ntwo\n');
    assert.equal(firstLinesThatFit('one\ntwo', upTo(2)), '');
  });

  it('keeps as many as fit', () =>
    fc.assert(
      fc.property(lines, fc.nat(60), (text, room) => {
        const kept = firstLinesThatFit(text, upTo(room));
        assert.ok(text.startsWith(kept) && kept.length <= room);
        const next = text.slice(kept.length).match(/^[^\n]*\n?/)?.[0] ?? '';
        assert.ok(kept === text || (kept + next).length > room);
        assert.ok(kept === text || kept === '' || kept.endsWith('\n'));
      }),
    ));
});

describe('endsThatFit', () => {
  it('leaves out the middle, and says so', () => {
    assert.deepEqual(endsThatFit('Why?\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\nDo it.', upTo(34)), {
      text: 'Why?\n1\n(11 lines left out)\nDo it.',
      lines: 11,
    });
    assert.deepEqual(endsThatFit('short', upTo(5)), { text: 'short', lines: 0 });
  });

  it('parts a line that is too long, never a character', () => {
    assert.deepEqual(endsThatFit('👩👩👩👩👩👩', upTo(11)), { text: '👩👩 … 👩👩', lines: 1 });
  });

  it('fits wherever anything does', () =>
    fc.assert(
      fc.property(lines, fc.integer({ min: 3, max: 60 }), (text, room) => {
        const { text: kept, lines: left } = endsThatFit(text, upTo(room));
        assert.ok(kept.length <= room);
        assert.equal(left === 0, kept === text);
      }),
    ));
});
