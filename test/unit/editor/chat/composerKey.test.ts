import assert from 'node:assert/strict';
import { isSend, type PressedKey } from '../../../../src/editor/chat/composerKey.ts';

const enter: PressedKey = {
  key: 'Enter',
  shiftKey: false,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  isComposing: false,
  keyCode: 13,
};

describe('isSend', () => {
  it('is Enter, also with Control or Command', () => {
    assert.ok(isSend(enter));
    assert.ok(isSend({ ...enter, ctrlKey: true }));
    assert.ok(isSend({ ...enter, metaKey: true }));
  });

  it('is not Enter with Shift, which begins a line', () => assert.ok(!isSend({ ...enter, shiftKey: true })));

  it('is not the Enter that ends a syllable', () => {
    assert.ok(!isSend({ ...enter, isComposing: true }));
    assert.ok(!isSend({ ...enter, keyCode: 229 }));
  });

  it('is no other key', () => assert.ok(!isSend({ ...enter, key: 'a', keyCode: 65 })));
});
