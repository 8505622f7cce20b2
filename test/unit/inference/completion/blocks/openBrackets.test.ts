import assert from 'node:assert/strict';
import { lexiconOf } from '../../../../../src/inference/completion/blocks/lexicon.ts';
import { openBracketsAt } from '../../../../../src/inference/completion/blocks/openBrackets.ts';

const at = (marked: string) => {
  const [prefix = '', suffix = ''] = marked.split('█');
  const { open, reserved, surplus } = openBracketsAt(prefix, suffix, lexiconOf('typescript'));
  return { open: open.map(({ bracket }) => bracket).join(''), reserved, surplus };
};

describe('openBracketsAt', () => {
  it('leaves to the suffix what it closes', () => {
    assert.deepEqual(at('f() {\n  █\n}'), { open: '{', reserved: 1, surplus: '' });
    assert.deepEqual(at('f() {\n  if (a) {█\n}'), { open: '{{', reserved: 1, surplus: '' });
    assert.deepEqual(at('f() {\n  g(█)\n}'), { open: '{(', reserved: 2, surplus: '' });
    assert.deepEqual(at('f() {\n  g(█\n}'), { open: '{(', reserved: 1, surplus: '' });
    assert.deepEqual(at('f() {\n  g([█\n  ]);\n}'), { open: '{([', reserved: 3, surplus: '' });
  });

  it('knows closers that wait for an opener', () => {
    assert.deepEqual(at('x = █)'), { open: '', reserved: 0, surplus: ')' });
    assert.deepEqual(at('f() {\n  x = █)\n}'), { open: '{', reserved: 1, surplus: ')' });
  });
});
