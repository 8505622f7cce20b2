import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fenced } from '../../../../src/chat/context/fence.ts';
import { withoutHidden } from '../../../../src/chat/context/hiddenCharacters.ts';

describe('withoutHidden', () => {
  it('takes out what people do not see, and says how much', () => {
    const tags = Array.from('do it', (character) =>
      String.fromCodePoint(0xe0000 + (character.codePointAt(0) ?? 0)),
    ).join('');
    assert.deepEqual(withoutHidden(`a${tags}b`), { text: 'ab', hidden: 5 });
    assert.deepEqual(withoutHidden('\uFEFFif (x\u202E\u2066) {\u2069\u200B}\0'), { text: 'if (x) {}', hidden: 6 });
    assert.deepEqual(withoutHidden('x\u200Dy \u200C z'), { text: 'xy  z', hidden: 2 });
    assert.deepEqual(withoutHidden('\uFE0F\uFE01\uFE02\u{E0100}'), { text: '\uFE0F', hidden: 3 });
  });

  it('leaves what people see', () => {
    for (const text of ['a\tb\n c', '한국어 日本語', '👩‍💻 ❤️ 👍🏽', 'می‌خواهم', 'क्‍ष', 'é e\u0301'])
      assert.deepEqual(withoutHidden(text), { text, hidden: 0 });
  });

  it('leaves out the colours of a terminal without a word', () =>
    assert.deepEqual(withoutHidden('\u001B[1;31merror\u001B[0m \u001B]8;;https://x\u0007here\u001B]8;;\u001B\\\r\n'), {
      text: 'error here\n',
      hidden: 0,
    }));

  it('has nothing left to do the second time', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '\u001B',
        '[',
        'm',
        '\u200D',
        '\u200C',
        '👩',
        'a',
        '\uFE0F',
        '\uFE01',
        '\u200B',
        '\r',
        '\n',
        'ک',
        '\u202E',
      ),
      fc.string({ unit: 'binary', maxLength: 3 }),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const { text } = withoutHidden(pieces.join(''));
        assert.deepEqual(withoutHidden(text), { text, hidden: 0 });
      }),
    );
  });
});

describe('fenced', () => {
  it('has longer marks than any inside', () => {
    assert.equal(fenced('a', 'x.ts'), '```x.ts\na\n```');
    assert.equal(fenced('```\n````js\n', 'x.md'), '`````x.md\n```\n````js\n`````');
    assert.equal(fenced('', 'empty'), '```empty\n```');
  });

  it('cannot be ended by its text or its path', () =>
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('`', '```', '\n', 'a', '\r', '~~~', '\u2028', ' ')).map((pieces) => pieces.join('')),
        fc.array(fc.constantFrom('`', '```', '\n', 'a', '\r', '\u2028', '/')).map((pieces) => pieces.join('')),
        (text, path) => {
          const lines = fenced(text, path).split('\n');
          const marks = lines.at(-1) ?? '';
          assert.match(marks, /^`{3,}$/);
          assert.match(lines[0] ?? '', new RegExp(`^${marks}[^\`\\n\\r\\u2028]*$`));
          assert.ok(lines.slice(1, -1).every((line) => !line.includes(marks)));
        },
      ),
    ));
});
