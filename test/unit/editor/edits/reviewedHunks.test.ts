import assert from 'node:assert/strict';
import fc from 'fast-check';
import { hunkViews } from '../../../../src/engine/edits/planView.ts';
import {
  diffOf,
  type LineChange,
  movedHunks,
  reviewedHunks,
  withHunks,
} from '../../../../src/editor/edits/reviewedHunks.ts';

const before = ['one', 'two', 'three', 'four', 'five', ''].join('\n');
const after = ['one', 'TWO', 'three', 'four', 'four and a half', 'five', ''].join('\n');
const hunks = reviewedHunks(hunkViews(before, after));
const insertion = (line: number, text: string, character = 0): LineChange => ({
  startLine: line,
  startCharacter: character,
  endLine: line,
  endCharacter: character,
  text,
});

describe('hunks under review', () => {
  it('make the text after, all of them or some', () => {
    assert.equal(withHunks(before, hunks), after);
    assert.equal(withHunks(before, hunks.slice(0, 1)), before.replace('two', 'TWO'));
    assert.equal(withHunks(before, []), before);
  });

  it('make any text after of any text before', () => {
    const line = fc.constantFrom('a', 'b', 'c', '', '}');
    const text = fc
      .tuple(fc.array(line, { maxLength: 12 }), fc.constantFrom('', '\n'))
      .map(([lines, end]) => lines.join('\n') + end);
    fc.assert(
      fc.property(text, text, (a, b) => {
        assert.equal(withHunks(a, reviewedHunks(hunkViews(a, b))), b);
      }),
    );
  });

  it('move with what is typed above them, and still make the same', () => {
    const typed = `new\n${before}`;
    const moved = movedHunks(hunks, [insertion(0, 'new\n')], typed);
    assert.deepEqual(
      moved.map(({ line, fits }) => [line, fits]),
      hunks.map(({ line }) => [line + 1, true]),
    );
    assert.equal(withHunks(typed, moved), `new\n${after}`);
  });

  it('move up when lines above them go, and stay for what changes below', () => {
    const cut = before.slice('one\n'.length);
    const up = movedHunks(hunks, [{ startLine: 0, startCharacter: 0, endLine: 1, endCharacter: 0, text: '' }], cut);
    assert.deepEqual(
      up.map(({ line }) => line),
      hunks.map(({ line }) => line - 1),
    );
    const below = movedHunks(hunks, [insertion(5, 'six\n')], `${before}six\n`);
    assert.deepEqual(
      below.map(({ line }) => line),
      hunks.map(({ line }) => line),
    );
  });

  it('do not fit while their lines differ, and fit again when that is undone', () => {
    const typed = before.replace('two', 'two!');
    const stale = movedHunks(hunks, [insertion(1, '!', 3)], typed);
    assert.deepEqual(
      stale.map(({ fits }) => fits),
      [false, true],
    );
    assert.throws(() => withHunks(typed, stale), RangeError);
    const undone = movedHunks(stale, [{ ...insertion(1, '', 3), endCharacter: 4 }], before);
    assert.deepEqual(undone, hunks);
  });

  it('follow any insertion of whole lines', () => {
    const place = fc.integer({ min: 0, max: 5 });
    fc.assert(
      fc.property(place, fc.integer({ min: 1, max: 4 }), (line, count) => {
        const lines = before.split('\n');
        const text = 'x\n'.repeat(count);
        const typed = [...lines.slice(0, line), ...Array.from({ length: count }, () => 'x'), ...lines.slice(line)].join(
          '\n',
        );
        const moved = movedHunks(hunks, [insertion(line, text)], typed);
        assert.ok(moved.every(({ fits }) => fits));
        const accepted = withHunks(typed, moved)
          .split('\n')
          .filter((each) => each !== 'x')
          .join('\n');
        assert.equal(accepted, after);
      }),
    );
  });

  it('read as a diff', () => {
    assert.equal(diffOf({ removed: 'a\nb\n', added: 'c\n' }), '-a\n-b\n+c');
    assert.equal(diffOf({ removed: '', added: 'c' }), '+c');
  });
});
