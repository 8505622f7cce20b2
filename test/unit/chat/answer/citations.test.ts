import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findCitations } from '../../../../src/chat/answer/citations.ts';

const context = [
  'src/a.ts',
  'src/chat/a.ts',
  'lib/b.ts',
  'docs/my notes/read me.md',
  'Makefile',
  'x/y/c.ts',
  'z/y/c.ts',
].map((path) => ({ path, uri: `file:///p/${path}` }));
/** `what stands there -> path:from-to` of each. */
const found = (answer: string, isComplete = true) =>
  findCitations(answer, context, isComplete).map(
    ({ start, end, uri, startLine, endLine }) =>
      `${answer.slice(start, end)} -> ${uri.replace('file:///p/', '')}:${startLine}-${endLine}`,
  );

describe('findCitations', () => {
  it('finds lines and ranges, however they are written', () =>
    assert.deepEqual(
      found('See src/a.ts:3, `lib/b.ts:10-20` and (lib/b.ts#L7), lib/b.ts#L1-L2 or lib/b.ts#L1-2; Makefile:4–5.'),
      [
        'src/a.ts:3 -> src/a.ts:3-3',
        'lib/b.ts:10-20 -> lib/b.ts:10-20',
        'lib/b.ts#L7 -> lib/b.ts:7-7',
        'lib/b.ts#L1-L2 -> lib/b.ts:1-2',
        'lib/b.ts#L1-2 -> lib/b.ts:1-2',
        'Makefile:4–5 -> Makefile:4-5',
      ],
    ));

  it('takes the end of a path that only one has', () =>
    assert.deepEqual(found('b.ts:1 chat/a.ts:2 ./src/a.ts:3 src\\chat\\a.ts:4 **b.ts:5** [b.ts:6](b.ts#L6)'), [
      'b.ts:1 -> lib/b.ts:1-1',
      'chat/a.ts:2 -> src/chat/a.ts:2-2',
      './src/a.ts:3 -> src/a.ts:3-3',
      'src\\chat\\a.ts:4 -> src/chat/a.ts:4-4',
      'b.ts:5 -> lib/b.ts:5-5',
      'b.ts:6 -> lib/b.ts:6-6',
      'b.ts#L6 -> lib/b.ts:6-6',
    ]));

  it('takes names with blanks', () =>
    assert.deepEqual(found('in docs/my notes/read me.md:9 and read me.md:8'), [
      'docs/my notes/read me.md:9 -> docs/my notes/read me.md:9-9',
      'read me.md:8 -> docs/my notes/read me.md:8-8',
    ]));

  it('takes the line of a place with a column, and no backward range', () =>
    assert.deepEqual(found('b.ts:3:14 b.ts:9-4'), ['b.ts:3 -> lib/b.ts:3-3', 'b.ts:9-4 -> lib/b.ts:9-9']));

  const none = [
    'a.ts:3', // two have it
    'y/c.ts:3',
    'other/b.ts:3 /lib/b.ts:3 ../lib/b.ts:3 https://x.org/lib/b.ts:3 @lib/b.ts:3 web.ts:3',
    'src/none.ts:3 evil.ts#L3 12:30 :3',
    'lib/b.ts lib/b.ts: 3 lib/b.ts:x lib/b.ts:0',
    'lib/b.ts:12345678',
  ];
  for (const answer of none) it(`finds nothing in ${answer}`, () => assert.deepEqual(found(answer), []));

  it('waits for the end of a place while the answer is written', () => {
    for (const answer of ['b.ts:1', 'b.ts:1-', 'b.ts:1-2', 'b.ts#L1-L'])
      assert.deepEqual(found(answer, false), [], answer);
    assert.deepEqual(found('b.ts:1- and', false), ['b.ts:1 -> lib/b.ts:1-1']);
    assert.deepEqual(found('b.ts:1-2.', false), ['b.ts:1-2 -> lib/b.ts:1-2']);
    assert.deepEqual(found('b.ts:1-', true), ['b.ts:1 -> lib/b.ts:1-1']);
  });

  it('never takes back what it found while the answer grows, and leads nowhere else', () => {
    const piece = fc.constantFrom(
      'src/a.ts',
      'b.ts',
      ':',
      '1',
      '2',
      '-',
      '#L',
      'L',
      ' ',
      '`',
      '/',
      'c.ts',
      '\\',
      '.',
      'a',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        const answer = pieces.join('');
        const whole = findCitations(answer, context, true);
        for (let end = 0; end <= answer.length; end++) {
          const early = findCitations(answer.slice(0, end), context, false);
          assert.deepEqual(early, whole.slice(0, early.length));
        }
        for (const { uri } of whole) assert.ok(context.some((item) => item.uri === uri));
      }),
    );
  });

  it('needs an address to lead to', () =>
    assert.deepEqual(findCitations('a.ts:1', [{ path: 'a.ts' }, { uri: 'file:///a.ts' }], true), []));
});
