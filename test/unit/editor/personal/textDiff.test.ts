import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { diffAgainst } from '../../../../src/editor/personal/textDiff.ts';

const code = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.constantFrom('return', ' ', '\n', 'x', '(', ')', '=', '===', 'await', '  '))
    .map((words) => words.join('')),
);
/** `{differs}`, `[]` for what is missing, the rest as it is. */
const shown = (text: string, other: string) =>
  diffAgainst(text, other)
    .map((part) => (part.kind === 'same' ? part.text : part.kind === 'missing' ? '[]' : `{${part.text}}`))
    .join('');

describe('diffAgainst', () => {
  it('marks whole words and what is missing', () => {
    assert.equal(shown('return await fn();', 'return await run();'), 'return await {fn}();');
    assert.equal(shown('run();', 'run(attempt);'), 'run([]);');
    assert.equal(shown('a == b', 'a === b'), 'a {==} b');
    assert.equal(shown('', 'x'), '[]');
    assert.equal(shown('x', ''), '{x}');
  });

  it('loses nothing of the text, and nothing that is the same twice', () => {
    fc.assert(
      fc.property(code, code, (text, other) => {
        const parts = diffAgainst(text, other);
        assert.equal(parts.map((part) => part.text).join(''), text);
        // What is the same stands in the other text, in the same order.
        let from = 0;
        for (const part of parts.filter(({ kind }) => kind === 'same')) {
          for (const token of part.text.match(/[\p{L}\p{N}_$]+|\s|./gu) ?? []) {
            const found = other.indexOf(token, from);
            assert.ok(found >= 0, `${token} of ${text} in ${other}`);
            from = found;
          }
        }
        assert.ok(parts.every((part, at) => part.kind !== parts[at - 1]?.kind));
      }),
    );
  });

  it('finds no difference between equals', () => {
    fc.assert(fc.property(code, (text) => assert.ok(diffAgainst(text, text).every(({ kind }) => kind === 'same'))));
  });

  it('compares what is too long as a whole', () => {
    const long = 'a '.repeat(2000);
    assert.deepEqual(
      diffAgainst(long, `${long}b`).map(({ kind }) => kind),
      ['differs'],
    );
  });
});
