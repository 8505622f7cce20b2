import assert from 'node:assert/strict';
import { inEnglish } from '../../../../src/protocol/problems.ts';
import { allTraits } from '../../../../src/personalize/style/traits/allTraits.ts';
import { sayValue } from '../../../../src/personalize/style/trait.ts';
import { commentFixtures } from './traitFixtures/comments.ts';
import { declarationFixtures } from './traitFixtures/declarations.ts';
import { errorFixtures } from './traitFixtures/errors.ts';
import { expressionFixtures } from './traitFixtures/expressions.ts';
import { importFixtures } from './traitFixtures/imports.ts';
import { layoutFixtures } from './traitFixtures/layout.ts';
import { namingFixtures } from './traitFixtures/naming.ts';
import { punctuationFixtures } from './traitFixtures/punctuation.ts';
import { testFixtures } from './traitFixtures/tests.ts';
import { votesIn } from './traitFixtures/traitFixture.ts';

const fixtures = [
  ...layoutFixtures,
  ...punctuationFixtures,
  ...namingFixtures,
  ...declarationFixtures,
  ...importFixtures,
  ...expressionFixtures,
  ...errorFixtures,
  ...commentFixtures,
  ...testFixtures,
];

describe('a trait finds its places', () => {
  for (const { trait, languageId, text, votes, path } of fixtures)
    it(`${trait} in ${languageId}: ${JSON.stringify(text).slice(0, 60)} -> ${JSON.stringify(votes)}`, () => {
      assert.deepEqual({ ...votesIn(languageId, text, path)[trait] }, votes);
    });
});

describe('the table of traits', () => {
  it('has a fixture for every value', () => {
    const shown = new Set(
      fixtures.flatMap(({ trait, votes }) => Object.keys(votes).map((value) => `${trait} ${value}`)),
    );
    const all = allTraits.flatMap(({ id, values }) => Object.keys(values).map((value) => `${id} ${value}`));
    // Cases that are possible for each kind of name but customary for few of them.
    const rare = /^\w+Names (?:camelCase|PascalCase|snake_case|UPPER_CASE|kebab-case)$|^caughtName /;
    assert.deepEqual(
      all.filter((value) => !shown.has(value) && !rare.test(value)),
      [],
    );
  });

  it('has each id once', () => assert.equal(new Set(allTraits.map(({ id }) => id)).size, allTraits.length));

  it('says different values in different words', () => {
    for (const { id, values } of allTraits) {
      const words = Object.values(values).map((say) => say(inEnglish));
      assert.equal(new Set(words).size, words.length, id);
    }
  });

  it('knows the values that go without saying', () => {
    for (const trait of allTraits)
      for (const value of Object.values(trait.usual ?? {}))
        assert.ok(sayValue(trait, value, inEnglish), `${trait.id} ${value}`);
  });
});
