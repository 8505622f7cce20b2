import assert from 'node:assert/strict';
import fc from 'fast-check';
import { measureFile } from '../../../../src/personalize/style/measureFile.ts';
import {
  type MeasuredFile,
  MeasuredStyle,
  readStoredFiles,
  storedFiles,
} from '../../../../src/personalize/style/measuredStyle.ts';

const dayMs = 24 * 3_600_000;

const counts = fc.dictionary(fc.constantFrom('single', 'double', '2', 'tab'), fc.integer({ min: 1, max: 100 }));
const files: fc.Arbitrary<MeasuredFile> = fc.record({
  path: fc.constantFrom('a.ts', 'b.ts', 'c/d.ts', 'e.py', 'f.py'),
  family: fc.constantFrom('ecmascript', 'python'),
  modifiedMs: fc.integer({ min: 0, max: 1_000 * dayMs }),
  votes: fc.dictionary(fc.constantFrom('quotes', 'indent'), counts),
});
const manyFiles = fc.uniqueArray(files, { selector: ({ path }) => path, maxLength: 5 });

const state = (style: MeasuredStyle) =>
  Object.fromEntries(style.families().map((family) => [family, plain(style, family)]));
const plain = (style: MeasuredStyle, family: MeasuredFile['family']) =>
  Object.fromEntries([...style.counts(family)].map(([trait, values]) => [trait, Object.fromEntries(values)]));

const file = (path: string, single: number, modifiedMs: number): MeasuredFile => ({
  path,
  family: 'ecmascript',
  modifiedMs,
  votes: { quotes: { single } },
});
const single = (style: MeasuredStyle) => style.counts('ecmascript').get('quotes')?.get('single');

describe('MeasuredStyle', () => {
  it('does not care for the order in which files come', () =>
    fc.assert(
      fc.property(manyFiles, fc.gen(), (some, gen) => {
        const shuffled = some.toSorted(() => gen(fc.integer, { min: -1, max: 1 }));
        assert.deepEqual(state(new MeasuredStyle(shuffled)), state(new MeasuredStyle(some)));
      }),
    ));

  it('is as before when a file was added and removed', () =>
    fc.assert(
      fc.property(manyFiles, files, (some, other) => {
        const without = some.filter(({ path }) => path !== other.path);
        const style = new MeasuredStyle(without);
        style.addFile(other);
        style.removeFile(other.path);
        assert.deepEqual(state(style), state(new MeasuredStyle(without)));
      }),
    ));

  it('counts a saved file once', () =>
    fc.assert(
      fc.property(manyFiles, files, (some, saved) => {
        const others = some.filter(({ path }) => path !== saved.path);
        const style = new MeasuredStyle([...some, saved]);
        assert.deepEqual(state(style), state(new MeasuredStyle([...others, saved])));
      }),
    ));

  it('lets the votes of old files fade, counted from the newest file', () => {
    const style = new MeasuredStyle([file('new.ts', 10, 720 * dayMs), file('old.ts', 10, 540 * dayMs)]);
    assert.deepEqual(single(style), { places: 20, weight: 15 });
    style.removeFile('new.ts');
    assert.deepEqual(single(style), { places: 10, weight: 10 });
  });

  it('keeps the newest files of a family, in whatever order they come', () => {
    const some = [file('a.ts', 1, 3), file('b.ts', 2, 1), file('c.ts', 4, 2), file('d.ts', 8, 2)];
    for (const order of [some, some.toReversed()]) {
      const style = new MeasuredStyle(order, 2);
      assert.deepEqual(single(style)?.places, 5);
      assert.deepEqual(
        [style.wants('ecmascript', 2), style.wants('ecmascript', 3), style.wants('python', 0)],
        [false, true, true],
      );
    }
  });

  it('knows which files it has seen as they are', () => {
    const style = new MeasuredStyle([file('a.ts', 1, 3)]);
    assert.deepEqual([style.has('a.ts', 3), style.has('a.ts', 4), style.has('b.ts', 3)], [true, false, false]);
  });
});

describe('stored files', () => {
  it('come back as they were', () =>
    fc.assert(
      fc.property(manyFiles, (some) => {
        const style = new MeasuredStyle(some);
        const stored: unknown = JSON.parse(JSON.stringify(storedFiles(style)));
        assert.deepEqual(state(new MeasuredStyle(readStoredFiles(stored))), state(style));
      }),
    ));

  it('are read from any JSON without an error, and only what makes sense', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => void readStoredFiles(value)));
    const fine = ['a.ts', 'ecmascript', 1, { quotes: { single: 2 } }];
    const bad = [
      1,
      ['a.ts', 'cobol', 1, {}],
      ['a.ts', 'go', '1', {}],
      ['a.ts', 'go', 1, { quotes: { single: -1 } }],
      ['a.ts', 'go', 1, { quotes: [1] }],
    ];
    assert.deepEqual(readStoredFiles([...bad, fine]), [file('a.ts', 2, 1)]);
  });
});

const measure = (text: string) => measureFile({ path: 'a.ts', languageId: 'typescript', text });

describe('measureFile', () => {
  it('counts at most 100 places of a file per trait, in their shares', () => {
    const text = `${"f('a');\n".repeat(300)}${'f("b");\n'.repeat(100)}f(3);\n`;
    const votes = measureFile({ path: 'a.ts', languageId: 'typescript', text })?.votes;
    assert.deepEqual(votes?.['quotes'], { single: 75, double: 25 });
  });

  it('leaves out what nobody wrote by hand', () => {
    assert.ok(measure('a();\n'));
    assert.equal(measure(`${'a();'.repeat(100)}\n`), undefined);
    assert.equal(measure(`${'a();'.repeat(1_500)}${'\n'.repeat(1_000)}`), undefined);
    assert.equal(measure('a();\n'.repeat(150_000)), undefined);
    assert.equal(measureFile({ path: 'a.md', languageId: 'markdown', text: '# A\n' }), undefined);
  });

  it('stands any text', () => {
    const word = fc.constantFrom(
      'const a = ',
      "'",
      '"',
      '`',
      '${',
      '}',
      '{',
      '(',
      ')',
      'def f(',
      'import ',
      '/*',
      '//',
      '#',
      '\n',
      '  ',
      'é',
      ';',
      ',',
      '=>',
      'class A',
      '<',
      '\\',
    );
    const languages = fc.constantFrom(
      'typescript',
      'python',
      'go',
      'rust',
      'java',
      'cpp',
      'csharp',
      'ruby',
      'php',
      'shellscript',
    );
    const texts = fc.array(word, { maxLength: 80 }).map((each) => each.join(''));
    fc.assert(
      fc.property(texts, languages, fc.boolean(), (text, languageId, isTest) => {
        const found = measureFile({ path: isTest ? 'test/a.test.ts' : 'a', languageId, text });
        for (const values of Object.values(found?.votes ?? {}))
          for (const places of Object.values(values)) assert.ok(Number.isInteger(places) && places > 0);
      }),
    );
  });

  it('takes linear time on texts that were made to take more', () => {
    const pieces = [
      '\n',
      'A<',
      'private a ',
      'public a ',
      'import (\n"a"\n',
      'const a = (',
      'expect(',
      '/*',
      '{ ',
      '=> ',
    ];
    const repeated = pieces.map((piece) => `${piece.repeat(Math.ceil(60 / piece.length))}\n`);
    const texts = repeated.map((line) => line.repeat(Math.ceil(100_000 / line.length)));
    const unclosed = '((((\n'.repeat(40_000) + '}}}}\n'.repeat(40_000);
    for (const text of [...texts, unclosed])
      for (const languageId of ['typescript', 'python', 'java', 'cpp', 'csharp', 'go', 'ruby']) {
        const beganMs = performance.now();
        measureFile({ path: 'test/a.test.ts', languageId, text });
        // What is quadratic here takes ten seconds and more.
        assert.ok(performance.now() - beganMs < 5_000, `${JSON.stringify(text.slice(0, 60))} in ${languageId}`);
      }
  }).timeout(60_000);
});
