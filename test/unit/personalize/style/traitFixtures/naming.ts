import { inLanguage, py, type TraitFixture, ts } from './traitFixture.ts';

export const namingFixtures: readonly TraitFixture[] = [
  ts('variableNames', 'const oneTwo = 1;\nlet three_four = 2;\nconst five = 3;\nconst SIX_SEVEN = 4;\n', {
    camelCase: 1,
    snake_case: 1,
  }),
  py('variableNames', 'one_two = 1\nthreeFour = 2\nFIVE = 3\nif a_b == c_d: pass\n', { snake_case: 1, camelCase: 1 }),
  inLanguage('go', 'variableNames', 'oneTwo := f()\n', { camelCase: 1 }),
  inLanguage('rust', 'variableNames', 'let mut one_two = 1;\n', { snake_case: 1 }),
  inLanguage('java', 'variableNames', 'List<String> oneTwo = f();\nint three_four;\n', { camelCase: 1, snake_case: 1 }),
  inLanguage('cpp', 'variableNames', 'int OneTwo = 1;\nauto threeFour = f();\n', { PascalCase: 1, camelCase: 1 }),
  inLanguage('csharp', 'variableNames', 'var oneTwo = 1;\n', { camelCase: 1 }),
  inLanguage('ruby', 'variableNames', 'one_two = 1\n', { snake_case: 1 }),
  inLanguage('php', 'variableNames', '<?php $oneTwo = 1;\n$this->a = 2;\n', { camelCase: 1 }),
  inLanguage('shellscript', 'variableNames', 'NAME=1\nlocal name=2\nexport one_two=3\n', {
    UPPER_CASE: 1,
    snake_case: 2,
  }),

  ts(
    'functionNames',
    'function oneTwo() {}\nfunction Component() {}\nconst threeFour = () => 1;\nconst five_six = async (a) => a;\n',
    {
      camelCase: 2,
      snake_case: 1,
    },
  ),
  py('functionNames', 'def one_two(): pass\ndef threeFour(): pass\ndef __init__(): pass\n', {
    snake_case: 1,
    camelCase: 1,
  }),
  inLanguage('java', 'functionNames', 'class A {\n  public static int oneTwo(int a) { }\n}\n', { camelCase: 1 }),
  inLanguage('csharp', 'functionNames', 'class A {\n  public async Task<int> OneTwo(int a) { }\n}\n', {
    PascalCase: 1,
  }),
  inLanguage('c', 'functionNames', 'static int one_two(int a)\n{\n}\nint three;\n', { snake_case: 1 }),
  inLanguage('rust', 'functionNames', 'fn one_two() {}\n', { snake_case: 1 }),
  inLanguage('ruby', 'functionNames', 'def self.one_two\nend\n', { snake_case: 1 }),
  inLanguage('php', 'functionNames', '<?php function oneTwo() {}\n', { camelCase: 1 }),
  inLanguage('shellscript', 'functionNames', 'one_two() {\n}\nfunction three-four {\n}\n', {
    snake_case: 1,
    'kebab-case': 1,
  }),

  ts('typeNames', 'class OneTwo {}\ninterface three_four {}\ntype FiveSix<T> = T;\nenum A {}\n', {
    PascalCase: 2,
    snake_case: 1,
  }),
  inLanguage('c', 'typeNames', 'struct one_two {\n};\ntypedef struct {\n  int a;\n} three_four;\n', { snake_case: 2 }),

  ts(
    'constantNames',
    "export const ONE_TWO = 1;\nconst threeFour = 'a';\nconst FIVE = [];\nconst sixSeven = f();\n  const in_side = 1;\n",
    {
      UPPER_CASE: 2,
      camelCase: 1,
    },
  ),
  py('constantNames', 'ONE = 1\ntwo_three = [4]\nfour = f()\n', { UPPER_CASE: 1, snake_case: 1 }),
  inLanguage('go', 'constantNames', 'const oneTwo = 1\n', { camelCase: 1 }),
  inLanguage('c', 'constantNames', '#define ONE_TWO 3\n#define f(a) a\n', { UPPER_CASE: 1 }),

  ts('fileNames', 'a;\n', { camelCase: 1 }, 'src/oneTwo.test.ts'),
  ts('fileNames', 'a;\n', { 'kebab-case': 1 }, 'one-two.ts'),
  ts('fileNames', 'a;\n', { PascalCase: 1 }, 'OneTwo.tsx'),
  ts('fileNames', 'a;\n', {}, 'index.ts'),
  py('fileNames', 'a\n', { snake_case: 1 }, 'tests/test_one_two.py'),
];
