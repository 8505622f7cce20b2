import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { codeText, nameText } from '../../../../src/editor/personal/visibleText.ts';

const hidden = fc.constantFrom(
  '\u202e',
  '\u2066',
  '\u200b',
  '\u200d',
  '\ufeff',
  '\u0000',
  '\u001b',
  '\u00ad',
  '\u2028',
  '\u3164',
);
const text = fc.array(fc.oneof(hidden, fc.string({ unit: 'binary', maxLength: 5 }))).map((parts) => parts.join(''));
const hides = /(?![\t\n\r])[\p{Cc}\p{Cf}\u2028\u2029\u3164]/u;

describe('codeText', () => {
  it('shows each character that hides by its number', () => {
    assert.equal(codeText('a\u202eb\n\t').toString(), 'a<span class="hidden-character">U+202E</span>b\n\t');
  });

  it('leaves nothing hidden, and everything else as it is', () => {
    fc.assert(
      fc.property(text, (code) => {
        const shown = codeText(code).toString();
        assert.doesNotMatch(shown, hides);
        const back = shown
          .replace(/<span class="hidden-character">U\+([0-9A-F]+)<\/span>/g, (_, number: string) =>
            String.fromCodePoint(Number.parseInt(number, 16)),
          )
          .replace(/&#(\d+);/g, (_, number: string) => String.fromCharCode(Number(number)));
        assert.equal(back, code);
      }),
    );
  });
});

describe('nameText', () => {
  it('is one line in which nothing hides, no longer than asked for', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 30 }), (name, most) => {
        const shown = nameText(name, most);
        assert.doesNotMatch(shown, hides);
        assert.doesNotMatch(shown, /[\t\n\r]/);
        assert.ok(Array.from(shown).length <= most + 1);
      }),
    );
    assert.equal(nameText('src/a\u202ets.b\n.ts'), 'src/ats.b .ts');
    assert.equal(nameText('abcdef', 3), 'abc…');
  });
});
