import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { keptCharacters, likestPart } from '../../../../src/personalize/events/keptCharacters.ts';

describe('kept characters', () => {
  const fixtures: readonly (readonly [accepted: string, standing: string, kept: number])[] = [
    ['total(a)', 'total(a)', 8],
    ['total(a)', 'return total(a) + 1;', 8],
    ['total(a)', '', 0],
    ['total(a)', 'total(b)', 7],
    ['total(a)', 'total(alpha)', 7],
    ['total(a)', 'totl(a)', 7],
    ['total(a)', 'zzzz', 0],
    ['kitten', 'sitting', 4],
  ];
  for (const [accepted, standing, kept] of fixtures) {
    it(`${accepted} in "${standing}": ${kept}`, () => assert.equal(keptCharacters(accepted, standing), kept));
  }

  it('agrees with trying every part of the standing text', () => {
    const text = fc.stringMatching(/^[abc]{1,7}$/);
    const standing = fc.stringMatching(/^[abc]{0,9}$/);
    fc.assert(
      fc.property(text, standing, (accepted, now) => {
        let best = accepted.length;
        for (let i = 0; i <= now.length; i++)
          for (let j = i; j <= now.length; j++) best = Math.min(best, levenshtein(accepted, now.slice(i, j)));
        assert.equal(keptCharacters(accepted, now), accepted.length - best);
      }),
    );
  });

  it('stays within bounds for texts of any length', () => {
    const accepted = 'let a = 1;\n'.repeat(1_000);
    const kept = keptCharacters(accepted, `x${accepted.slice(0, 3_000)}`);
    assert.ok(kept > accepted.length * 0.99 && kept <= accepted.length, String(kept));
  });
});

/** By definition, slowly. */
function levenshtein(a: string, b: string): number {
  if (a === '' || b === '') return a.length + b.length;
  const same = a.at(-1) === b.at(-1) ? 0 : 1;
  return Math.min(
    levenshteinOf(a.slice(0, -1), b.slice(0, -1)) + same,
    levenshteinOf(a.slice(0, -1), b) + 1,
    levenshteinOf(a, b.slice(0, -1)) + 1,
  );
}

const known = new Map<string, number>();
function levenshteinOf(a: string, b: string): number {
  const key = `${a}|${b}`;
  const distance = known.get(key) ?? levenshtein(a, b);
  known.set(key, distance);
  return distance;
}

describe('the likest part', () => {
  const fixtures: readonly (readonly [accepted: string, standing: string, part: string])[] = [
    ['total(a)', 'return total(a) + 1;', 'total(a)'],
    ['total(b)', '  =  total( b );', 'total( b )'],
    ['total(a)', 'x = totl(a);', 'totl(a)'],
    ['total(a)', 'zzzz', ''],
    ['total(a)', '', ''],
  ];
  for (const [accepted, standing, part] of fixtures) {
    it(`of "${standing}" to ${accepted}: "${part}"`, () => assert.equal(likestPart(accepted, standing), part));
  }

  it('has the distance that kept characters are counted by', () => {
    const text = fc.stringMatching(/^[abc]{1,7}$/);
    fc.assert(
      fc.property(text, fc.stringMatching(/^[abc]{0,9}$/), (accepted, standing) => {
        const part = likestPart(accepted, standing) ?? assert.fail();
        assert.ok(standing.includes(part));
        assert.equal(levenshteinOf(accepted, part), accepted.length - keptCharacters(accepted, standing));
      }),
    );
  });

  it('is not looked for in texts that are too long', () => {
    assert.equal(likestPart('a'.repeat(1_001), 'b'), undefined);
    assert.equal(likestPart('b', 'a'.repeat(2_001)), undefined);
  });
});
