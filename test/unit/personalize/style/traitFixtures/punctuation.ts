import { inLanguage, py, type TraitFixture, ts } from './traitFixture.ts';

export const punctuationFixtures: readonly TraitFixture[] = [
  ts('quotes', "f('a', 'b', \"it's\", \"c\", `d`);\n// 'not'\n", { single: 2, double: 1 }),
  ts('quotes', 'const a = `x ${f("y")} z`;\n', { double: 1 }),
  ts('quotes', "const pattern = /['\"]/;\nf('a');\n", { single: 1 }),
  ts('quotes', "f('open\ng('a');\n", { single: 1 }),
  py('quotes', "a = 'b'\nc = f'd'\n'''e'''\n\"\"\"f\"\"\"\n", { single: 2 }),
  py('quotes', 'a = "b"  # it\'s\n', { double: 1 }),
  inLanguage('ruby', 'quotes', 'a = "b"\nc = "#{d}"\ne = "f\\n"\n', { double: 1 }),
  inLanguage('php', 'quotes', '<?php\n$a = \'b\';\n$c = "$d";\n', { single: 1 }),
  inLanguage('typescriptreact', 'quotes', 'const a = <b title="c">{f(\'d\')}</b>;\n', { single: 1 }),
  inLanguage('typescriptreact', 'jsxQuotes', "const a = <b title=\"c\" id='d'>{f('e')}</b>;\n", {
    double: 1,
    single: 1,
  }),

  ts('semicolons', "import a from 'a';\nconst b = f();\nb.c();\nreturn d;\n", { always: 4 }),
  ts('semicolons', "import a from 'a'\nconst b = f()\nb.c()\nthis.d = 1\nreturn e\n", { never: 5 }),
  ts('semicolons', 'const a = b\n  .c()\n  .d();\n', { always: 1 }),
  ts('semicolons', 'const a = b\n  .c()\n  .d()\n', { never: 1 }),
  ts('semicolons', 'const a = {\n  b,\n  c: d(),\n  e\n}\nf()\n', { never: 2 }),
  ts('semicolons', 'const f = () => {\n  g();\n};\n', { always: 1 }),
  ts('semicolons', 'f(() => {\n  g()\n})\nh()\n', { never: 2 }),
  ts('semicolons', 'class A {\n  f() {\n    return g(\n      1,\n    );\n  }\n  h() {\n  }\n}\nfunction i() {\n}\n', {
    always: 1,
  }),
  ts('semicolons', 'if (a) {\n  b();\n} else c();\nenum D {\n  E,\n  F = 1\n}\n', { always: 1 }),
  ts('semicolons', 'const a = `\n  const b = 1\n`\nc()\n', { never: 2 }),

  ts('trailingCommas', 'const a = [\n  1,\n  2,\n];\nconst b = {\n  c: 1,\n  d,\n};\n', { always: 2 }),
  ts('trailingCommas', 'const a = [\n  1,\n  2\n]\nconst b = [1, 2]\nfunction f() {\n  let g, h\n}\n', { never: 1 }),
  py('trailingCommas', 'a = {\n    1: 2,\n    3: 4,\n}\nb = [\n    1,\n    2\n]\n', { always: 1, never: 1 }),
  ts('argumentCommas', 'f(\n  a,\n  b,\n);\nf(\n  a,\n  b\n);\nif (\n  f(a, b)\n) c();\n', { always: 1, never: 1 }),
  py('argumentCommas', 'f(\n    a,\n    b,\n)\nc = (\n    1,\n    2\n)\n', { always: 1 }),
];
