import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { silentLogger } from '../../../../../src/base/logger.ts';
import { scanCode } from '../../../../../src/inference/completion/blocks/codeScan.ts';
import { lexiconOf } from '../../../../../src/inference/completion/blocks/lexicon.ts';
import { trimBlock } from '../../../../../src/inference/completion/blocks/trimBlock.ts';
import { createSyntax, type Syntax } from '../../../../../src/syntax/syntax.ts';
import { makeGrammarFolder } from '../../../syntax/grammarFolder.ts';

/** A document, what was generated at its `█` with a `✂` where it should end, and whether that is all. */
interface Fixture {
  readonly languageId: string;
  readonly name: string;
  readonly document: string;
  readonly generated: string;
  readonly complete: boolean;
}

const fixtures: Fixture[] = [];
const on = (languageId: string, name: string, document: string, generated: string, complete: boolean) =>
  fixtures.push({ languageId, name, document, generated, complete });

on('typescript', 'a block that is closed', 'function f() {█', '\n  return 1;\n}✂\n\nfunction g() {', true);
on('typescript', 'a block that the suffix closes', 'function f() {\n  █\n}\n', 'a();\n  b();✂\n}\ng();', true);
on('typescript', 'a block with an auto-closed bracket', 'xs.map((x) => {█});\n', '\n  return x;\n});✂\nfoo();', true);
on(
  'typescript',
  'an inner block in a closed function',
  'function f() {\n  if (a) {█\n}\n',
  '\n    b();\n  }✂\n  c();\n}',
  true,
);
on('typescript', 'else goes on', 'if (a) {█', '\n  b();\n} else {\n  c();\n}✂\nd();', true);
on('typescript', 'a block that is not finished', 'function f() {█', '\n  a();\n  b();✂\n  c(1,', false);
on(
  'typescript',
  'a nested block that is not finished',
  'function f() {█',
  '\n  a();✂\n  for (const x of xs) {\n    b(x);\n',
  false,
);
on('typescript', 'nothing is finished yet', 'function f() {█', '✂\n  for (const x of xs) {\n    b(x);\n', false);
on(
  'typescript',
  'brackets in strings, patterns and templates',
  'function f() {█',
  "\n  a('}', /}/, `}${'}'}`);\n}✂\nb();",
  true,
);
on(
  'typescript',
  'a statement over several lines',
  'function f() {█',
  '\n  return a\n    .b()\n    .c();✂\n  foo(',
  false,
);
on(
  'typescript',
  'a function after its doc comment',
  '/** Adds. */\n█',
  'function add(a: number) {\n  return a;\n}✂\n\nadd(1);',
  true,
);
on('typescript', 'a body after a signature', 'function add(a: number) █', '{\n  return a;\n}✂\n\nadd(1);', true);
on(
  'typescript',
  'a blank line after enough',
  'function f() {█',
  '\n  a();\n  b();\n  c();✂\n\n  d();\n  e();\n}',
  true,
);
on(
  'typescript',
  'ten lines at most',
  'function f() {█',
  `${'\n  foo(1);'.repeat(10)}✂${'\n  foo(2);'.repeat(5)}`,
  true,
);
on('typescript', 'closers that nobody opened', 'foo();\n█', 'bar();✂\n}', true);
on('typescriptreact', 'an apostrophe in JSX', 'const A = () => {█', "\n  return <p>Don't (</p>;\n};✂\nfoo();", true);
on('javascript', 'no semicolons', 'function f() {█', '\n  const a = 1\n  return a✂\n  foo(', false);

on('python', 'a block until the dedent', 'def f(a):█', '\n    b = a\n    return b✂\n\n\ndef g():\n', true);
on(
  'python',
  'a block below its docstring',
  'def f(a):\n    """Adds."""\n    █',
  'b = a\n    return b✂\n\nx = 1\n',
  true,
);
on(
  'python',
  'a nested block',
  'class A:\n    def f(self):█',
  '\n        for x in self:\n            yield x✂\n\n    def g',
  true,
);
on('python', 'a block that is not finished', 'def f(a):█', '\n    b = a✂\n    for x in b:\n', false);
on('python', 'a call over several lines', 'def f(a):█', '\n    return foo(\n        a,\n    )✂\n\nx = 1\n', true);
on('python', 'a closing bracket at the margin', 'def f(a):█', '\n    return [\n  1,\n]✂\n\nx = 1\n', true);
on('python', 'else ends the block of if', 'if a:█', '\n    b()✂\nelse:\n    c()\n', true);
on('python', 'a comment at the margin ends nothing', 'def f(a):█', '\n    b = 1\n# note\n    return b✂\nx = 1\n', true);

on(
  'go',
  'a block that is closed',
  'func F() error {█',
  '\n\tif err != nil {\n\t\treturn err\n\t}\n\treturn nil\n}✂\n\nfunc',
  true,
);
on('go', 'a block that is not finished', 'func F() error {█', '\n\tx := 1✂\n\treturn foo(', false);
on('rust', 'a last expression without semicolon', 'fn f() -> u8 {\n    █\n}\n', 'let x = 1;\n    x✂\n}\n', true);
on('rust', 'an unfinished expression', 'fn f() -> u8 {█', '\n    let x = 1;✂\n    x.foo', false);
on('java', 'a method', 'class A {\n  int f() {█\n}\n', '\n    return 1;\n  }✂\n\n  int g() {', true);
on(
  'java',
  'annotations belong to what follows',
  'class A {\n  /** Doc. */\n  █\n}\n',
  '@Override\n  public int f() {\n    return 1;\n  }✂\n',
  true,
);
on('c', 'a function with its brace below', 'int f(int a)\n█', '{\n  return a;\n}✂\n\nint g', true);
on('ruby', 'a block until its end', 'def f(a)█', '\n  if a\n    b\n  else\n    c\n  end\nend✂\n\ndef g', true);
on('ruby', 'a block whose end is there', 'def f(a)█\nend\n', '\n  b(a)✂\nend\n\ndef g', true);
on('ruby', 'a block that is not finished', 'def f(a)█', '\n  b = 1✂\n  if a\n    c\n', false);
on('shellscript', 'a block until its end', 'if true; then█', '\n  echo 1\nfi✂\necho 2\n', true);
on(
  'lua',
  'a language without a grammar',
  'function f(a)█',
  '\n  if a then\n    return 1\n  end\n  return 2\nend✂\nf(1)',
  true,
);
on('yaml', 'a mapping', 'jobs:\n  build:█', '\n    runs-on: ubuntu\n    steps:\n      - run: make✂\n  test:\n', true);
on('kotlin', 'brackets without a grammar', 'fun f(): Int {█', '\n  val a = "}"\n  return 1 // }\n}✂\nfun g', true);

const positionOf = (document: string, languageId: string) => {
  const [prefix = '', suffix = ''] = document.split('█');
  return { prefix, suffix, languageId };
};

describe('trimBlock', () => {
  const folder = makeGrammarFolder();
  const syntax = createSyntax({ grammarFolder: folder.path, log: silentLogger });
  const withoutGrammars: Syntax = { parse: async () => undefined, [Symbol.dispose]() {} };
  after(() => {
    syntax[Symbol.dispose]();
    folder[Symbol.dispose]();
  });

  for (const { languageId, name, document, generated, complete } of fixtures) {
    it(`${languageId}: ${name}`, async () => {
      const [kept = ''] = generated.split('✂');
      const trimmed = await trimBlock(syntax, positionOf(document, languageId), generated.replace('✂', ''));
      assert.deepEqual(trimmed, { text: kept, complete });
    });
  }

  it('does nearly as well without grammars', async () => {
    for (const { languageId, name, document, generated, complete } of fixtures) {
      // What only a grammar tells.
      if (/JSX|several lines|annotations/.test(name)) continue;
      const [kept = ''] = generated.split('✂');
      const trimmed = await trimBlock(withoutGrammars, positionOf(document, languageId), generated.replace('✂', ''));
      assert.deepEqual(trimmed, { text: kept, complete }, `${languageId}: ${name}`);
    }
  });

  it('never keeps less of a longer beginning, once complete', async () => {
    for (const { languageId, name, document, generated } of fixtures) {
      const text = generated.replace('✂', '');
      let done: string | undefined;
      for (const { index: at } of text.matchAll(/\n|$/g)) {
        const { text: kept, complete } = await trimBlock(syntax, positionOf(document, languageId), text.slice(0, at));
        if (done !== undefined) assert.equal(kept, done, `${languageId}: ${name}`);
        if (complete) done = kept;
      }
    }
  });

  it('keeps a beginning that closes its brackets', async () => {
    const pieces =
      'foo();¦foo(¦)¦{¦}¦[¦]¦if (a) {¦return x¦;¦\n¦\n  ¦\n    ¦} else {¦"¦`${¦// }¦x = 1¦def f():¦end'.split('¦');
    const cases = fc.record({
      languageId: fc.constantFrom('typescript', 'python', 'rust', 'ruby', 'lua'),
      document: fc.constantFrom('█', 'function f() {█', 'function f() {\n  █\n}\n', 'def f():█', 'foo(█)'),
      text: fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((each) => each.join('')),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ languageId, document, text }) => {
        for (const each of [syntax, withoutGrammars]) {
          const position = positionOf(document, languageId);
          const trimmed = await trimBlock(each, position, text);
          assert.ok(text.startsWith(trimmed.text));
          assert.ok(trimmed.text.split('\n').filter((line) => line.trim() !== '').length <= 10);
          if (each === syntax) continue;
          const { prefix } = position;
          const { brackets } = scanCode(prefix + trimmed.text, lexiconOf(languageId));
          const own: string[] = [];
          for (const { offset, bracket, opens } of brackets) {
            if (offset < prefix.length) continue;
            if (opens) own.push(bracket);
            else own.pop();
          }
          assert.deepEqual(own, []);
        }
      }),
      { seed: 20261123, numRuns: 500 },
    );
  });
});
