import assert from 'node:assert/strict';
import { refusalText } from '../../../../src/editor/edits/refusalText.ts';
import { visibleCode, visibleName } from '../../../../src/editor/edits/visibleCode.ts';
import { inEnglish } from '../../../../src/protocol/problems.ts';

describe('why an edit is refused', () => {
  it('names the file and the reason', () => {
    const reason = { code: 'target', asked: '../x', problem: { code: 'outside' } } as const;
    assert.equal(refusalText({ path: '../x', line: 1, reason }, inEnglish), '../x: it is outside of the open folders.');
    assert.equal(
      refusalText({ path: '', line: 1, reason: { code: 'noPath' } }, inEnglish),
      'the answer does not say which file it is for.',
    );
  });

  it('quotes what a model wrote as one short line in which nothing hides', () => {
    const text = refusalText(
      { path: 'a\u202E.ts\nb', line: 1, reason: { code: 'omission', text: `// ... ${'x'.repeat(200)}\u200B` } },
      inEnglish,
    );
    assert.match(text, /^a\.ts b: the answer leaves code out \("\/\/ \.\.\. x+…"\)\.$/);
    assert.ok(text.length < 150);
  });
});

describe('code that is shown', () => {
  it('has a number for each character that hides', () => {
    assert.equal(visibleCode('a\u202Eb\u200B\tc\n'), 'a⟨U+202E⟩b⟨U+200B⟩\tc\n');
  });

  it('is a name in one line', () => assert.equal(visibleName(' a\n\u2066b  c '), 'a b c'));
});
