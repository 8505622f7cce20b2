import { indentation, isSettings, oneOf, ofSize, type Saying, type Sayings, settingAt } from './configRule.ts';

/** Of `pyproject.toml`: Ruff, Black, isort, pytest. */
export function pyprojectSayings(config: unknown): readonly Sayings[] {
  const tool = settingAt(config, 'tool');
  return [
    ...ruffSayings(settingAt(tool, 'ruff')),
    ...blackSayings(settingAt(tool, 'black')),
    ...isortSayings(settingAt(tool, 'isort')),
    ...(settingAt(tool, 'mypy', 'strict') === true || settingAt(tool, 'mypy', 'disallow_untyped_defs') === true
      ? [python('linter', [['typeHints', 'written']])]
      : []),
    ...(isSettings(settingAt(tool, 'pytest')) ? [python('implied', [['testFramework', 'pytest']])] : []),
  ];
}

/** Of `ruff.toml`, or the same in `pyproject.toml`. Its formatter is asked only where there is a section for it. */
export function ruffSayings(config: unknown): readonly Sayings[] {
  if (!isSettings(config)) return [];
  const format = config['format'];
  const lint = isSettings(config['lint']) ? config['lint'] : config;
  const selected = [lint['select'], lint['extend-select']].flat().filter((each) => typeof each === 'string');
  const linted: readonly Saying[] = [
    ...oneOf('docstrings', settingAt(lint, 'pydocstyle', 'convention'), { google: 'google', numpy: 'numpy' }),
    ...oneOf('quotes', settingAt(lint, 'flake8-quotes', 'inline-quotes'), { single: 'single', double: 'double' }),
    ...selected.flatMap((code) => Object.entries(linters[code] ?? {})),
  ];
  const formatted: readonly Saying[] = [
    ...ofSize('lineWidth', config['line-length']),
    ...indentation(settingAt(format, 'indent-style') === 'tab', config['indent-width']),
    ...oneOf('quotes', settingAt(format, 'quote-style'), { single: 'single', double: 'double' }),
  ];
  const usual: readonly Saying[] = isSettings(format)
    ? [
        ['quotes', 'double'],
        ['indent', '4'],
        ['lineWidth', '88'],
      ]
    : [];
  return [python('linter', linted), python('formatter', formatted), python('default', usual)];
}

/** What selecting a group of rules says. */
const linters: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  I: { importSorting: 'sorted', importGroups: 'apart' },
  D: { docComments: 'written' },
  ANN: { typeHints: 'written' },
  PTH: { paths: 'pathlib' },
  PT: { testFramework: 'pytest', assertions: 'assert' },
};

function blackSayings(config: unknown): readonly Sayings[] {
  if (!isSettings(config)) return [];
  const isAnyQuote = config['skip-string-normalization'] === true;
  const quotes: readonly Saying[] = isAnyQuote ? [] : [['quotes', 'double']];
  return [
    python('formatter', [...ofSize('lineWidth', config['line-length'])]),
    python('default', [
      ...quotes,
      ['indent', '4'],
      ['lineWidth', '88'],
      ['trailingCommas', 'always'],
      ['argumentCommas', 'always'],
    ]),
  ];
}

function isortSayings(config: unknown): readonly Sayings[] {
  return isSettings(config)
    ? [
        python('formatter', [
          ['importSorting', 'sorted'],
          ['importGroups', 'apart'],
        ]),
      ]
    : [];
}

/** Of `setup.cfg`, `tox.ini` and `.flake8`. */
export function flake8Sayings(text: string): readonly Sayings[] {
  const section = /^\[(?:flake8|pycodestyle)\]\s*$([^]*?)(?=^\[|$(?![^]))/m.exec(text)?.[1] ?? '';
  return [
    python('linter', [
      ...ofSize('lineWidth', /^\s*max[-_]line[-_]length\s*[=:]\s*(\d+)\s*$/m.exec(section)?.[1]),
      ...oneOf('quotes', /^\s*inline[-_]quotes\s*[=:]\s*(\w+)\s*$/m.exec(section)?.[1], {
        single: 'single',
        double: 'double',
      }),
    ]),
    ...(/^\[tool:pytest\]/m.test(text) ? [python('implied', [['testFramework', 'pytest']])] : []),
  ];
}

function python(authority: Sayings['authority'], sayings: readonly Saying[]): Sayings {
  return { family: 'python', authority, sayings };
}
