import assert from 'node:assert/strict';
import { type MentionSource, commandSuggestions, mentionSuggestions } from '../../../../src/editor/chat/suggestions.ts';
import { inEnglish } from '../../../../src/protocol/problems.ts';

const source: MentionSource = {
  files: async (query) => (query === '' ? ['README.md'] : ['src/cart.ts', 'src/cart/total.ts']),
  folders: async () => ['src'],
  symbols: async () => [{ name: 'total', place: 'src/cart.ts' }],
};
const inserts = async (query: string) =>
  (await mentionSuggestions(query, source, inEnglish)).map(({ insert }) => insert);

describe('suggestions', () => {
  it('after @ are all kinds of context', async () =>
    assert.deepEqual(await inserts(''), [
      '@file:',
      '@folder:',
      '@symbol:',
      '@codebase',
      '@selection',
      '@problems',
      '@git:diff',
      '@git:staged',
      '@git:commit',
      '@terminal',
    ]));

  it('after a word are the kinds that begin so, and files with it in their name', async () =>
    assert.deepEqual(await inserts('co'), ['@codebase', '@file:src/cart.ts', '@file:src/cart/total.ts']));

  it('after a kind are things of that kind', async () => {
    assert.deepEqual(await inserts('file:'), ['@file:README.md']);
    assert.deepEqual(await inserts('folder:s'), ['@folder:src']);
    assert.deepEqual(await inserts('symbol:to'), ['@symbol:total']);
    assert.deepEqual(await inserts('git:st'), ['@git:staged']);
  });

  it('after / are commands that begin so, those of the workspace in their own words', () => {
    const commands = [
      { name: 'explain', source: 'builtIn', description: 'of the engine' },
      { name: 'release', source: 'workspace', description: 'Write the release notes' },
      { name: 'review', source: 'builtIn', description: 'of the engine' },
    ] as const;
    assert.deepEqual(commandSuggestions('RE', commands, inEnglish), [
      { label: '/release', detail: 'Write the release notes', insert: '/release' },
      { label: '/review', detail: 'Review the changes that are not committed', insert: '/review' },
    ]);
  });
});
