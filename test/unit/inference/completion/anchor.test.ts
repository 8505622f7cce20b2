import assert from 'node:assert/strict';
import fc from 'fast-check';
import { anchorAt, typedSince } from '../../../../src/inference/completion/anchor.ts';
import { situationAt } from './fixture.ts';

const options = { snippets: [], windowCharacters: 10_000, nowMs: 0 };

describe('anchor', () => {
  it('stands at the start of the line, so that typing changes only the end of the prompt', () => {
    const anchor = anchorAt(situationAt('const a = 1;\nconst b█\n}'), options);
    assert.equal(anchor.head, 'const a = 1;\n');
    assert.equal(typedSince(anchor, situationAt('const a = 1;\nconst b = a█\n}')), 'const b = a');
  });

  it('stays while the editor closes brackets by itself', () => {
    const anchor = anchorAt(situationAt('x\nfoo█\n}'), options);
    assert.equal(typedSince(anchor, situationAt('x\nfoo(█)\n}')), 'foo(');
  });

  it('goes on over new lines, until too much was typed', () => {
    const anchor = anchorAt(situationAt('x\nfoo█\n}'), options);
    assert.equal(typedSince(anchor, situationAt('x\nfoo();\nbar█\n}')), 'foo();\nbar');
    assert.equal(typedSince(anchor, situationAt(`x\n${'y'.repeat(601)}█\n}`)), undefined);
  });

  it('is given up when anything else changed: text above, text below, the file', () => {
    const anchor = anchorAt(situationAt('x\nfoo█\n}'), options);
    assert.equal(typedSince(anchor, situationAt('z\nfoo█\n}')), undefined);
    assert.equal(typedSince(anchor, situationAt('x\nfoo█\n\n}')), undefined);
    assert.equal(typedSince(anchor, situationAt('x\nfoo█\n}', { uri: 'file:///other.ts' })), undefined);
  });

  it('keeps the window where it was while the text still fits', () => {
    const line = 'let something = 1;\n';
    const first = anchorAt(situationAt(`${line.repeat(100)}█`), { ...options, windowCharacters: 1_000 });
    assert.ok(first.windowStart > 0);
    const next = anchorAt(situationAt(`${line.repeat(105)}█`), {
      ...options,
      windowCharacters: 1_000,
      previous: first,
    });
    assert.equal(next.windowStart, first.windowStart);
    const far = anchorAt(situationAt(`${line.repeat(200)}█`), { ...options, windowCharacters: 1_000, previous: first });
    assert.ok(far.windowStart > first.windowStart);
    assert.ok(far.head.length - far.windowStart <= 1_000);
  });

  it('opens the window once the model turns out to read more', () => {
    const text = situationAt(`${'let something = 1;\n'.repeat(300)}█`);
    const small = anchorAt(text, { ...options, windowCharacters: 500 });
    const large = anchorAt(text, { ...options, windowCharacters: 4_000, previous: small });
    assert.ok(large.windowStart < small.windowStart);
  });

  it('head and typed text are always the whole prefix', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.integer({ min: 1, max: 200 }), (before, after, windowCharacters) => {
        const situation = situationAt(`${before.replaceAll('█', '')}█${after}`);
        const anchor = anchorAt(situation, { ...options, windowCharacters });
        assert.equal(anchor.head + (typedSince(anchor, situation) ?? '?'), situation.prefix);
        assert.ok(anchor.windowStart <= anchor.head.length);
      }),
    );
  });
});
