import assert from 'node:assert/strict';
import { literalAt, scanCode } from '../../../../../src/inference/completion/blocks/codeScan.ts';
import { lexiconOf } from '../../../../../src/inference/completion/blocks/lexicon.ts';

const bracketsOf = (languageId: string, text: string) =>
  scanCode(text, lexiconOf(languageId))
    .brackets.map(({ bracket }) => bracket)
    .join('');

const kindAt = (marked: string) =>
  literalAt(scanCode(marked.replace('█', ''), lexiconOf('typescript')), marked.indexOf('█'))?.kind;

describe('scanCode', () => {
  const cases: readonly (readonly [languageId: string, text: string, brackets: string])[] = [
    ['typescript', 'a("(", \'[\', `{`)', '()'],
    ['typescript', '`a ${b({ c: `(` })} [`(', '{({})}('],
    ['typescript', 'x = /[(]\\)/.test(y) // (\n[', '()['],
    ['typescript', 'a / b(c) / d', '()'],
    ['typescript', '"an unclosed ( string\n)', ')'],
    ['typescript', '/* ( */ { // )', '{'],
    ['python', 'f("""\n(\n""", \'(\') # [\n{', '(){'],
    ['python', 'x = "#(" + y[0]', '[]'],
    ['rust', "fn f<'a>(x: &'a str) { '{' }", '(){}'],
    ['rust', "let c = '\\''; {", '{'],
    ['go', 'x := `(` + "\\"(" + string(\'(\')', '()'],
    ['java', 'String s = """\n  (\n""" + (1);', '()'],
    ['lua', '--[[ (\n]] f() -- (', '()'],
    ['shellscript', 'echo ${#a[@]} # {', '{[]}'],
    ['typescript', 'const url = https://a.b/(', '('],
    ['markdown', ':) [a](b)', ''],
  ];
  for (const [languageId, text, brackets] of cases) {
    it(`${languageId}: ${JSON.stringify(text)}`, () => assert.equal(bracketsOf(languageId, text), brackets));
  }

  it('knows what an offset is inside of', () => {
    assert.equal(kindAt('"a█"'), 'string');
    assert.equal(kindAt('"a"█'), undefined);
    assert.equal(kindAt('█"a"'), undefined);
    assert.equal(kindAt('"a█'), 'string');
    assert.equal(kindAt('`a ${█b}`'), undefined);
    assert.equal(kindAt('`a ${b} █`'), 'string');
    assert.equal(kindAt('// a█'), 'comment');
    assert.equal(kindAt('// a█\nb'), 'comment');
    assert.equal(kindAt('/* a */█'), undefined);
  });
});
