import assert from 'node:assert/strict';
import fc from 'fast-check';
import { allFamilies, type Family } from '../../../../src/personalize/style/families.ts';
import { lexes } from '../../../../src/personalize/style/lexis.ts';
import { scan } from '../../../../src/personalize/style/scan.ts';
import { readSource } from '../../../../src/personalize/style/sourceCode.ts';

/** The code of a text, with `·` for what is blank. */
const codeOf = (family: Family, text: string) => {
  const { code } = scan(text, lexes[family]);
  return text.replace(/[^]/g, (char, i: number) => (code[i] === char ? char : '·'));
};

const pieces = [
  'a',
  ' ',
  '\n',
  "'",
  '"',
  '`',
  '${',
  '}',
  '{',
  '(',
  ')',
  '[',
  ']',
  '/',
  '//',
  '/*',
  '*/',
  '#',
  '\\',
  '"""',
  '<<A',
  ',',
  ';',
  'é',
  '한',
];
const texts = fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((each) => each.join(''));

const lineEnds = (text: string) => [...text.matchAll(/\n/g)].map(({ index }) => index);

describe('scan', () => {
  const cases: readonly (readonly [family: Family, text: string, code: string])[] = [
    ['ecmascript', 'a(\'b\', "c") // d', 'a(\'·\', "·") ·· ·'],
    ['ecmascript', '`a ${b + `c`} d`', '`· ${b + `·`} ·`'],
    ['ecmascript', "a.replace(/'/g, 'b')", "a.replace(/·/g, '·')"],
    ['ecmascript', "a / b; 'c' /* d */ e", "a / b; '·' ·· · ·· e"],
    ['ecmascript', "'http://a' + b", "'········' + b"],
    ['ecmascript', "'a\\'b' c", "'····' c"],
    ['python', "f'{a}' # b'", "f'···' · ··"],
    ['python', '"""a\n"b" """ + c', '"""·\n··· """ + c'],
    ['rust', "fn f<'a>(x: &'a str) { 'b' }", "fn f<'a>(x: &'a str) { '·' }"],
    ['rust', 'r#"a"b"# + c', 'r#"···"# + c'],
    ['csharp', '@"a\\" + "b"', '@"··" + "·"'],
    ['shell', "echo '#a' # b\necho $#", "echo '··' · ·\necho $#"],
    ['shell', 'cat <<END\n"a\nEND\nb', 'cat <<END\n··\nEND\nb'],
    ['php', '#[A]\n# b\n// c', '#[A]\n· ·\n·· ·'],
    ['ruby', '\n=begin\na\n=end\nb', '\n······\n·\n····\nb'],
  ];
  for (const [family, text, code] of cases)
    it(`${family}: ${JSON.stringify(text)}`, () => assert.equal(codeOf(family, text), code));

  it('pairs brackets and counts what stands right inside', () => {
    const { brackets } = scan('f({ a, b: [1, 2] }); (', lexes.ecmascript);
    assert.deepEqual(
      brackets.map(({ offset, close, commas }) => [offset, close, commas]),
      [
        [1, 18, 0],
        [2, 17, 1],
        [10, 15, 1],
        [21, undefined, 0],
      ],
    );
  });

  it('keeps the length and the lines of any text, and closes no bracket twice', () =>
    fc.assert(
      fc.property(texts, fc.constantFrom(...allFamilies()), (text, family) => {
        const { code, strings, comments, brackets } = scan(text, lexes[family]);
        assert.equal(code.length, text.length);
        assert.deepEqual(lineEnds(code), lineEnds(text));
        for (const { start, end } of [...strings, ...comments])
          assert.ok(start >= 0 && start <= end && end <= text.length);
        const closes = brackets.flatMap(({ close }) => close ?? []);
        for (const { offset, close } of brackets) assert.ok(close === undefined || close > offset);
        assert.ok(closes.every((close) => close < text.length));
      }),
    ));
});

describe('readSource', () => {
  it('knows the bracket around each line, and which begin inside a string or comment', () => {
    const text = 'f({\n  a,\n});\n/*\n b\n*/\nc;\n';
    const { lines } = readSource({ path: 'a.ts', languageId: 'typescript', text }, 'ecmascript');
    assert.deepEqual(
      lines.map(({ inside, continues }) => [inside?.open, continues]),
      [
        [undefined, false],
        ['{', false],
        ['{', false],
        [undefined, false],
        [undefined, true],
        [undefined, true],
        [undefined, false],
        [undefined, false],
      ],
    );
  });

  it('gives the lines of any text back', () =>
    fc.assert(
      fc.property(texts, fc.constantFrom(...allFamilies()), (text, family) => {
        const { lines } = readSource({ path: 'a', languageId: 'x', text }, family);
        assert.equal(lines.map((line) => line.text).join('\n'), text);
        for (const { start, text: line } of lines) assert.equal(text.slice(start, start + line.length), line);
      }),
    ));
});
