import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
  escapeMarkdown,
  formatBytes,
  formatCount,
  formatMs,
  formatRate,
  formatShare,
  formatTokenRate,
  plainLine,
} from '../../../src/editor/formats.ts';

describe('formats', () => {
  it('bytes', () => {
    assert.equal(formatBytes(0), '0 kB');
    assert.equal(formatBytes(999_499), '1000 kB');
    assert.equal(formatBytes(999_500), '1 MB');
    assert.equal(formatBytes(380e6), '380 MB');
    assert.equal(formatBytes(999.4e6), '999 MB');
    assert.equal(formatBytes(999.5e6), '1.0 GB');
    assert.equal(formatBytes(4.46e9), '4.5 GB');
  });

  it('counts', () => {
    assert.deepEqual([0, 999, 1203, 90_000, 1_234_567].map(formatCount), ['0', '999', '1,203', '90,000', '1,234,567']);
  });

  it('rates', () => assert.equal(formatRate(12_440_000), '12.4 MB/s'));

  it('milliseconds', () => {
    assert.equal(formatMs(3.6), '4 ms');
    assert.equal(formatMs(999.4), '999 ms');
    assert.equal(formatMs(999.5), '1.0 s');
    assert.equal(formatMs(1234), '1.2 s');
  });

  it('tokens per second', () => {
    assert.equal(formatTokenRate(4.23), '4.2');
    assert.equal(formatTokenRate(9.96), '10');
    assert.equal(formatTokenRate(26.4), '26');
  });

  it('shares', () => {
    assert.equal(formatShare(1, 3), '33 %');
    assert.equal(formatShare(0, 0), '–');
  });
});

describe('plainLine', () => {
  it('is one line without anything that is not seen, and short', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        const line = plainLine(text, 50);
        assert.doesNotMatch(line, /[\p{Cc}\p{Cf}\p{Cs}]/u);
        assert.ok(Array.from(line).length <= 51);
      }),
    );
  });

  it('keeps what people write', () => {
    assert.equal(plainLine('  const 이름 =\n\t"😀"; '), 'const 이름 = "😀";');
    assert.equal(plainLine('abcdef', 3), 'abc…');
  });

  it('shows no icon that only the code names', () => {
    assert.equal(plainLine('a $(sync~spin) $(x y) $(trash)'), 'a \\$(sync~spin) $(x y) \\$(trash)');
  });
});

describe('escapeMarkdown', () => {
  it('leaves no character that Markdown, HTML or icons could act on unescaped', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const unescaped = escapeMarkdown(text).replace(/\\[^A-Za-z0-9\s]/g, '');
        assert.doesNotMatch(unescaped, /[\\`*_{}[\]()#+!|<>~&$\n\r]/);
      }),
    );
  });

  it('keeps the text', () => {
    const hostile = '![x](https://evil.example/?q) <img src=x> | $(flame) [a](command:x)';
    assert.equal(escapeMarkdown(hostile).replace(/\\(.)/g, '$1'), hostile);
  });
});
