import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { keepable, keepableSnippets } from '../../../../src/personalize/events/keepable.ts';
import { maskAround } from '../../../../src/personalize/events/maskAround.ts';
import { maskSecrets } from '../../../../src/privacy/secretText.ts';

// Made when the test runs, so that nobody finds a token in this file.
const token = `ghp_${randomBytes(18).toString('hex')}`;
const mark = (which: string) => [`-----${which} PRIV`, 'ATE KEY-----'].join('');
const body = Array.from({ length: 40 }, () => randomBytes(48).toString('base64'));
const key = [mark('BEGIN'), ...body, mark('END'), ''].join('\n');
const password = ['password = "hun', 'ter2!"'].join('');

/** `prefix|text|suffix`, `⏎` for a line end. */
function around(fixture: string) {
  const [prefix = '', text = '', suffix = ''] = fixture.replaceAll('⏎', '\n').replaceAll('TOKEN', token).split('|');
  return { prefix, text, suffix };
}

describe('masking around a text', () => {
  const fixtures: readonly (readonly [what: string, from: string, to: string | undefined])[] = [
    ['leaves what has no secret', 'x = |total(a)|;⏎', 'x = |total(a)|;⏎'],
    ['masks before, on another line', 't = "TOKEN"⏎x = |total(a)|;⏎', 't = "[secret]"⏎x = |total(a)|;⏎'],
    ['masks before, on the same line', 'f("TOKEN", |a, b|);', 'f("[secret]", |a, b|);'],
    ['masks behind, on the same line', 'f(|a, b|, "TOKEN");', 'f(|a, b|, "[secret]");'],
    ['masks behind a text of several lines', 'f(|a,⏎b|, "TOKEN");⏎', 'f(|a,⏎b|, "[secret]");⏎'],
    ['gives up between two on one line', 'f("TOKEN", |a|, "TOKEN");', undefined],
    ['drops a text that is one', 't = "|TOKEN|";', undefined],
    ['drops a text that holds one', 'x = 1;⏎|t = "TOKEN";⏎y();|⏎', undefined],
    ['drops the end of one', `t = "${token.slice(0, 9)}|${token.slice(9)}|";`, undefined],
    ['drops the beginning of one', `t = |"${token.slice(0, 9)}|${token.slice(9)}";`, undefined],
    ['drops the middle of one', `t = "${token.slice(0, 9)}|${token.slice(9, 20)}|${token.slice(20)}";`, undefined],
    ['drops a password known by its name alone', password.replace(/"(.*)"/, '"|$1|"'), undefined],
  ];
  for (const [what, from, to] of fixtures) {
    it(what, () => assert.deepEqual(maskAround(around(from)), to && around(to)));
  }

  it('leaves no secret and changes nothing else, wherever the borders are', () => {
    const piece = fc.constantFrom(token, password, 'f(a, b)', ' + ', '\n', '"', 'x;', key);
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), fc.nat(), fc.nat(), (pieces, a, b) => {
        const whole = pieces.join('');
        const [start, end] = [a % (whole.length + 1), b % (whole.length + 1)].toSorted((x, y) => x - y);
        const text = whole.slice(start, end);
        const masked = maskAround({ prefix: whole.slice(0, start), text, suffix: whole.slice(end) });
        if (masked === undefined) return assert.notEqual(maskSecrets(whole), whole);
        assert.equal(masked.text, text);
        assert.equal(masked.prefix + masked.text + masked.suffix, maskSecrets(whole));
      }),
      { numRuns: 1_000 },
    );
  });

  it('knows a key whose beginning is far outside of the window', () => {
    const kept = keepable({ prefix: `${key}\nx = `, text: 'total(a)', suffix: `;\n${key}` });
    assert.ok(kept !== undefined && kept.prefix.length <= 2_000 && kept.suffix.length <= 2_000);
    assert.deepEqual(
      body.filter((line) => kept.prefix.includes(line) || kept.suffix.includes(line)),
      [],
    );
  });
});

describe('keepable snippets', () => {
  it('are the most relevant, the last, as far as they fit', () => {
    const snippets = ['a', 'b', 'c'].map((path, i) => ({ path, text: `${path}\n`.repeat((3 - i) * 600) }));
    assert.deepEqual(
      keepableSnippets(snippets).map(({ path }) => path),
      ['b', 'c'],
    );
    assert.deepEqual(keepableSnippets([]), []);
  });

  it('are cut at a line end when not even one fits', () => {
    const [only, ...others] = keepableSnippets([{ path: 'a', text: 'line\n'.repeat(2_000) }]);
    assert.deepEqual(others, []);
    assert.equal(only?.text, 'line\n'.repeat(799));
  });

  it('hold no secret', () => {
    assert.deepEqual(keepableSnippets([{ path: 'a', text: `t = "${token}"` }]), [
      { path: 'a', text: 't = "[secret]"' },
    ]);
  });
});
