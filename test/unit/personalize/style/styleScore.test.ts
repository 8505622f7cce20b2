import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { noEdits, noRule, withOverride } from '../../../../src/personalize/style/edits.ts';
import { styleScore } from '../../../../src/personalize/style/styleScore.ts';
import { often, profileFrom } from './profileFixture.ts';

const tidy = profileFrom({
  'src/a.ts': often(
    "import { a } from './a.ts';\nfunction oneTwo(three: A): B {\n  const fourFive = `${g}`;\n  if (a === 'b') return c;\n  f([\n    1,\n    2,\n  ]);\n}\n",
  ),
});
const score = (document: string, text: string, profile = tidy, languageId = 'typescript') => {
  const [prefix = '', suffix = ''] = document.split('█');
  return styleScore(profile, languageId, text, { path: 'src/b.ts', prefix, suffix });
};

describe('styleScore', () => {
  const preferences: readonly (readonly [document: string, better: string, worse: string])[] = [
    ['const x = █', "f('a');", 'f("a");'],
    ['const x = █', "f('a');", "f('a')"],
    ['const █', 'oneTwo = f();', 'one_two = f();'],
    ['if (█', 'a === b) {', 'a == b) {'],
    ['const x = █', '[\n  1,\n  2,\n];', '[\n  1,\n  2\n];'],
    ['function f(): B {█', '\n  return 1;\n}', '\n    return 1;\n}'],
    ['function f(): B {█', '\n  return 1;\n}', '\n\treturn 1;\n}'],
    ['█', "import { b } from './b.ts';", "import { b } from './b';"],
    ['█', 'const x = 1;', 'var x = 1;'],
    ['█', 'function f(a: A): B {\n', 'function f(a: A) {\n'],
  ];
  for (const [document, better, worse] of preferences)
    it(`prefers ${JSON.stringify(better)} to ${JSON.stringify(worse)}`, () =>
      assert.ok(
        score(document, better) > score(document, worse),
        `${score(document, better)} > ${score(document, worse)}`,
      ));

  it('judges only the completion, not what stands around it', () => {
    assert.equal(score('f("a");\n█;\nf("b");', 'g'), 0);
    assert.equal(score('f("█");', 'a'), 0);
    assert.equal(score('// it█', '\'s "fine"'), 0);
    assert.equal(score('const a = `\n  "b" █', '"c"'), 0);
  });

  it('sees a line end that stands behind it', () => {
    assert.ok(score('const x = f(█);\n', "'a'") > 0);
    assert.equal(score('const x = f(█);\n', 'a'), 0);
    assert.ok(score('const x = f█\nconst y = 1;\n', '(a)') < 0);
  });

  it('goes by what the user set', () => {
    const code = { 'src/a.ts': often("f('a');\n") };
    const double = profileFrom(code, withOverride(noEdits, 'ecmascript', 'quotes', 'double'));
    const off = profileFrom(code, withOverride(noEdits, 'ecmascript', 'quotes', noRule));
    assert.ok(score('x = █', '"b"', double) > score('x = █', "'b'", double));
    assert.equal(score('x = █', '"b"', off), score('x = █', "'b'", off));
  });

  it('does not go by a configuration that most of the code disregards', () => {
    const profile = profileFrom({
      'src/a.ts': often("f('a');\n"),
      '.eslintrc.json': '{ "rules": { "quotes": ["warn", "double"] } }',
    });
    assert.equal(score('x = █;', '"b"', profile), 0);
  });

  it('knows other languages', () => {
    const python = profileFrom({ 'a.py': often('def one_two(a: int) -> str:\n    return f"{a}"\n') });
    const better = score('█', 'def three_four(a: int) -> str:\n    return f"{a}"', python, 'python');
    const worse = score('█', "def threeFour(a):\n  return '%s' % a", python, 'python');
    assert.ok(better > 0.5 && worse < -0.5, `${better} ${worse}`);
    assert.equal(score('█', 'x', python, 'markdown'), 0);
    assert.equal(score('█', 'x', python, 'typescript'), 0);
  });

  it('stays between -1 and 1 for any text at any place', () => {
    const word = fc.constantFrom(
      "'",
      '"',
      '`',
      '${',
      '}',
      '{',
      'const a_b = ',
      'var ',
      '\n',
      '  ',
      '\t',
      ';',
      ',',
      '//',
      '/*',
      '===',
      '==',
      'é',
    );
    const texts = fc.array(word, { maxLength: 20 }).map((each) => each.join(''));
    fc.assert(
      fc.property(texts, texts, texts, (prefix, text, suffix) => {
        const found = styleScore(tidy, 'typescript', text, { path: 'src/b.ts', prefix, suffix });
        assert.ok(found >= -1 && found <= 1, String(found));
      }),
    );
  });

  it('prefers lines as they were written to the same in another style, nearly always', () => {
    const folder = join(import.meta.dirname, '../../../../src/privacy');
    const files = readdirSync(folder).filter((name) => name.endsWith('.ts'));
    const texts = Object.fromEntries(files.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
    const profile = profileFrom(texts);
    const restyled: readonly ((text: string) => string)[] = [
      (text) => text.replace(/'(?=[^'"]*')/g, '"'),
      (text) => text.replace(/;$/gm, ''),
      (text) => text.replaceAll('===', '=='),
      (text) => text.replace(/\bconst\b/g, 'var'),
    ];
    let better = 0;
    let worse = 0;
    for (const [path, text] of Object.entries(texts)) {
      const lines = text.split('\n');
      for (let at = 0; at < lines.length; at += 5) {
        const own = lines.slice(at, at + 5).join('\n');
        const place = {
          path,
          prefix: `${lines.slice(0, at).join('\n')}\n`,
          suffix: `\n${lines.slice(at + 5).join('\n')}`,
        };
        for (const other of restyled.map((restyle) => restyle(own)).filter((each) => each !== own)) {
          const difference =
            styleScore(profile, 'typescript', own, place) - styleScore(profile, 'typescript', other, place);
          if (difference > 0) better++;
          else if (difference < 0) worse++;
        }
      }
    }
    assert.ok(better > 100 && worse < better / 50, `${better} better, ${worse} worse`);
  });
});
