import { unsafeCharacters } from '../../../../../src/inference/completion/filters/unsafeCharacters.ts';
import { expectShown } from './fixture.ts';

describe('unsafeCharacters', () => {
  it('removes bidi controls: what is read is what runs', () => {
    expectShown(
      unsafeCharacters,
      'if (█)',
      'isAdmin /*\u202e } \u2066if (admin)\u2069 */',
      'isAdmin /* } if (admin) */',
    );
  });

  it('removes zero-width and tag characters, byte order marks and escapes', () => {
    expectShown(unsafeCharacters, '█', 'a\u200bb\u2060c\ufeffd\u{e0041}e\u001b[31mf\u0000', 'abcde[31mf');
  });

  it('leaves tabs, line ends, accents, Korean and emoji', () => {
    for (const text of ['\tcafé\r\n', '안녕하세요', '❤️ 🎉']) expectShown(unsafeCharacters, '█', text, text);
  });
});
