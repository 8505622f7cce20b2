import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  mergedEdits,
  noEdits,
  noRule,
  readEdits,
  withLines,
  withOverride,
} from '../../../../src/personalize/style/edits.ts';
import { allTraits } from '../../../../src/personalize/style/traits/allTraits.ts';

const traits = fc.constantFrom('quotes', 'indent', 'semicolons');
const values = fc.constantFrom('single', 'tab', noRule);

describe('edits of a style profile', () => {
  it('are taken back without a trace', () =>
    fc.assert(
      fc.property(traits, values, traits, values, (trait, value, other, otherValue) => {
        const before =
          trait === other ? withOverride(noEdits, 'go', 'x', 'y') : withOverride(noEdits, 'go', other, otherValue);
        const after = withOverride(withOverride(before, 'go', trait, value), 'go', trait, undefined);
        assert.deepEqual(after, before);
      }),
    ));

  it('change neither what they are made from nor another family', () => {
    const one = withOverride(noEdits, 'go', 'indent', 'tab');
    const two = withOverride(one, 'python', 'indent', '2');
    assert.deepEqual(noEdits, { traits: {}, lines: [] });
    assert.deepEqual(one.traits, { go: { indent: 'tab' } });
    assert.deepEqual(two.traits, { go: { indent: 'tab' }, python: { indent: '2' } });
  });

  it('keep the user’s own rules on one line each, without copies and not without end', () => {
    const { lines } = withLines(noEdits, [
      ' We never use\n\tdefault exports. ',
      '',
      'x'.repeat(500),
      'We never use default exports.',
    ]);
    assert.deepEqual(lines, ['We never use default exports.', 'x'.repeat(200)]);
    assert.equal(
      withLines(
        noEdits,
        Array.from({ length: 50 }, (_, i) => `Rule ${i}`),
      ).lines.length,
      20,
    );
  });

  it('of a folder stand above those for everywhere', () => {
    const everywhere = withLines(withOverride(withOverride(noEdits, 'go', 'quotes', 'single'), 'go', 'indent', '2'), [
      'A',
      'B',
    ]);
    const folder = withLines(withOverride(withOverride(noEdits, 'go', 'indent', noRule), 'rust', 'indent', 'tab'), [
      'B',
      'C',
    ]);
    assert.deepEqual(mergedEdits(everywhere, folder), {
      traits: { go: { quotes: 'single', indent: noRule }, rust: { indent: 'tab' } },
      lines: ['A', 'B', 'C'],
    });
  });

  it('come back from JSON as they were, and from any other JSON without an error', () => {
    fc.assert(
      fc.property(fc.dictionary(traits, values), fc.array(fc.string({ maxLength: 20 })), (chosen, lines) => {
        let edits = withLines(noEdits, lines);
        for (const [trait, value] of Object.entries(chosen)) edits = withOverride(edits, 'ecmascript', trait, value);
        assert.deepEqual(readEdits(JSON.parse(JSON.stringify(edits))), edits);
      }),
    );
    fc.assert(fc.property(fc.jsonValue(), (value) => void readEdits(value)));
    assert.equal(readEdits([]), undefined);
    assert.deepEqual(
      readEdits({
        traits: { cobol: { indent: '2' }, go: { indent: 3, quotes: 'x'.repeat(100), 'a b\n': 'c' } },
        lines: [1, 'A'],
      }),
      {
        traits: { go: {} },
        lines: ['A'],
      },
    );
  });

  it('have a word for no rule that no trait means otherwise', () => {
    for (const { id, values: known } of allTraits) assert.ok(!Object.hasOwn(known, noRule), id);
  });
});
