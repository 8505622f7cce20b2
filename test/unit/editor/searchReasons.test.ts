import assert from 'node:assert/strict';
import { describeReasons } from '../../../src/editor/searchReasons.ts';
import type { SearchReason } from '../../../src/protocol/indexMessages.ts';
import { inEnglish } from '../../../src/protocol/problems.ts';

describe('describeReasons', () => {
  it('says in words why something was found', () => {
    const reasons: SearchReason[] = [
      { kind: 'words', words: ['parse', 'header'] },
      { kind: 'meaning', similarity: 0.7 },
      { kind: 'name', name: 'parseHeader' },
    ];
    assert.equal(describeReasons(reasons, inEnglish), 'words: parse, header · similar meaning · name');
  });

  it('has words of its own for each kind of reason', () => {
    const reasons: SearchReason[] = [
      { kind: 'words', words: ['a'] },
      { kind: 'path', words: ['a'] },
      { kind: 'meaning', similarity: 1 },
      { kind: 'name', name: 'a' },
      ...(['imported', 'sameFolder', 'recentlyEdited'] as const).map((how) => ({ kind: 'near', how }) as const),
    ];
    const texts = reasons.map((reason) => describeReasons([reason], inEnglish));
    assert.equal(new Set(texts).size, reasons.length);
  });
});
