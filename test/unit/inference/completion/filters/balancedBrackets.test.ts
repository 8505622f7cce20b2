import { balancedBrackets } from '../../../../../src/inference/completion/filters/balancedBrackets.ts';
import { expectShown } from './fixture.ts';

describe('balancedBrackets', () => {
  it('closes what the prefix left open', () => {
    expectShown(balancedBrackets, 'foo(█', 'a, b);', 'a, b);');
    expectShown(balancedBrackets, 'foo({ a: [█', '1] });', '1] });');
    expectShown(balancedBrackets, 'f() {\n  if (a) {█\n}\n', '\n    b();\n  }', '\n    b();\n  }');
  });

  it('closes nothing that nobody opened', () => {
    expectShown(balancedBrackets, 'foo█', '(a));', '(a)');
    expectShown(balancedBrackets, 'const a = █', 'b]', 'b');
  });

  it('leaves auto-closed pairs to the suffix', () => {
    expectShown(balancedBrackets, 'foo(█)', 'a);', 'a');
    expectShown(balancedBrackets, 'f() {\n  foo(█)\n', 'a);\n}', 'a');
    expectShown(balancedBrackets, 'f() {\n  █\n}\n', 'a();\n}\n', 'a();\n');
    expectShown(balancedBrackets, 'print("█")', 'x")', 'x"');
  });

  it('opens nothing that stays open', () => {
    expectShown(balancedBrackets, 'return █', 'foo(a, b', 'foo');
    expectShown(balancedBrackets, '█', 'a();\nfoo(b,\n  c', 'a();\n');
    expectShown(balancedBrackets, 'return █', 'foo(', 'foo');
  });

  it('opens a block at the end of a line', () => {
    expectShown(balancedBrackets, '█', 'if (a) {', 'if (a) {');
    expectShown(balancedBrackets, '█', "it('works', () => {\n  a(", "it('works', () => {");
    expectShown(balancedBrackets, 'return █', '(', '(');
    expectShown(balancedBrackets, 'const a = █', '[', '[');
  });

  it('opens what the rest of the line closes', () => {
    expectShown(balancedBrackets, 'x = █);', 'foo(a', 'foo(a');
    expectShown(balancedBrackets, 'bar(█))', 'foo(a', 'foo(a');
  });

  it('does not count strings, comments and patterns', () => {
    for (const [document, text, languageId] of [
      ['print(█)', '":)"', 'python'],
      ['x = █', '1 # :)', 'python'],
      ['x = █', "a.replace(/[)\\]]/g, ')')", 'typescript'],
      ['x = █', '`${a}) ${`}`}`', 'typescript'],
      ['let x: █', "&'a str = f('}');", 'rust'],
      ['case $1 in\n  █', 'a) echo ;;', 'shellscript'],
      ['- █', 'smile :)', 'markdown'],
    ] as const) {
      expectShown(balancedBrackets, document, text, text, { languageId });
    }
    expectShown(balancedBrackets, 'x = `${█', 'a}`;', 'a}`;');
  });
});
