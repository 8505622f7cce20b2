import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { findLanguageName } from '../../../src/editor/languageNames.ts';

const manifests = [
  { name: 'no languages' },
  { contributes: { languages: [{ id: 'cpp', aliases: ['C++', 'Cpp'] }, { id: 'bare' }] } },
  { contributes: { languages: [{ id: 'cpp', aliases: ['Another'] }] } },
];

describe('findLanguageName', () => {
  it('takes the first alias of the first extension', () => assert.equal(findLanguageName('cpp', manifests), 'C++'));

  it('falls back to the id', () => {
    assert.equal(findLanguageName('bare', manifests), 'bare');
    assert.equal(findLanguageName('unheard', manifests), 'unheard');
  });

  it('survives any manifest', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.anything(), fc.record({ contributes: fc.anything() }))), (others) => {
        assert.equal(findLanguageName('unheard', others), 'unheard');
      }),
    );
  });
});
