import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { select } from '../../../../src/codeIndex/search/selection.ts';
import { storedChunk } from './memoryStore.ts';

/** Best first; the text defaults to one that nothing else has. */
function selected(found: readonly (readonly [path: string, text?: string])[], limit = 10): string {
  const sorted = found.map(([path, text = `only ${path}`], at) => ({
    folder: '/app',
    path,
    score: 1 / (at + 1),
    chunk: storedChunk(path, at, { text }),
  }));
  return select(sorted, limit)
    .map(({ path }) => path)
    .join(' ');
}

describe('select: what of the order is shown', () => {
  it('takes the first', () => assert.equal(selected([['a'], ['b'], ['c']], 2), 'a b'));

  it('shows the same text once, however it is indented', () =>
    assert.equal(
      selected([
        ['a', 'x();\ny();'],
        ['b', '  x();\n\n  y();\n'],
        ['c', 'z()'],
      ]),
      'a c',
    ));

  it('shows once what differs in a line of ten', () => {
    const lines = Array.from({ length: 20 }, (_, at) => `line${at}();`);
    const other = [...lines.slice(0, 19), 'other();'].join('\n');
    assert.equal(
      selected([
        ['a', lines.join('\n')],
        ['b', other],
        ['c', lines.slice(0, 10).join('\n')],
      ]),
      'a c',
    );
  });

  it('lets other files have their turn after three chunks of one', () => {
    const found = ['a 1', 'a 2', 'a 3', 'a 4', 'b 1', 'a 5'].map((each) => [each.slice(0, 1), each] as const);
    assert.equal(selected(found), 'a a a b a a');
    assert.equal(selected(found, 4), 'a a a b');
  });
});
