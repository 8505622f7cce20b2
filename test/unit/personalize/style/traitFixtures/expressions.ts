import { inLanguage, py, type TraitFixture, ts } from './traitFixture.ts';

export const expressionFixtures: readonly TraitFixture[] = [
  ts('equality', 'a === b && c !== d;\ne == f;\ng == null;\nh >= i;\n(j) => k;\n', { strict: 2, loose: 1 }),
  ts('stringBuilding', "const a = `b ${c} ${d}`;\nconst e = 'f' + g;\nconst h = i + 'j';\nconst k = `l`;\n", {
    template: 1,
    concatenation: 2,
  }),
  py('stringBuilding', "a = f'{b}'\nc = '{}'.format(d)\ne = '%s' % f\ng = 'h' + i\nj = 'k'\n", {
    fString: 1,
    format: 1,
    percent: 1,
    concatenation: 1,
  }),
  inLanguage('ruby', 'stringBuilding', 'a = "b #{c}"\nd = "e" + f\n', { interpolation: 1, concatenation: 1 }),
  inLanguage('csharp', 'stringBuilding', 'var a = $"b {c}";\nvar d = "e" + f;\n', {
    interpolation: 1,
    concatenation: 1,
  }),
  ts('loops', 'for (const a of b) c();\nb.forEach((a) => c());\nfor (let i = 0; i < 3; i++) c();\n', {
    forOf: 1,
    forEach: 1,
    counted: 1,
  }),
  ts('optionalChaining', 'a?.b;\nc && c.d;\ne && f.g;\nh ? .5 : 1;\n', { chain: 1, and: 1 }),
  py('paths', "Path('a')\nos.path.join('b')\n", { pathlib: 1, osPath: 1 }),
  py(
    'dataTypes',
    '@dataclass\nclass A: pass\n@attr.s\nclass B: pass\nclass C(BaseModel): pass\nclass D(NamedTuple): pass\n',
    {
      dataclass: 1,
      attrs: 1,
      pydantic: 1,
      namedTuple: 1,
    },
  ),
  inLanguage('ruby', 'hashSyntax', 'f({ a: 1, :b => 2 })\n', { colon: 1, rocket: 1 }),
  inLanguage('php', 'arraySyntax', '<?php\n$a = [1];\n$b = array(2);\n', { short: 1, long: 1 }),
  inLanguage('shellscript', 'shellTests', 'if [[ -n $a ]]; then b; fi\n[ -z "$c" ] && d\n', { double: 1, single: 1 }),
  inLanguage('shellscript', 'shellFunctions', 'a() {\n}\nfunction b {\n}\n', { parentheses: 1, keyword: 1 }),
  inLanguage('shellscript', 'shellSubstitution', 'a="$(b)"\nc=`d`\n# `e` $(f)\ng=$((1 + 2))\n', {
    dollar: 1,
    backticks: 1,
  }),
];
