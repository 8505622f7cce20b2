import assert from 'node:assert/strict';
import fc from 'fast-check';
import { inEnglish } from '../../../../src/protocol/problems.ts';
import { describeStyle, styleChoices } from '../../../../src/personalize/style/describeStyle.ts';
import { noEdits, readEdits, withLines, withOverride } from '../../../../src/personalize/style/edits.ts';
import { allFamilies } from '../../../../src/personalize/style/families.ts';
import { MeasuredStyle, readStoredFiles } from '../../../../src/personalize/style/measuredStyle.ts';
import { profileOf } from '../../../../src/personalize/style/profile.ts';
import { stylePrompt } from '../../../../src/personalize/style/stylePrompt.ts';
import { traitsOf } from '../../../../src/personalize/style/traits/allTraits.ts';
import { often, profileFrom } from './profileFixture.ts';

const sentences = (files: Readonly<Record<string, string>>, edits = noEdits) =>
  describeStyle(profileFrom(files, edits), inEnglish).sections.flatMap((section) =>
    section.sentences.map(({ text }) => text),
  );

describe('describeStyle', () => {
  it('says each clear habit with its evidence', () => {
    const said = sentences({ 'a.ts': `${often("f('a');\n")}f("b");\n` });
    assert.ok(said.includes('Single quotes (95 % of 21 places)'), said.join('\n'));
    assert.ok(said.includes('Semicolons (100 % of 21 places)'), said.join('\n'));
  });

  it('does not call 100 % what has an exception', () => {
    const said = sentences({
      'a.ts': `${"f('a');\n".repeat(99)}f("b");\n`,
      'b.ts': "f('a');\n".repeat(99),
      'c.ts': "f('a');\n".repeat(99),
    });
    assert.ok(said.includes('Single quotes (99 % of 298 places)'), said.join('\n'));
  });

  it('says who decided', () => {
    const files = { 'a.ts': often("f('a');\n"), '.prettierrc': 'singleQuote: false\n' };
    assert.ok(sentences(files).includes('Double quotes (.prettierrc; 0 % of 20 places)'));
    const edits = withOverride(
      withOverride(noEdits, 'ecmascript', 'quotes', 'single'),
      'ecmascript',
      'exports',
      'named',
    );
    const said = sentences(files, edits);
    assert.ok(said.includes('Single quotes (set by you; 100 % of 20 places)'), said.join('\n'));
    assert.ok(said.includes('Named exports (set by you)'), said.join('\n'));
  });

  it('keeps quiet about what is not clear', () => {
    assert.deepEqual(sentences({ 'a.ts': 'f(\'a\');\nf("b");\n' }), []);
  });

  it('says what configuration files could not say', () => {
    const files = { 'a.ts': often('f();\n'), 'prettier.config.js': 'export default {};\n', 'biome.json': '{' };
    assert.deepEqual(describeStyle(profileFrom(files), inEnglish).notes, [
      'prettier.config.js is a program and was not run: only what it writes down was read.',
      'biome.json cannot be read and was left out.',
    ]);
  });

  it('names each language with its files, and the user’s own rules', () => {
    const edits = withLines(noEdits, ['We never use default exports.']);
    const { sections, lines } = describeStyle(
      profileFrom({ 'a.ts': often('f();\n'), 'b.py': often("f('a')\n"), 'c.py': '' }, edits),
      inEnglish,
    );
    assert.deepEqual(
      sections.map(({ title }) => title),
      ['Python (files: 2)', 'TypeScript and JavaScript (files: 1)'],
    );
    assert.deepEqual(lines, ['We never use default exports.']);
  });

  it('stands whatever lies on the disk', () => {
    const families = fc.constantFrom('ecmascript', 'python', 'cobol');
    const names = fc.oneof(fc.constantFrom('quotes', 'lineWidth', 'caughtName', '__proto__', 'toString'), fc.string());
    const votes = fc.dictionary(names, fc.dictionary(names, fc.oneof(fc.integer(), fc.jsonValue())));
    const stored = fc.array(fc.oneof(fc.jsonValue(), fc.tuple(fc.string(), families, fc.integer(), votes)));
    const edits = fc.oneof(
      fc.jsonValue(),
      fc.record({ traits: fc.dictionary(families, fc.dictionary(names, names)), lines: fc.array(fc.string()) }),
    );
    fc.assert(
      fc.property(stored, edits, (files, edited) => {
        const measured = new MeasuredStyle(readStoredFiles(JSON.parse(JSON.stringify(files))));
        const read = readEdits(JSON.parse(JSON.stringify(edited))) ?? noEdits;
        const profile = profileOf({ measured, rules: [], notes: [], edits: read });
        const { sections } = describeStyle(profile, inEnglish);
        for (const section of sections) for (const { text } of section.sentences) assert.match(text, /^\S.*\(.*\)$/);
        for (const languageId of ['typescript', 'python', 'x'])
          assert.ok(stylePrompt(profile, languageId).length <= 800);
      }),
    );
  });
});

describe('styleChoices', () => {
  it('offers every trait of a family, each value in words', () => {
    for (const family of allFamilies()) {
      const choices = styleChoices(family, inEnglish);
      assert.equal(choices.length, traitsOf(family).length);
      for (const { title, values } of choices)
        assert.ok(title !== '' && values.length > 1 && values.every(({ text }) => text !== ''), title);
    }
  });
});
