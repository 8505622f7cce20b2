import { inLanguage, py, type TraitFixture, ts } from './traitFixture.ts';

const long = (columns: number) => `const text = ${'x'.repeat(columns - 14)};`;

export const layoutFixtures: readonly TraitFixture[] = [
  ts('indent', 'f(() => {\n  if (a) {\n    b();\n  }\n});\n', { '2': 2 }),
  ts('indent', 'class A {\n\tb() {\n\t\tc();\n\t}\n}\n', { tab: 2 }),
  ts('indent', 'f(a,\n  b);\n', {}),
  ts('indent', '/**\n * A.\n *   - b\n */\nconst a = `\n    b\n`;\n', {}),
  py('indent', 'def f():\n    if a:\n        return b\n', { '4': 2 }),
  py('indent', 'x = f(a,\n      b)\n', {}),
  inLanguage('c', 'indent', 'int f() {\n        return 1;\n}\n', { '8': 1 }),
  inLanguage('ruby', 'indent', 'def f\n  if a\n    b\n  end\nend\n', { '2': 2 }),
  inLanguage('shellscript', 'indent', 'if a; then\n\tb\nfi\n', { tab: 1 }),

  ts('lineWidth', `${long(61)}\n${long(80)}\n${long(81)}\n`, { '80': 2, '90': 1 }),
  ts('lineWidth', `${long(100)}\n${long(101)}\n${long(121)}\n`, { '100': 1, '120': 1, longer: 1 }),
  ts('lineWidth', `short;\n// ${'comment '.repeat(20)}\n`, {}),

  ts('commentWidth', `// ${'x'.repeat(77)}\n// ${'x'.repeat(80)}\n`, { '80': 1, '90': 1 }),
  ts('commentWidth', `// ${'x'.repeat(92)}\n/**\n * ${'x'.repeat(100)}\n */\n${long(100)}\n`, { '100': 1, longer: 1 }),

  ts('bracketSpacing', "import { a } from './a';\nconst b = { c: 1 };\nconst d = `${e}`;\n", { spaced: 2 }),
  ts('bracketSpacing', "import {a} from './a';\nf({c: 1});\nif (a) {b();}\n", { tight: 2 }),

  ts('functionSpace', 'function f () {}\nfunction g() {}\nfunction () {}\n', { spaced: 1, tight: 1 }),

  ts('arrowParentheses', 'a.map((b) => b);\na.map((b, c) => b);\na.map(() => b);\n', { always: 1 }),
  ts('arrowParentheses', 'a.map(b => b);\nconst f = async x => x;\n', { avoid: 2 }),
  ts('arrowParentheses', 'const f = (a: A): b => a;\nconst g = (a): a is B => true;\ntype F = (a: A) => void;\n', {}),

  inLanguage('c', 'pointerSide', 'int *a;\nchar *b = f(c * d);\n', { name: 2 }),
  inLanguage('cpp', 'pointerSide', 'Node* a;\nconst Thing& b = c;\n', { type: 2 }),

  ts('controlBraces', 'if (a) {\n  b();\n} else {\n  c();\n}\n', { sameLine: 2 }),
  inLanguage('csharp', 'controlBraces', 'if (a)\n{\n    b();\n}\nforeach (var c in d)\n{\n}\n', { ownLine: 2 }),
  inLanguage('java', 'functionBraces', 'class A {\n    void f(int a) {\n        g();\n    }\n}\n', { sameLine: 2 }),
  inLanguage('csharp', 'functionBraces', 'public class A\n{\n    public void F(int a)\n    {\n    }\n}\n', {
    ownLine: 2,
  }),
  inLanguage('cpp', 'functionBraces', 'int f(int a) const\n{\n  return a;\n}\n', { ownLine: 1 }),
  ts('elseLine', 'try {\n  a();\n} catch {\n  b();\n}\n', { sameLine: 1 }),
  ts('elseLine', 'if (a) {\n  b();\n}\nelse {\n  c();\n}\n', { ownLine: 1 }),
  ts('singleStatement', 'if (a) return;\nif (b)\n  c();\nfor (;;) d();\n', { bare: 3 }),
  ts('singleStatement', 'if (a) {\n  return;\n}\nif (b) {\n  c();\n  d();\n}\nwhile (e) ;\n', { braced: 1 }),
];
