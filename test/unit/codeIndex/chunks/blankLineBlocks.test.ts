import { strict as assert } from 'node:assert';
import { blankLineBlocks } from '../../../../src/codeIndex/chunks/blankLineBlocks.ts';
import { fileLines } from '../../../../src/codeIndex/chunks/fileLines.ts';

const blocksOf = (text: string) => {
  const lines = fileLines(text);
  return blankLineBlocks(lines, { start: 0, end: lines.count }).map(({ start, end }) => lines.text(start, end));
};
const long = 'x'.repeat(90);

describe('blocks of lines', () => {
  it('are one when there is little, without the blank lines around', () => {
    assert.deepEqual(blocksOf('\n\na\n\nb\n\n'), ['a\n\nb']);
    assert.deepEqual(blocksOf(' \n\n'), []);
  });

  it('begin where the indentation is least', () => {
    const routine = `ROUTINE\n${`  ${long}\n`.repeat(9)}\n${`  ${long}\n`.repeat(2)}`;
    const blocks = blocksOf(routine.repeat(6));
    assert.equal(blocks.length, 6);
    for (const block of blocks) assert.match(block, /^ROUTINE\n/);
  });

  it('begin after a blank line rather than anywhere else at the same depth', () => {
    const paragraph = `${long}\n`.repeat(10);
    assert.deepEqual(
      blocksOf(`${paragraph}\n`.repeat(5)),
      Array.from({ length: 5 }, () => paragraph.trimEnd()),
    );
  });

  it('do not begin with what closes, nor part a comment from what it is about', () => {
    const blocks = blocksOf(`-- about it\ncall ${long}\n{\n  ${long}\n}\n`.repeat(30));
    assert.ok(blocks.length > 3);
    for (const block of blocks) assert.match(block, /^-- about it/);
  });

  it('cut where they must', () => {
    const blocks = blocksOf(`    ${long}\n`.repeat(100));
    assert.ok(blocks.every((block) => block.length <= 2_400));
    assert.deepEqual(
      blocksOf(`${'y'.repeat(5_000)}\n${'z'.repeat(5_000)}`).map(({ length }) => length),
      [2_399, 2_399],
    );
  });
});
