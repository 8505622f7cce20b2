import assert from 'node:assert/strict';
import fc from 'fast-check';
import { translationOf } from '../../../../src/engine/personal/styleTranslation.ts';

describe('translationOf', () => {
  it('says what the client’s table says, with the arguments in it', () => {
    const t = translationOf({ 'Indented by {0} spaces': '공백 {0}칸으로 들여쓰기' });
    assert.equal(t('Indented by {0} spaces', 2), '공백 2칸으로 들여쓰기');
    assert.equal(t('Quotes'), 'Quotes');
  });

  it('stays English whatever else a client sends', () => {
    const message = fc.constantFrom('Quotes', 'constructor', '__proto__', 'toString');
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.dictionary(message, fc.integer())), message, (translations, asked) => {
        assert.equal(translationOf(translations)(asked), asked);
      }),
    );
  });
});
