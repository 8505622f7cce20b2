import { indentation, isSettings, oneOf, ofSize, type Saying, type Sayings, settingAt } from './configRule.ts';

const lints: Readonly<Record<string, Saying>> = {
  useConst: ['variables', 'const'],
  useTemplate: ['stringBuilding', 'template'],
  useNodejsImportProtocol: ['nodePrefix', 'prefixed'],
  noDefaultExport: ['exports', 'named'],
  useArrowFunction: ['callbacks', 'arrow'],
  noDoubleEquals: ['equality', 'strict'],
  useBlockStatements: ['singleStatement', 'braced'],
  noForEach: ['loops', 'forOf'],
  useOptionalChain: ['optionalChaining', 'chain'],
  noUselessElse: ['earlyReturn', 'early'],
};

/** Of `biome.json`. Its formatter is on unless it says otherwise, with tabs and double quotes. */
export function biomeSayings(config: unknown): readonly Sayings[] {
  if (!isSettings(config)) return [];
  const own = { ...settings(config, 'formatter'), ...settings(config, 'javascript', 'formatter') };
  const isOn = settingAt(config, 'formatter', 'enabled') !== false && own['enabled'] !== false;
  const usual = {
    indentStyle: 'tab',
    lineWidth: 80,
    quoteStyle: 'double',
    semicolons: 'always',
    trailingCommas: 'all',
    arrowParentheses: 'always',
  };
  return [
    { family: 'ecmascript', authority: 'linter', sayings: linted(config) },
    ...(isOn
      ? [
          { family: 'ecmascript', authority: 'formatter', sayings: formatted(own) } as const,
          { family: 'ecmascript', authority: 'default', sayings: formatted({ ...usual, ...own }) } as const,
        ]
      : []),
  ];
}

/** Of `deno.json`. */
export function denoSayings(config: unknown): readonly Sayings[] {
  const fmt = settingAt(config, 'fmt');
  if (!isSettings(fmt)) return [];
  const sayings = [
    ...indentation(fmt['useTabs'], fmt['indentWidth']),
    ...ofSize('lineWidth', fmt['lineWidth']),
    ...oneOf('semicolons', fmt['semiColons'], { true: 'always', false: 'never' }),
    ...oneOf('quotes', fmt['singleQuote'], { true: 'single', false: 'double' }),
  ];
  return [{ family: 'ecmascript', authority: 'formatter', sayings }];
}

function formatted(own: Readonly<Record<string, unknown>>): readonly Saying[] {
  return [
    ...indentation(
      own['indentStyle'] === 'tab',
      own['indentStyle'] === undefined ? undefined : (own['indentWidth'] ?? 2),
    ),
    ...ofSize('lineWidth', own['lineWidth']),
    ...oneOf('quotes', own['quoteStyle'], { single: 'single', double: 'double' }),
    ...oneOf('jsxQuotes', own['jsxQuoteStyle'], { single: 'single', double: 'double' }),
    ...oneOf('semicolons', own['semicolons'], { always: 'always', asNeeded: 'never' }),
    ...oneOf('trailingCommas', own['trailingCommas'], { all: 'always', es5: 'always', none: 'never' }),
    ...oneOf('argumentCommas', own['trailingCommas'], { all: 'always', es5: 'never', none: 'never' }),
    ...oneOf('arrowParentheses', own['arrowParentheses'], { always: 'always', asNeeded: 'avoid' }),
    ...oneOf('bracketSpacing', own['bracketSpacing'], { true: 'spaced', false: 'tight' }),
  ];
}

/** Rules lie in groups; each is a level, or has one. */
function linted(config: unknown): readonly Saying[] {
  const groups = settingAt(config, 'linter', 'rules');
  if (!isSettings(groups) || settingAt(config, 'linter', 'enabled') === false) return [];
  return Object.values(groups).flatMap((group) =>
    isSettings(group)
      ? Object.entries(group).flatMap(([name, value]): Saying[] => {
          const level = settingAt(value, 'level') ?? value;
          const saying = Object.hasOwn(lints, name) ? lints[name] : undefined;
          return saying === undefined || level === 'off' || level === false ? [] : [saying];
        })
      : [],
  );
}

function settings(config: unknown, ...keys: readonly string[]): Readonly<Record<string, unknown>> {
  const found = settingAt(config, ...keys);
  return isSettings(found) ? found : {};
}
