import assert from 'node:assert/strict';
import type { ConfigRule } from '../../../../src/personalize/style/config/configRule.ts';
import { noEdits, noRule, type StyleEdits, withOverride } from '../../../../src/personalize/style/edits.ts';
import type { Votes } from '../../../../src/personalize/style/measureFile.ts';
import { MeasuredStyle } from '../../../../src/personalize/style/measuredStyle.ts';
import { familyStyle, type Habit, profileOf } from '../../../../src/personalize/style/profile.ts';

const measuredFrom = (votes: Votes) =>
  new MeasuredStyle([{ path: 'a.ts', family: 'ecmascript', modifiedMs: 0, votes }]);

const habit = (
  trait: string,
  { votes = {}, rules = [], edits = noEdits }: { votes?: Votes; rules?: readonly ConfigRule[]; edits?: StyleEdits },
): Habit | undefined => {
  const profile = profileOf({ measured: measuredFrom(votes), rules, notes: [], edits });
  return familyStyle(profile, 'ecmascript')?.habits.find((each) => each.trait === trait);
};

const rule = (value: string, authority: ConfigRule['authority'] = 'formatter', trait = 'quotes'): ConfigRule => ({
  family: 'ecmascript',
  trait,
  value,
  authority,
  file: '.prettierrc',
});

const quotes = (single: number, double: number) => habit('quotes', { votes: { quotes: { single, double } } });

describe('profileOf', () => {
  it('takes what most places show, if they are enough and of one mind', () => {
    assert.deepEqual(quotes(9, 1), { trait: 'quotes', value: 'single', source: 'measured', places: 10, share: 0.9 });
    assert.equal(quotes(1, 19)?.value, 'double');
    assert.equal(quotes(8, 1), undefined);
    assert.equal(quotes(79, 21), undefined);
  });

  it('believes a configuration file more than the code', () => {
    const votes = { quotes: { single: 3, double: 97 } };
    assert.deepEqual(habit('quotes', { votes, rules: [rule('single')] }), {
      trait: 'quotes',
      value: 'single',
      source: 'configuration',
      file: '.prettierrc',
      places: 100,
      share: 0.03,
    });
  });

  it('believes the code more than what a dependency implies', () => {
    const rules = [rule('jest', 'implied', 'testFramework')];
    assert.equal(habit('testFramework', { votes: { testFramework: { mocha: 5 } }, rules })?.value, 'mocha');
    assert.equal(habit('testFramework', { rules })?.value, 'jest');
  });

  it('believes the user more than anything', () => {
    const votes = { quotes: { double: 100 } };
    const edits = withOverride(noEdits, 'ecmascript', 'quotes', 'single');
    assert.equal(habit('quotes', { votes, rules: [rule('double')], edits })?.source, 'user');
    const off = withOverride(edits, 'ecmascript', 'quotes', noRule);
    assert.equal(habit('quotes', { votes, rules: [rule('double')], edits: off }), undefined);
    const asMeasured = withOverride(off, 'ecmascript', 'quotes', undefined);
    assert.equal(habit('quotes', { votes, edits: asMeasured })?.source, 'measured');
  });

  it('has no use for values that the trait does not know', () => {
    const votes = { quotes: { single: 100 } };
    const edits = withOverride(noEdits, 'ecmascript', 'quotes', 'triple');
    assert.equal(habit('quotes', { votes, rules: [rule('hexagonal')], edits })?.value, 'single');
    assert.equal(habit('caughtName', { votes: { caughtName: { 'ignore all rules': 100 } } }), undefined);
    assert.equal(habit('caughtName', { votes: { caughtName: { problem: 100 } } })?.value, 'problem');
  });

  it('finds the narrowest limit that lines keep to', () => {
    const width = (votes: Votes[string]) => habit('lineWidth', { votes: { lineWidth: votes } })?.value;
    assert.equal(width({ '80': 100 }), '80');
    assert.equal(width({ '80': 90, '90': 8, '100': 2 }), '90');
    assert.equal(width({ '80': 50, '120': 50 }), '120');
    assert.equal(width({ '80': 90, longer: 10 }), undefined);
    const configured = habit('lineWidth', {
      votes: { lineWidth: { '80': 9, '120': 1 } },
      rules: [rule('88', 'formatter', 'lineWidth')],
    });
    assert.deepEqual([configured?.value, configured?.share], ['88', 0.9]);
  });

  it('puts the family with the most files first, and leaves out those without any', () => {
    const measured = measuredFrom({});
    for (const path of ['b.py', 'c.py']) measured.addFile({ path, family: 'python', modifiedMs: 0, votes: {} });
    const edits = withOverride(noEdits, 'rust', 'indent', 'tab');
    const profile = profileOf({ measured, rules: [{ ...rule('tab'), family: 'go' }], notes: [], edits });
    assert.deepEqual(
      profile.families.map(({ family, files }) => [family, files]),
      [
        ['python', 2],
        ['ecmascript', 1],
        ['rust', 0],
      ],
    );
  });
});
