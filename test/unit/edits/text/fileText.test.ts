import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { applyEdits, readFileText, replaceLines, withFinalNewline } from '../../../../src/edits/text/fileText.ts';
import { anyText, fewLines } from './texts.ts';

/** `text` with lines [from, to) replaced. */
function replaced(text: string, from: number, to: number, ...lines: string[]): string {
  return applyEdits(text, [replaceLines(readFileText(text), from, to, lines)]);
}

describe('the lines of a file', () => {
  it('are the whole file', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { lines } = readFileText(text);
        const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
        assert.equal(mark + lines.map((line) => line.text + line.end).join(''), text);
        for (const line of lines) assert.equal(text.slice(line.start, line.start + line.text.length), line.text);
      }),
    );
  });

  it('end only where an editor on every system would say so', () => {
    assert.deepEqual(
      readFileText('a\rb\r\nc').lines.map(({ text, end }) => [text, end]),
      [
        ['a\rb', '\r\n'],
        ['c', ''],
      ],
    );
  });

  it('keep their ends where others are replaced', () => {
    assert.equal(replaced('a\r\nb\r\n', 1, 2, 'x', 'y'), 'a\r\nx\r\ny\r\n');
    assert.equal(replaced('a\nb\r\nc\n', 1, 2, 'x'), 'a\nx\r\nc\n');
    assert.equal(replaced('a\r\nb', 1, 2, 'x', 'y'), 'a\r\nx\r\ny');
    assert.equal(replaced('a\r\nb', 2, 2, 'x'), 'a\r\nb\r\nx');
    assert.equal(replaced('a\nb\n', 2, 2, 'x'), 'a\nb\nx\n');
    assert.equal(replaced('a\nb\nc\n', 1, 2), 'a\nc\n');
    assert.equal(replaced('', 0, 0, 'x'), 'x\n');
  });

  it('leave a byte order mark and every other line as they are', () => {
    assert.equal(replaced('\uFEFFa\nb\n', 0, 1, 'x'), '\uFEFFx\nb\n');
    const indexes = fc.tuple(fc.nat(14), fc.nat(14)).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
    fc.assert(
      fc.property(anyText, indexes, fewLines, (text, [low, high], lines) => {
        const file = readFileText(text);
        const [from, to] = [Math.min(low, file.lines.length), Math.min(high, file.lines.length)];
        const after = applyEdits(text, [replaceLines(file, from, to, lines)]);
        assert.ok(after.startsWith(text.slice(0, file.lines[from]?.start ?? text.length)));
        assert.ok(after.endsWith(text.slice(file.lines[to]?.start ?? text.length)));
      }),
    );
  });

  it('can lose and get the last line end', () => {
    assert.equal(withFinalNewline('a\r\nb', true), 'a\r\nb\r\n');
    assert.equal(withFinalNewline('a\r\nb\r\n', false), 'a\r\nb');
    assert.equal(withFinalNewline('', true), '');
  });
});

const edit = (start: number, end: number) => ({ start, end, text: 'x' });

describe('edits', () => {
  it('that overlap or lie outside are refused', () => {
    assert.equal(applyEdits('abc', [edit(0, 1), edit(1, 1), edit(3, 3)]), 'xxbcx');
    for (const wrong of [[edit(1, 2), edit(0, 1)], [edit(0, 2), edit(1, 3)], [edit(2, 4)], [edit(2, 1)]])
      assert.throws(() => applyEdits('abc', wrong), RangeError);
  });
});
