import assert from 'node:assert/strict';
import fc from 'fast-check';
import { changeOf, styleSummary } from '../../../../src/engine/personal/styleSummary.ts';
import { noEdits, noRule, readEdits, type StyleEdits } from '../../../../src/personalize/style/edits.ts';
import { allFamilies } from '../../../../src/personalize/style/families.ts';
import { traitsOf } from '../../../../src/personalize/style/traits/allTraits.ts';
import type { EditStyle } from '../../../../src/protocol/personalMessages.ts';
import { inEnglish } from '../../../../src/protocol/problems.ts';
import { often, profileFrom } from '../../personalize/style/profileFixture.ts';

const folder = '/project';
const files = { 'a.ts': often("f('a');\n"), 'b.ts': often("g('b');\n"), 'c.py': often('x = "c"\n') };

const summaryWith = (edits: StyleEdits = noEdits, code: Readonly<Record<string, string>> = files) =>
  styleSummary(folder, profileFrom(code, edits), edits, inEnglish);
const traitIn = (summary: ReturnType<typeof summaryWith>, family: string, trait: string) =>
  summary.families.find((each) => each.family === family)?.traits.find(({ id }) => id === trait);
const toTrait = (family: string, trait: string, value?: string): EditStyle => ({
  order: 'trait',
  folder,
  family,
  trait,
  ...(value === undefined ? {} : { value }),
});

/** Every trait of every family with each value that can be chosen, and `off`. */
const choices = allFamilies().flatMap((family) =>
  traitsOf(family).flatMap(({ id, values }) =>
    [...Object.keys(values), noRule].map((value) => [family, id, value] as const),
  ),
);

describe('the summary of a style', () => {
  it('tells what is clear with its evidence, and offers every trait of the families that have files', () => {
    const summary = summaryWith();
    assert.deepEqual(
      summary.families.map(({ family, name }) => [family, name]),
      [
        ['ecmascript', 'TypeScript and JavaScript'],
        ['python', 'Python'],
      ],
    );
    assert.deepEqual(traitIn(summary, 'ecmascript', 'quotes'), {
      id: 'quotes',
      title: 'Quotes',
      text: 'Single quotes (100 % of 40 places)',
      choices: [
        { value: 'single', text: 'Single quotes' },
        { value: 'double', text: 'Double quotes' },
      ],
    });
    for (const family of ['ecmascript', 'python'] as const)
      assert.deepEqual(
        summary.families.find((each) => each.family === family)?.traits.map(({ id }) => id),
        traitsOf(family).map(({ id }) => id),
      );
    assert.equal(traitIn(summary, 'ecmascript', 'indent')?.text, undefined, 'nothing is clear');
  });

  it('says which configuration could not be read', () => {
    const { notes } = summaryWith(noEdits, { ...files, '.prettierrc': '{', 'eslint.config.js': 'export default [];' });
    assert.match(notes.join('\n'), /\.prettierrc cannot be read/);
    assert.match(notes.join('\n'), /eslint\.config\.js is a program/);
  });

  it('shows each choice that was made, and the choice can be taken back', () =>
    fc.assert(
      fc.property(fc.constantFrom(...choices), ([family, trait, value]) => {
        const edits = changeOf(toTrait(family, trait, value))(noEdits);
        const shown = traitIn(summaryWith(edits), family, trait);
        // A family that is in no file is shown once something is set for it.
        if (value !== noRule) assert.equal(shown?.setTo, value);
        else if (shown !== undefined) assert.equal(shown.setTo, noRule);
        if (value !== noRule) assert.ok(shown?.choices.some((choice) => choice.value === value));
        const back = changeOf(toTrait(family, trait))(edits);
        assert.equal(traitIn(summaryWith(back), family, trait)?.setTo, undefined);
      }),
    ));

  it('offers a number that was set and that no menu has', () => {
    const edits = changeOf(toTrait('ecmascript', 'lineWidth', '97'))(noEdits);
    const shown = traitIn(summaryWith(edits), 'ecmascript', 'lineWidth');
    assert.equal(shown?.setTo, '97');
    assert.deepEqual(shown?.choices.at(-1), { value: '97', text: 'Lines of at most 97 characters' });
  });

  it('does not show what an edited file says and no trait knows', () => {
    const edits: StyleEdits = { traits: { ecmascript: { quotes: 'guillemets' } }, lines: [] };
    assert.equal(traitIn(summaryWith(edits), 'ecmascript', 'quotes')?.setTo, undefined);
  });

  it('keeps the user’s own rules', () => {
    const order: EditStyle = { order: 'lines', folder, lines: ['  No  abbreviations. ', '', 'No abbreviations.'] };
    assert.deepEqual(summaryWith(changeOf(order)(noEdits)).lines, ['No abbreviations.']);
  });
});

describe('an order to edit a style', () => {
  it('is refused when it names what there is not', () => {
    for (const order of [
      toTrait('cobol', 'quotes', 'single'),
      toTrait('__proto__', 'quotes', 'single'),
      toTrait('ecmascript', 'elegance', 'single'),
      toTrait('ecmascript', 'quotes', 'guillemets'),
      toTrait('ecmascript', 'quotes', 'constructor'),
      toTrait('ecmascript', 'lineWidth', '97 or so'),
      // A trait of another family.
      toTrait('python', 'semicolons', 'always'),
    ])
      assert.throws(() => changeOf(order), RangeError, JSON.stringify(order));
  });

  it('makes edits that can be read again', () =>
    fc.assert(
      fc.property(fc.constantFrom(...choices), fc.array(fc.string()), ([family, trait, value], lines) => {
        const edits = changeOf({ order: 'lines', folder, lines })(changeOf(toTrait(family, trait, value))(noEdits));
        assert.deepEqual(readEdits(JSON.parse(JSON.stringify(edits))), edits);
      }),
    ));
});
