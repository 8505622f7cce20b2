import { isSettings, oneOf, ofSize, type Saying, settingAt } from './configRule.ts';

/** The options of a rule that is on, without the level. */
type SayOptions = (first: unknown, second: unknown) => readonly Saying[];

const always =
  (...sayings: readonly Saying[]): SayOptions =>
  () =>
    sayings;

/** Rules of ESLint, oxlint and their plugins, by the last part of their name. */
const rules: Readonly<Record<string, SayOptions>> = {
  semi: (style = 'always') => oneOf('semicolons', style, { always: 'always', never: 'never' }),
  quotes: (style = 'double') => oneOf('quotes', style, { single: 'single', double: 'double' }),
  'jsx-quotes': (style = 'prefer-double') =>
    oneOf('jsxQuotes', style, { 'prefer-double': 'double', 'prefer-single': 'single' }),
  indent: (size = 4) => (size === 'tab' ? [['indent', 'tab']] : ofSize('indent', size, 16)),
  'comma-dangle': (style = 'never') => {
    const words = { always: 'always', 'always-multiline': 'always', never: 'never' };
    const [lists, calls] = isSettings(style)
      ? [style['objects'] ?? style['arrays'], style['functions']]
      : [style, style];
    return [...oneOf('trailingCommas', lists, words), ...oneOf('argumentCommas', calls, words)];
  },
  'max-len': (size = 80) => ofSize('lineWidth', isSettings(size) ? (size['code'] ?? 80) : size),
  camelcase: always(['variableNames', 'camelCase'], ['functionNames', 'camelCase']),
  eqeqeq: always(['equality', 'strict']),
  'prefer-const': always(['variables', 'const']),
  'func-style': (style = 'expression') =>
    oneOf('functions', style, { declaration: 'declaration', expression: 'arrow' }),
  'prefer-arrow-callback': always(['callbacks', 'arrow']),
  'arrow-parens': (style = 'always') => oneOf('arrowParentheses', style, { always: 'always', 'as-needed': 'avoid' }),
  curly: (style = 'all') => oneOf('singleStatement', style, { all: 'braced', multi: 'bare' }),
  'brace-style': (style = '1tbs') => [
    ...oneOf('elseLine', style, { '1tbs': 'sameLine', stroustrup: 'ownLine', allman: 'ownLine' }),
    ...oneOf('controlBraces', style, { '1tbs': 'sameLine', stroustrup: 'sameLine', allman: 'ownLine' }),
    ...oneOf('functionBraces', style, { '1tbs': 'sameLine', stroustrup: 'sameLine', allman: 'ownLine' }),
  ],
  'prefer-template': always(['stringBuilding', 'template']),
  'object-curly-spacing': (style = 'never') => oneOf('bracketSpacing', style, { always: 'spaced', never: 'tight' }),
  'space-before-function-paren': (style = 'always') =>
    oneOf('functionSpace', settingAt(style, 'named') ?? style, { always: 'spaced', never: 'tight' }),
  'explicit-function-return-type': always(['returnTypes', 'written']),
  'consistent-type-definitions': (style = 'interface') =>
    oneOf('objectTypes', style, { interface: 'interface', type: 'type' }),
  'consistent-type-imports': (style) => {
    if ((settingAt(style, 'prefer') ?? 'type-imports') !== 'type-imports') return [];
    const isInline = settingAt(style, 'fixStyle') === 'inline-type-imports';
    return [['typeImports', isInline ? 'inline' : 'statement']];
  },
  'array-type': (style) =>
    oneOf('arrayTypes', settingAt(style, 'default') ?? 'array', { array: 'brackets', generic: 'generic' }),
  'no-default-export': always(['exports', 'named']),
  'prefer-node-protocol': always(['nodePrefix', 'prefixed']),
  'filename-case': (style) =>
    oneOf('fileNames', settingAt(style, 'case') ?? 'kebabCase', {
      kebabCase: 'kebab-case',
      camelCase: 'camelCase',
      snakeCase: 'snake_case',
      pascalCase: 'PascalCase',
    }),
  'catch-error-name': (style) =>
    oneOf('caughtName', settingAt(style, 'name') ?? 'error', { error: 'error', err: 'err', e: 'e' }),
  'no-array-for-each': always(['loops', 'forOf']),
  'prefer-optional-chain': always(['optionalChaining', 'chain']),
  extensions: (style, more) => {
    const isNever = style === 'never' || settingAt(isSettings(style) ? style : more, 'ts') === 'never';
    return isNever ? [['importEndings', 'none']] : [];
  },
  'sort-imports': always(['importSorting', 'sorted']),
  imports: always(['importSorting', 'sorted']),
  order: (style) => oneOf('importGroups', settingAt(style, 'newlines-between'), { always: 'apart', never: 'together' }),
  'no-null': always(['absence', 'undefined']),
  'no-else-return': always(['earlyReturn', 'early']),
  'require-jsdoc': always(['docComments', 'written']),
  'consistent-test-it': (style) => oneOf('testWord', settingAt(style, 'fn') ?? 'test', { it: 'it', test: 'test' }),
};

export function isKnownRule(name: string): boolean {
  return Object.hasOwn(rules, lastPart(name));
}

const levelsOn: ReadonlySet<unknown> = new Set(['error', 'warn', 'deny', 1, 2]);

/** @param value As in a configuration: `'error'`, `2`, `['error', ...options]`. Nothing where it is off. */
export function ruleSayings(name: string, value: unknown): readonly Saying[] {
  const [level, first, second]: readonly unknown[] = Array.isArray(value) ? value : [value];
  return levelsOn.has(level) ? (rules[lastPart(name)]?.(first, second) ?? []) : [];
}

/** Configurations that packages offer, and what they say; by what their names contain. */
const presets: readonly (readonly [name: RegExp, sayings: Readonly<Record<string, string>>])[] = [
  [
    /^standard(?:-with-typescript|-jsx|-react)?$|^love$/,
    {
      semicolons: 'never',
      quotes: 'single',
      indent: '2',
      functionSpace: 'spaced',
      trailingCommas: 'never',
      equality: 'strict',
      variables: 'const',
    },
  ],
  [
    /^semistandard$/,
    { semicolons: 'always', quotes: 'single', indent: '2', functionSpace: 'spaced', trailingCommas: 'never' },
  ],
  [
    /^airbnb(?:-base|-typescript|-typescript\/base|\/hooks)?$/,
    {
      semicolons: 'always',
      quotes: 'single',
      indent: '2',
      trailingCommas: 'always',
      argumentCommas: 'always',
      lineWidth: '100',
      arrowParentheses: 'always',
      stringBuilding: 'template',
      equality: 'strict',
      variables: 'const',
    },
  ],
  [/^google$/, { semicolons: 'always', quotes: 'single', indent: '2', lineWidth: '80', trailingCommas: 'always' }],
  [
    /^xo(?:-typescript|-react)?$/,
    { semicolons: 'always', quotes: 'single', indent: 'tab', trailingCommas: 'always', equality: 'strict' },
  ],
  [
    /^@antfu(?:\/eslint-config)?$/,
    { semicolons: 'never', quotes: 'single', indent: '2', trailingCommas: 'always', argumentCommas: 'always' },
  ],
];

/** @param name With or without `eslint-config-`. */
export function presetSayings(name: string): readonly Saying[] {
  const bare = name.replace(/^eslint-config-/, '');
  return Object.entries(presets.find(([pattern]) => pattern.test(bare))?.[1] ?? {});
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}
