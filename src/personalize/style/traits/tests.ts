import type { SourceCode } from '../sourceCode.ts';
import type { Trait, Vote } from '../trait.ts';
import { placesBy } from './counting.ts';
import { isTestPath } from './testFiles.ts';

const inTests =
  (count: Trait['count']): Trait['count'] =>
  (source, vote) => {
    if (isTestPath(source.path)) count(source, vote);
  };

/** A framework shows in each of its files: the first row all of whose signs are there says which. */
const frameworks: Readonly<Record<string, readonly (readonly [name: string, ...signs: readonly RegExp[]])[]>> = {
  ecmascript: [
    ['vitest', /from\s*['"]vitest['"]|\bvi\.(?:fn|mock|spyOn)\(/],
    ['node:test', /['"]node:test['"]/],
    ['bun:test', /['"]bun:test['"]/],
    ['playwright', /['"]@playwright\/test['"]/],
    ['cypress', /\bcy\.(?:visit|get)\(/],
    ['ava', /['"]ava['"]/],
    ['tap', /['"](?:tap|tape)['"]/],
    [
      'jest',
      /['"]@jest\/globals['"]|\bjest\.(?:fn|mock|spyOn)\(|\)\.(?:not\.)?(?:toBe|toEqual|toHave|toThrow|toMatch)\w*\(/,
    ],
    ['jasmine', /\bjasmine\./],
    ['mocha', /\b(?:describe|suite)\(/, /\b(?:assert|expect|should)\b/],
  ],
  python: [
    ['unittest', /\bunittest\.TestCase\b|\(TestCase\)/],
    ['pytest', /^[ \t]*(?:import\s+pytest|from\s+pytest\b)|^(?:async\s+)?def\s+test_/m],
  ],
  go: [
    ['testify', /"github\.com\/stretchr\/testify/],
    ['ginkgo', /onsi\/ginkgo/],
    ['testing', /"testing"/],
  ],
  java: [
    ['JUnit 5', /org\.junit\.jupiter/],
    ['TestNG', /org\.testng/],
    ['JUnit 4', /org\.junit\./],
  ],
  csharp: [
    ['xUnit', /using\s+Xunit\b/],
    ['NUnit', /using\s+NUnit\b/],
    ['MSTest', /VisualStudio\.TestTools/],
  ],
  ruby: [
    ['RSpec', /^[ \t]*(?:RSpec\.)?describe\b/m],
    ['minitest', /Minitest|ActiveSupport::TestCase/],
  ],
  php: [
    ['Pest', /^(?:it|test)\(/m],
    ['PHPUnit', /PHPUnit/],
  ],
  c: [
    ['GoogleTest', /gtest\/gtest\.h/],
    ['Catch2', /catch2?\//],
    ['doctest', /doctest\.h/],
  ],
  shell: [['Bats', /^@test\b/m]],
};

const frameworkNames = [...new Set(Object.values(frameworks).flatMap((rows) => rows.map(([name]) => name)))];

export const testTraits: readonly Trait[] = [
  {
    id: 'testFramework',
    families: ['ecmascript', 'python', 'go', 'java', 'c', 'csharp', 'ruby', 'php', 'shell'],
    title: (t) => t('Test framework'),
    values: Object.fromEntries(frameworkNames.map((name) => [name, (t) => t('Tests with {0}', name)])),
    count: inTests(({ text, family }, vote) => {
      const name = frameworks[family]?.find(([, ...signs]) => signs.every((sign) => sign.test(text)))?.[0];
      if (name !== undefined) vote(name, 0);
    }),
    usual: { go: 'testing' },
    telling: 3,
    clear: { places: 2 },
  },
  {
    id: 'assertions',
    families: ['ecmascript', 'python', 'go', 'java', 'csharp'],
    title: (t) => t('Assertions'),
    values: {
      expect: (t) => t('Assertions with {0}', 'expect(…)'),
      assert: (t) => t('Assertions with {0}', 'assert'),
      should: (t) => t('Assertions with {0}', 'should'),
      t: (t) => t('Assertions with {0}', 't.is(…)'),
      selfAssert: (t) => t('Assertions with {0}', 'self.assertEqual(…)'),
      assertThat: (t) => t('Assertions with {0}', 'assertThat(…)'),
      assertEquals: (t) => t('Assertions with {0}', 'assertEquals(…)'),
      errorf: (t) => t('Assertions with {0}', 't.Errorf(…)'),
      require: (t) => t('Assertions with {0}', 'require.Equal(…)'),
    },
    count: inTests(
      placesBy({
        ecmascript: {
          expect: /\bexpect\(/g,
          assert: /\bassert(?:\.\w+)*\(/g,
          should: /\.should\./g,
          t: /(?<![\w$.])t\.(?:is|deepEqual|true|false|truthy|throws|equal|same)\(/g,
        },
        python: { assert: /^[ \t]+assert\s/gm, selfAssert: /\bself\.assert\w+\(/g },
        go: {
          errorf: /\bt\.(?:Error|Errorf|Fatal|Fatalf)\(/g,
          assert: /\bassert\.\w+\(/g,
          require: /\brequire\.\w+\(/g,
        },
        java: { assertThat: /\bassertThat\(/g, assertEquals: /\bassert(?:Equals|True|False|Null|NotNull)\(/g },
        csharp: { assert: /\bAssert\.\w+\(/g, should: /\.Should(?:Be)?\(/g },
      }),
    ),
    telling: 2,
    weight: 1,
  },
  {
    id: 'testWord',
    families: ['ecmascript'],
    title: (t) => t('Form of tests'),
    values: { it: (t) => t('Tests written as {0}', 'it(…)'), test: (t) => t('Tests written as {0}', 'test(…)') },
    count: inTests(placesBy({ ecmascript: { it: /(?<![\w$.])it\(/g, test: /(?<![\w$.])test\(/g } })),
    telling: 1,
    weight: 1,
  },
  {
    id: 'testTitles',
    families: ['ecmascript'],
    title: (t) => t('Titles of tests'),
    values: {
      should: (t) => t('Titles of tests with should: {0}', "'should return 1'"),
      plain: (t) => t('Titles of tests without should: {0}', "'returns 1'"),
    },
    count: inTests(countTitles),
    telling: 1,
    weight: 0.7,
  },
  {
    id: 'testFileNames',
    families: ['ecmascript', 'python'],
    title: (t) => t('Names of test files'),
    values: {
      test: (t) => t('Test files as {0}', 'name.test'),
      spec: (t) => t('Test files as {0}', 'name.spec'),
      folder: (t) => t('Test files in {0}', '__tests__'),
      prefix: (t) => t('Test files as {0}', 'test_name'),
      suffix: (t) => t('Test files as {0}', 'name_test'),
    },
    count: ({ path }, vote) => {
      const ending = /\.(test|spec)\.[cm]?[jt]sx?$/.exec(path)?.[1];
      if (ending !== undefined) vote(ending, 0);
      else if (/(?:^|\/)__tests__\/[^/]+\.[cm]?[jt]sx?$/.test(path)) vote('folder', 0);
      else if (/(?:^|\/)test_\w+\.py$/.test(path)) vote('prefix', 0);
      else if (path.endsWith('_test.py')) vote('suffix', 0);
    },
    usual: { python: 'prefix' },
    telling: 1,
    clear: { places: 2 },
  },
];

function countTitles({ text, code }: SourceCode, vote: Vote): void {
  for (const { index, 1: quote = '' } of code.matchAll(/(?<![\w$.])(?:it|test)\(\s*(['"`])/g)) {
    const title = text.indexOf(quote, index) + 1;
    vote(/^should\b/i.test(text.slice(title, title + 10)) ? 'should' : 'plain', index);
  }
}
