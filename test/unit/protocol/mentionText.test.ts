import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findMentions } from '../../../src/chat/context/mentions.ts';
import { mentionText } from '../../../src/protocol/mentionText.ts';
import type { Mention } from '../../../src/protocol/chatMessages.ts';

describe('mentionText', () => {
  it('is found by the engine as what it was', () => {
    const name = fc
      .string({ minLength: 1, unit: 'grapheme' })
      .filter((text) => !/[\n\r\\]/.test(text) && text.trim() !== '');
    const mention = fc.oneof<fc.Arbitrary<Mention>[]>(
      fc.record({ kind: fc.constantFrom('file' as const, 'folder' as const), path: name }),
      fc.record({ kind: fc.constant('symbol' as const), name }),
      fc.record({ kind: fc.constant('git' as const), what: fc.constantFrom('diff', 'staged', 'commit') }),
      fc.record({
        kind: fc.constantFrom('codebase' as const, 'selection' as const, 'problems' as const, 'terminal' as const),
      }),
    );
    fc.assert(
      fc.property(mention, (each) => {
        const found = findMentions(`Look at ${mentionText(each)} please`);
        assert.deepEqual(
          found.map((one) => one.mention),
          [{ ...each }],
        );
      }),
    );
  });

  it('has quotes only where they are needed', () => {
    assert.equal(mentionText({ kind: 'file', path: 'src/cart.ts' }), '@file:src/cart.ts');
    assert.equal(mentionText({ kind: 'file', path: 'my notes.md' }), '@file:"my notes.md"');
  });
});
