import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findMentions } from '../../../../src/chat/context/mentions.ts';
import { mentionText } from '../../../../src/protocol/mentionText.ts';
import type { Mention } from '../../../../src/protocol/chatMessages.ts';

/** What is found, as it stands in the text. */
const found = (text: string) => findMentions(text).map(({ start, end }) => text.slice(start, end));
const meant = (text: string) => findMentions(text).map(({ mention }) => mention);

describe('findMentions', () => {
  it('finds every kind', () =>
    assert.deepEqual(
      meant(
        '@file:src/a.ts @folder:src/ @symbol:Foo.bar @git:diff @git:staged @git:commit @codebase @selection @problems @terminal',
      ),
      [
        { kind: 'file', path: 'src/a.ts' },
        { kind: 'folder', path: 'src/' },
        { kind: 'symbol', name: 'Foo.bar' },
        { kind: 'git', what: 'diff' },
        { kind: 'git', what: 'staged' },
        { kind: 'git', what: 'commit' },
        { kind: 'codebase' },
        { kind: 'selection' },
        { kind: 'problems' },
        { kind: 'terminal' },
      ],
    ));

  it('ends where the sentence goes on', () => {
    assert.deepEqual(found('Is @file:src/a.ts, or (see @file:b.ts) or @symbol:f? @codebase: where? @terminal.'), [
      '@file:src/a.ts',
      '@file:b.ts',
      '@symbol:f',
      '@codebase',
      '@terminal',
    ]);
  });

  it('takes quoted paths with blanks', () =>
    assert.deepEqual(meant('Read @file:"my files/a \\"b\\".ts", and @folder:"C:\\x y" too'), [
      { kind: 'file', path: 'my files/a "b".ts' },
      { kind: 'folder', path: 'C:\\x y' },
    ]));

  const none = [
    'me@codebase.org wrote to you@selection',
    '@Injectable() class A {} @Component({ selector }) @selection() @problems.map',
    'npm i @types/file @codebase/core @terminal-kit/x @terminal_kit',
    '@file: @symbol: @git:push @git:"diff x" @files:a @FILE:a',
    'a `@file:x` b ``@codebase`` c',
    '```ts\n@file:a.ts\n@selection\n```',
    '~~~\n@codebase',
    '@codebase:all @problems:ts',
    'src/@codebase x@file:y',
  ];
  for (const text of none) it(`finds nothing in ${JSON.stringify(text)}`, () => assert.deepEqual(found(text), []));

  it('finds what stands around code', () =>
    assert.deepEqual(found('@file:a.ts `@file:b.ts` @file:c.ts\n```\n@file:d.ts\n```\n@file:e.ts'), [
      '@file:a.ts',
      '@file:c.ts',
      '@file:e.ts',
    ]));

  it('finds what mentionText writes', () => {
    const name = fc
      .string({ minLength: 1, unit: 'grapheme' })
      .filter((text) => !/[`\n]/.test(text) && !text.endsWith('\\') && !text.includes('\\"'));
    const mention: fc.Arbitrary<Mention> = fc.oneof(
      fc.tuple(fc.constantFrom('file', 'folder'), name).map(([kind, path]): Mention => ({ kind, path })),
      name.map((each): Mention => ({ kind: 'symbol', name: each })),
      fc.constantFrom('diff', 'staged', 'commit').map((what): Mention => ({ kind: 'git', what })),
      fc.constantFrom('codebase', 'selection', 'problems', 'terminal').map((kind): Mention => ({ kind })),
    );
    fc.assert(
      fc.property(fc.array(mention), (mentions) => {
        const text = mentions.map((each) => `see ${mentionText(each)} there`).join('\n');
        assert.deepEqual(meant(text), mentions);
      }),
    );
  });

  it('is quick whatever is pasted', () => {
    const pasted = [
      '`'.repeat(20_001),
      '` `` '.repeat(4000),
      '@file:"'.repeat(4000),
      '```\n'.repeat(5000),
      '@'.repeat(20_000),
      `@file:${'.'.repeat(50_000)}x`,
    ];
    const startedMs = performance.now();
    for (const text of pasted) findMentions(text);
    assert.ok(performance.now() - startedMs < 1500);
  });
});
