import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { commonLength, differences } from '../../../../src/edits/text/differences.ts';
import { applyHunks, hunksOf } from '../../../../src/edits/text/hunks.ts';
import { anyText, fewLines } from './texts.ts';

/** The length of a longest common subsequence, by the table that everybody knows. */
function longest(a: readonly string[], b: readonly string[]): number {
  let row = b.map(() => 0);
  for (const item of a) {
    const next: number[] = [];
    for (const [j, other] of b.entries())
      next.push(item === other ? (j > 0 ? (row[j - 1] ?? 0) : 0) + 1 : Math.max(row[j] ?? 0, next[j - 1] ?? 0));
    row = next;
  }
  return row.at(-1) ?? 0;
}

const marked = (sign: string, text: string) => text.replace(/^(?=.)/gm, sign);

/** `-` and `+` before what is removed and added. */
function shown(before: string, after: string): string {
  return hunksOf(before, after)
    .map(({ removed, added }) => marked('-', removed) + marked('+', added))
    .join('@\n');
}

describe('differences', () => {
  it('are the least there are', () => {
    const items = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 25 });
    fc.assert(
      fc.property(items, items, (a, b) => assert.equal(commonLength(a, b), longest(a, b))),
      { numRuns: 500 },
    );
  });

  it('are in order, apart from each other, and between things that are the same', () => {
    fc.assert(
      fc.property(fewLines, fewLines, (a, b) => {
        let [aFrom, bFrom] = [0, 0];
        for (const [index, { aStart, aEnd, bStart, bEnd }] of differences(a, b).entries()) {
          assert.ok(index === 0 || aStart > aFrom, 'neighbours would be one difference');
          assert.deepEqual(a.slice(aFrom, aStart), b.slice(bFrom, bStart));
          assert.ok(aStart < aEnd || bStart < bEnd);
          [aFrom, bFrom] = [aEnd, bEnd];
        }
        assert.deepEqual(a.slice(aFrom), b.slice(bFrom));
      }),
    );
  });

  it('of thousands of items in another order are found soon', () => {
    const b = Array.from({ length: 5_000 }, (_, i) => `${i}`);
    const a = b.map((_, i) => `${(i * 3_919) % 5_000}`);
    assert.ok(commonLength(a, b) > 0);
  });
});

describe('hunks', () => {
  it('lead from any text to any other, and back when none is accepted', () => {
    fc.assert(
      fc.property(anyText, anyText, (before, after) => {
        const hunks = hunksOf(before, after);
        for (const { start, removed } of hunks) assert.ok(before.startsWith(removed, start));
        assert.equal(applyHunks(before, hunks), after);
        assert.equal(
          applyHunks(before, hunks, () => false),
          before,
        );
      }),
    );
  });

  it('can be accepted in two goes', () => {
    fc.assert(
      fc.property(anyText, anyText, fc.array(fc.boolean()), (before, after, choice) => {
        const first = applyHunks(before, hunksOf(before, after), (_, index) => choice[index] ?? false);
        assert.equal(applyHunks(first, hunksOf(first, after)), after);
      }),
    );
  });

  it('change no more than one that is accepted', () => {
    const before = 'a\nb\nc\nd\ne\n';
    const hunks = hunksOf(before, 'a\nB\nc\ne\nf\n');
    assert.equal(hunks.length, 3);
    const only = (wanted: number) => applyHunks(before, hunks, (_, index) => index === wanted);
    assert.deepEqual([only(0), only(1), only(2)], ['a\nB\nc\nd\ne\n', 'a\nb\nc\ne\n', 'a\nb\nc\nd\ne\nf\n']);
  });

  it('begin where a reader would say that something was added', () => {
    const one = 'f() {\n  a;\n}\n';
    assert.equal(
      shown(`${one}\nh() {\n  a;\n}\n`, `${one}\ng() {\n  b;\n}\n\nh() {\n  a;\n}\n`),
      '+g() {\n+  b;\n+}\n\n',
    );
    assert.equal(shown('if (a) {\n  x;\n}\n', 'if (a) {\n  x;\n}\nif (b) {\n  x;\n}\n'), '+if (b) {\n+  x;\n+}\n');
    assert.equal(shown('if (b) {\n  x;\n}\n', 'if (a) {\n  x;\n}\nif (b) {\n  x;\n}\n'), '+if (a) {\n+  x;\n+}\n');
  });

  it('tell line ends apart', () => {
    assert.equal(shown('a\r\nb\n', 'a\nb\n'), '-a\r\n+a\n');
    assert.equal(shown('a\nb', 'a\nb\n'), '-b+b\n');
  });

  it('are not taken for those of another text', () => {
    const hunks = hunksOf('a\nb\n', 'a\nc\n');
    assert.throws(() => applyHunks('a\nx\n', hunks), RangeError);
    assert.throws(() => applyHunks('', hunks), RangeError);
  });
});
