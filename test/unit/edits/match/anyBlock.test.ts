import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { matchBlock } from '../../../../src/edits/match/matchBlock.ts';
import { isRefusal } from '../../../../src/edits/refusal.ts';
import { applyEdits, readFileText } from '../../../../src/edits/text/fileText.ts';

/** Few lines, so that they are often found, often twice, and often but for white space. */
const code = fc.constantFrom('a();', 'b();', 'if (x) {', '}', 'return y;', 'ç = "€😀";', 'e\u0301()', 'x\ry');
const indent = fc.constantFrom('', '  ', '    ', '\t', '\t\t');
const line = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(indent, code, fc.constantFrom('', ' ')).map((parts) => parts.join('')) },
  { weight: 1, arbitrary: fc.constantFrom('', '  ') },
);
const lines = fc.array(line, { maxLength: 8 });
const files = fc
  .tuple(
    fc.constantFrom('', '\uFEFF'),
    fc.array(fc.tuple(line, fc.constantFrom('\n', '\r\n')), { maxLength: 20 }),
    line,
  )
  .map(([mark, all, last]) => mark + all.map((each) => each.join('')).join('') + last);

/** A file and a part of it as a model might show it: with other indentation, line ends and blanks. */
const fileAndPart = files.chain((file) => {
  const { length } = readFileText(file).lines;
  return fc
    .tuple(fc.constant(file), fc.nat(length), fc.integer({ min: 1, max: 6 }), indent, fc.boolean())
    .map(([, from, count, shift, trims]) => {
      const part = readFileText(file).lines.slice(from, from + count);
      return [file, part.map(({ text }) => (trims ? text.trimEnd() : shift + text))] as const;
    });
});

describe('any block', () => {
  it('touches nothing outside of where it was found', async () => {
    let found = 0;
    await fc.assert(
      fc.asyncProperty(fc.oneof(fileAndPart, fc.tuple(files, lines)), lines, async ([file, search], replace) => {
        const match = await matchBlock(file, { search, replace });
        if (isRefusal(match)) return;
        found++;
        const after = applyEdits(file, match.edits);
        const [before, behind] = [file.slice(0, match.start), file.slice(match.end)];
        assert.ok(after.startsWith(before) && after.endsWith(behind), 'the rest is byte for byte the same');
        assert.ok(after.length >= before.length + behind.length, 'and is there once');
        for (const edit of match.edits) assert.ok(match.start <= edit.start && edit.end <= match.end);
        assert.equal(after.startsWith('\uFEFF'), file.startsWith('\uFEFF'));
      }),
      { numRuns: 1_000 },
    );
    assert.ok(found > 100, `${found} blocks were found`);
  });

  it('that changes nothing leaves the file byte for byte, whatever its white space', async () => {
    await fc.assert(
      fc.asyncProperty(fileAndPart, async ([file, search]) => {
        const match = await matchBlock(file, { search, replace: search });
        if (!isRefusal(match) && search.some((each) => each.trim() !== '')) assert.deepEqual(match.edits, []);
      }),
      { numRuns: 500 },
    );
  });

  it('is exact wherever it stands once, line by line', async () => {
    await fc.assert(
      fc.asyncProperty(files, fc.nat(20), fc.integer({ min: 1, max: 5 }), lines, async (file, from, count, replace) => {
        const all = readFileText(file).lines.map(({ text }) => text);
        const search = all.slice(from, from + count);
        if (search.every((each) => each.trim() === '')) return;
        const places = all.filter((_, at) => search.every((each, i) => all[at + i] === each)).length;
        const match = await matchBlock(file, { search, replace });
        if (places > 1) assert.ok(isRefusal(match) && match.code === 'ambiguous');
        else {
          assert.ok(!isRefusal(match) && match.how === 'exact');
          const expected = [...all.slice(0, from), ...replace, ...all.slice(from + search.length)];
          const after = readFileText(applyEdits(file, match.edits)).lines.map(({ text }) => text);
          // A last line without an end and without text is no line.
          assert.deepEqual(withoutEmptyEnd(after), withoutEmptyEnd(expected));
        }
      }),
      { numRuns: 500 },
    );
  });
});

function withoutEmptyEnd(all: readonly string[]): readonly string[] {
  return all.slice(0, all.findLastIndex((each) => each !== '') + 1);
}
