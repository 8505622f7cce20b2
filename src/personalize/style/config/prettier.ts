import { literalsNamed } from './literals.ts';
import { compileGlob } from '../../../formats/editorconfigGlob.ts';
import { indentation, isSettings, oneOf, ofSize, type Saying, type Sayings, type Settings } from './configRule.ts';

/** Prettier's options, each with what it says of which trait. */
const options: Readonly<Record<string, (value: unknown) => readonly Saying[]>> = {
  semi: (value) => oneOf('semicolons', value, { true: 'always', false: 'never' }),
  singleQuote: (value) => oneOf('quotes', value, { true: 'single', false: 'double' }),
  jsxSingleQuote: (value) => oneOf('jsxQuotes', value, { true: 'single', false: 'double' }),
  trailingComma: (value) => [
    ...oneOf('trailingCommas', value, { all: 'always', es5: 'always', none: 'never' }),
    ...oneOf('argumentCommas', value, { all: 'always', es5: 'never', none: 'never' }),
  ],
  printWidth: (value) => ofSize('lineWidth', value),
  arrowParens: (value) => oneOf('arrowParentheses', value, { always: 'always', avoid: 'avoid' }),
  bracketSpacing: (value) => oneOf('bracketSpacing', value, { true: 'spaced', false: 'tight' }),
};

/** As of Prettier 3. */
const defaults: Settings = {
  semi: true,
  singleQuote: false,
  jsxSingleQuote: false,
  trailingComma: 'all',
  printWidth: 80,
  arrowParens: 'always',
  bracketSpacing: true,
  useTabs: false,
  tabWidth: 2,
};

/** @param samplePath A file of the family, relative to the configuration's folder: `overrides` go by paths. */
export function prettierSayings(config: unknown, samplePath: string): readonly Sayings[] {
  // A name: somebody else's configuration in a package.
  if (!isSettings(config)) return [];
  const overrides = Array.isArray(config['overrides']) ? config['overrides'] : [];
  const chosen = overrides.filter((each: unknown) => isSettings(each) && appliesTo(each, samplePath));
  const merged = Object.assign({}, config, ...chosen.map((each: Settings) => each['options']));
  return [formatting('formatter', sayingsOf(merged)), formatting('default', sayingsOf({ ...defaults, ...merged }))];
}

/** Of a configuration that is a program: what it writes down. Defaults stay out, because it may take over others'. */
export function prettierProgramSayings(text: string): readonly Sayings[] {
  const names = new Set([...Object.keys(options), 'useTabs', 'tabWidth']);
  return [formatting('formatter', sayingsOf(Object.fromEntries(literalsNamed(text, (name) => names.has(name)))))];
}

function sayingsOf(config: Settings): readonly Saying[] {
  const said = Object.entries(options).flatMap(([name, say]) => say(config[name]));
  return [...said, ...indentation(config['useTabs'], config['tabWidth'])];
}

function formatting(authority: 'formatter' | 'default', sayings: readonly Saying[]): Sayings {
  return { family: 'ecmascript', authority, sayings };
}

function appliesTo({ files }: Settings, path: string): boolean {
  const globs: readonly unknown[] = Array.isArray(files) ? files : [files];
  return globs.some((glob) => typeof glob === 'string' && compileGlob(glob)(path));
}
