import assert from 'node:assert/strict';
import fc from 'fast-check';
import { inEnglish } from '../../../../../src/protocol/problems.ts';
import { configRules, isStyleConfig, readConfig } from '../../../../../src/personalize/style/config/readConfig.ts';
import type { ConfiguredFiles } from '../../../../../src/personalize/style/config/readConfig.ts';
import { customaryEnding, type Family } from '../../../../../src/personalize/style/families.ts';
import { sayValue } from '../../../../../src/personalize/style/trait.ts';
import { traitNamed } from '../../../../../src/personalize/style/traits/allTraits.ts';

const everywhere: ConfiguredFiles = { sample: (family) => `a.${customaryEnding(family)}`, areIn: () => true };

const read = (files: Readonly<Record<string, string>>) =>
  Object.entries(files).flatMap(([path, text]) => readConfig(path, text) ?? []);

/** What files say of a family, as `trait: value`. */
const rulesOf = (files: Readonly<Record<string, string>>, family: Family = 'ecmascript', asked = everywhere) =>
  Object.fromEntries(
    configRules(read(files), asked)
      .filter((rule) => rule.family === family)
      .map(({ trait, value }) => [trait, value]),
  );

const prettierDefaults = {
  semicolons: 'always',
  quotes: 'double',
  jsxQuotes: 'double',
  trailingCommas: 'always',
  argumentCommas: 'always',
  lineWidth: '80',
  arrowParentheses: 'always',
  bracketSpacing: 'spaced',
  indent: '2',
};

describe('what configuration files say', () => {
  const cases: readonly (readonly [
    file: string,
    text: string,
    family: Family,
    rules: Readonly<Record<string, string>>,
  ])[] = [
    ['.prettierrc', '', 'ecmascript', prettierDefaults],
    [
      '.prettierrc',
      'semi: false\nuseTabs: true\n',
      'ecmascript',
      { ...prettierDefaults, semicolons: 'never', indent: 'tab' },
    ],
    [
      '.prettierrc.json',
      '{ "singleQuote": true, "trailingComma": "es5", "printWidth": 110 }',
      'ecmascript',
      { ...prettierDefaults, quotes: 'single', argumentCommas: 'never', lineWidth: '110' },
    ],
    [
      '.prettierrc.toml',
      'tabWidth = 4\narrowParens = "avoid"\n',
      'ecmascript',
      { ...prettierDefaults, indent: '4', arrowParentheses: 'avoid' },
    ],
    [
      '.prettierrc',
      '{ "overrides": [{ "files": "*.ts", "options": { "semi": false } }, { "files": "*.js", "options": { "tabWidth": 8 } }] }',
      'ecmascript',
      { ...prettierDefaults, semicolons: 'never' },
    ],
    [
      'prettier.config.mjs',
      "import base from 'base';\nexport default {\n  ...base,\n  // semi: true,\n  semi: false,\n  'singleQuote': true,\n  printWidth: width(),\n};\n",
      'ecmascript',
      { semicolons: 'never', quotes: 'single' },
    ],
    ['.prettierrc.json5', '{ singleQuote: true, tabWidth: 4 }', 'ecmascript', { quotes: 'single', indent: '4' }],

    [
      '.eslintrc',
      '{ /* why */ "rules": { "semi": ["error", "never"], "quotes": [2, "single"], "eqeqeq": "off", "indent": ["warn", "tab"] } }',
      'ecmascript',
      { semicolons: 'never', quotes: 'single', indent: 'tab' },
    ],
    [
      '.eslintrc.yml',
      'extends: [airbnb-base, prettier]\nrules:\n  max-len: [error, { code: 120 }]\n',
      'ecmascript',
      {
        semicolons: 'always',
        quotes: 'single',
        indent: '2',
        trailingCommas: 'always',
        argumentCommas: 'always',
        lineWidth: '120',
        arrowParentheses: 'always',
        stringBuilding: 'template',
        equality: 'strict',
        variables: 'const',
      },
    ],
    [
      'eslint.config.mjs',
      "import ts from 'typescript-eslint';\n// 'no-null': 'error'\nexport default [\n  ts.configs.strict,\n  { rules: { '@stylistic/semi': ['error', 'never'], 'func-style': ['error', 'declaration'], 'unicorn/filename-case': ['error', { case: 'kebabCase' }], 'curly': level } },\n];\n",
      'ecmascript',
      { semicolons: 'never', functions: 'declaration', fileNames: 'kebab-case' },
    ],
    [
      'eslint.config.js',
      "import antfu from '@antfu/eslint-config';\nexport default antfu();\n",
      'ecmascript',
      { semicolons: 'never', quotes: 'single', indent: '2', trailingCommas: 'always', argumentCommas: 'always' },
    ],
    [
      '.oxlintrc.json',
      '{ "rules": { "eqeqeq": "error", "typescript/consistent-type-imports": ["error", { "fixStyle": "inline-type-imports" }], "import/no-default-export": "allow" }, "overrides": [{ "files": ["**/*.{ts,tsx}"], "rules": { "prefer-const": "error" } }, { "files": ["test/**"], "rules": { "semi": "error" } }] }',
      'ecmascript',
      { equality: 'strict', typeImports: 'inline', variables: 'const' },
    ],

    [
      'biome.json',
      '{ "formatter": { "indentStyle": "space" }, "javascript": { "formatter": { "quoteStyle": "single", "semicolons": "asNeeded" } }, "linter": { "rules": { "style": { "useTemplate": "error", "useConst": { "level": "off" } } } } }',
      'ecmascript',
      {
        indent: '2',
        lineWidth: '80',
        quotes: 'single',
        semicolons: 'never',
        trailingCommas: 'always',
        argumentCommas: 'always',
        arrowParentheses: 'always',
        stringBuilding: 'template',
      },
    ],
    ['biome.jsonc', '{\n  // Off.\n  "formatter": { "enabled": false },\n}', 'ecmascript', {}],
    [
      'deno.json',
      '{ "fmt": { "useTabs": true, "semiColons": false, "singleQuote": true, "lineWidth": 100 } }',
      'ecmascript',
      { indent: 'tab', semicolons: 'never', quotes: 'single', lineWidth: '100' },
    ],
    [
      'package.json',
      '{ "type": "module", "prettier": { "semi": false }, "devDependencies": { "vitest": "1.0.0" } }',
      'ecmascript',
      { ...prettierDefaults, semicolons: 'never', modules: 'import', testFramework: 'vitest' },
    ],
    [
      'package.json',
      '{ "devDependencies": { "xo": "1.0.0", "jest": "1.0.0", "mocha": "1.0.0" } }',
      'ecmascript',
      { semicolons: 'always', quotes: 'single', indent: 'tab', trailingCommas: 'always', equality: 'strict' },
    ],
    ['package.json', '{ "prettier": "@company/prettier-config" }', 'ecmascript', {}],

    [
      '.editorconfig',
      'root = true\n[*]\nindent_style = tab\nmax_line_length = 100\n[*.{js,ts}]\nindent_style = space\nindent_size = 2\n',
      'ecmascript',
      { indent: '2', lineWidth: '100' },
    ],
    [
      '.editorconfig',
      '[*]\nindent_style = tab\n[*.py]\nindent_size = 2\nquote_type = single\n',
      'python',
      { indent: 'tab', quotes: 'single' },
    ],
    [
      '.editorconfig',
      '[*.cs]\nindent_size = 4\ncsharp_new_line_before_open_brace = all\ncsharp_style_var_elsewhere = false:suggestion\n',
      'csharp',
      { indent: '4', controlBraces: 'ownLine', functionBraces: 'ownLine', localTypes: 'named' },
    ],

    [
      'pyproject.toml',
      '[tool.ruff]\nline-length = 100\n[tool.ruff.lint]\nselect = ["E", "I", "ANN"]\n[tool.ruff.lint.pydocstyle]\nconvention = "google"\n[tool.ruff.format]\nquote-style = "single"\n[tool.pytest.ini_options]\n',
      'python',
      {
        lineWidth: '100',
        importSorting: 'sorted',
        importGroups: 'apart',
        typeHints: 'written',
        docstrings: 'google',
        quotes: 'single',
        indent: '4',
        testFramework: 'pytest',
      },
    ],
    [
      'pyproject.toml',
      '[tool.black]\n[tool.isort]\nprofile = "black"\n[tool.mypy]\nstrict = true\n',
      'python',
      {
        quotes: 'double',
        indent: '4',
        lineWidth: '88',
        trailingCommas: 'always',
        argumentCommas: 'always',
        importSorting: 'sorted',
        importGroups: 'apart',
        typeHints: 'written',
      },
    ],
    [
      'pyproject.toml',
      '[tool.black]\nline-length = 120\nskip-string-normalization = true\n',
      'python',
      { indent: '4', lineWidth: '120', trailingCommas: 'always', argumentCommas: 'always' },
    ],
    ['ruff.toml', 'line-length = 79\n', 'python', { lineWidth: '79' }],
    [
      'setup.cfg',
      '[metadata]\nname = a\n[flake8]\nmax-line-length = 99\ninline-quotes = single\n[tool:pytest]\n',
      'python',
      { lineWidth: '99', quotes: 'single', testFramework: 'pytest' },
    ],
    ['rustfmt.toml', 'hard_tabs = true\nmax_width = 90\n', 'rust', { indent: 'tab', lineWidth: '90' }],
    [
      '.clang-format',
      '---\nLanguage: Cpp\nBasedOnStyle: Google\nIndentWidth: 4\n---\nLanguage: Java\nIndentWidth: 8\n',
      'c',
      { indent: '4', lineWidth: '80', pointerSide: 'type', controlBraces: 'sameLine', functionBraces: 'sameLine' },
    ],
    [
      '.clang-format',
      'BasedOnStyle: LLVM\nUseTab: Always\nBreakBeforeBraces: Linux\n',
      'c',
      { indent: 'tab', lineWidth: '80', controlBraces: 'sameLine', functionBraces: 'ownLine' },
    ],
    [
      '.rubocop.yml',
      'Style/StringLiterals:\n  EnforcedStyle: double_quotes\nLayout/LineLength:\n  Max: 100\n',
      'ruby',
      { quotes: 'double', lineWidth: '100' },
    ],
  ];
  for (const [file, text, family, rules] of cases)
    it(`${file}: ${JSON.stringify(text).slice(0, 60)}`, () => {
      assert.ok(isStyleConfig(file));
      assert.deepEqual(rulesOf({ [file]: text }, family), rules);
      // Whatever a file can say, the traits have words for.
      for (const [trait, value] of Object.entries(rules)) {
        const row = traitNamed(trait);
        assert.ok(
          row !== undefined && row.families.includes(family) && sayValue(row, value, inEnglish),
          `${trait} ${value}`,
        );
      }
    });
});

const mostlyIn = (folder: string): ConfiguredFiles => ({ ...everywhere, areIn: (each) => each === folder });

describe('configRules', () => {
  it('asks the formatter before .editorconfig, that before defaults, and those before the linter', () => {
    const files = {
      '.prettierrc': '{ "tabWidth": 4 }',
      '.editorconfig': '[*]\nindent_size = 8\nmax_line_length = 100\n',
      '.eslintrc.json':
        '{ "rules": { "indent": ["error", 3], "max-len": ["error", 70], "quotes": ["error", "single"], "eqeqeq": "error" } }',
    };
    const { indent, lineWidth, quotes, equality } = rulesOf(files);
    assert.deepEqual([indent, lineWidth, quotes, equality], ['4', '100', 'double', 'strict']);
  });

  it('takes the files nearest to the workspace folder', () => {
    const files = { 'a/.prettierrc': '{ "semi": false }', '.prettierrc': '{ "semi": true }' };
    assert.equal(rulesOf(files)['semicolons'], 'always');
  });

  it('leaves open what equals do not agree on', () => {
    const files = {
      'a/.prettierrc': '{ "semi": false, "tabWidth": 4 }',
      'b/.prettierrc': '{ "semi": true, "tabWidth": 4 }',
    };
    const { semicolons, indent } = rulesOf(files);
    assert.deepEqual([semicolons, indent], [undefined, '4']);
  });

  it('takes a folder’s own configuration for all only where most files lie there', () => {
    const files = { 'web/.prettierrc': '{ "semi": false }' };
    assert.equal(rulesOf(files, 'ecmascript', mostlyIn('web'))['semicolons'], 'never');
    assert.deepEqual(rulesOf(files, 'ecmascript', mostlyIn('')), {});
  });

  it('names the file that says it', () => {
    const [rule] = configRules(read({ 'rustfmt.toml': 'hard_tabs = true' }), everywhere);
    assert.deepEqual([rule?.trait, rule?.file], ['indent', 'rustfmt.toml']);
  });
});

describe('readConfig', () => {
  it('says what it did not run and what it cannot read', () => {
    assert.deepEqual(readConfig('eslint.config.js', 'export default [];')?.note, {
      file: 'eslint.config.js',
      reason: 'program',
    });
    for (const [file, text] of [
      ['.prettierrc', 'a: [}'],
      ['biome.json', '{'],
      ['pyproject.toml', '= 1'],
      ['package.json', ' '.repeat(400_000)],
      ['.oxlintrc.json', 'rules: ['],
    ] as const) {
      const config = readConfig(file, text);
      assert.deepEqual(config?.note, { file, reason: 'damaged' });
      assert.deepEqual(config?.sayings(everywhere.sample), []);
    }
    assert.equal(readConfig('biome.json', '{}')?.note, undefined);
  });

  it('knows the files by their whole name', () => {
    for (const path of [
      'src/a.ts',
      'prettier.js',
      'my.editorconfig',
      'package.json5',
      'tsconfig.json',
      'notpackage.json',
    ])
      assert.equal(isStyleConfig(path), false, path);
    assert.equal(readConfig('src/a.ts', ''), undefined);
  });

  it('stands any content, of the right syntax or not', () => {
    const files = [
      '.prettierrc',
      '.eslintrc.json',
      'biome.json',
      'package.json',
      '.clang-format',
      '.rubocop.yml',
      'deno.json',
      'eslint.config.js',
    ];
    const names = [
      'rules',
      'overrides',
      'extends',
      'formatter',
      'javascript',
      'quotes',
      'indent',
      'semi',
      'fmt',
      'files',
      'options',
      'IndentWidth',
      '__proto__',
      'max-len',
      'comma-dangle',
    ];
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        fc.jsonValue({ maxDepth: 1 }),
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...names), tie('tree'), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(fc.constantFrom(...files), tree, (file, value) => {
        for (const { trait, value: said } of configRules(read({ [file]: JSON.stringify(value) }), everywhere))
          assert.equal(typeof said, 'string', trait);
      }),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...files, 'pyproject.toml', '.editorconfig', 'setup.cfg'),
        fc.string(),
        (file, text) => void configRules(read({ [file]: text }), everywhere),
      ),
    );
  });
});
