import { indentation, isSettings, oneOf, ofSize, type Saying, type Sayings, settingAt } from './configRule.ts';

/** Of `rustfmt.toml`. */
export function rustfmtSayings(config: unknown): readonly Sayings[] {
  if (!isSettings(config)) return [];
  const sayings = [
    ...indentation(config['hard_tabs'], config['tab_spaces']),
    ...ofSize('lineWidth', config['max_width']),
  ];
  return [{ family: 'rust', authority: 'formatter', sayings }];
}

/** Indentation and columns of the styles that `.clang-format` can be based on. */
const clangStyles: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  LLVM: { IndentWidth: 2, ColumnLimit: 80, BreakBeforeBraces: 'Attach' },
  Google: { IndentWidth: 2, ColumnLimit: 80, BreakBeforeBraces: 'Attach', PointerAlignment: 'Left' },
  Chromium: { IndentWidth: 2, ColumnLimit: 80, BreakBeforeBraces: 'Attach', PointerAlignment: 'Left' },
  Mozilla: { IndentWidth: 2, ColumnLimit: 80, PointerAlignment: 'Left' },
  WebKit: { IndentWidth: 4, PointerAlignment: 'Left' },
  Microsoft: { IndentWidth: 4, ColumnLimit: 120, BreakBeforeBraces: 'Allman' },
  GNU: { IndentWidth: 2, ColumnLimit: 79 },
};

/** Of `.clang-format`. */
export function clangFormatSayings(config: unknown): readonly Sayings[] {
  if (!isSettings(config)) return [];
  const base = typeof config['BasedOnStyle'] === 'string' ? config['BasedOnStyle'] : '';
  const all: Readonly<Record<string, unknown>> = {
    ...(Object.hasOwn(clangStyles, base) ? clangStyles[base] : {}),
    ...config,
  };
  const usesTabs = ['Always', 'ForIndentation', 'ForContinuationAndIndentation', 'AlignWithSpaces', true].some(
    (each) => each === all['UseTab'],
  );
  const sayings: readonly Saying[] = [
    ...indentation(usesTabs, all['IndentWidth']),
    ...ofSize('lineWidth', all['ColumnLimit']),
    ...oneOf('pointerSide', all['PointerAlignment'], { Left: 'type', Right: 'name' }),
    ...oneOf('controlBraces', all['BreakBeforeBraces'], {
      Attach: 'sameLine',
      Linux: 'sameLine',
      Stroustrup: 'sameLine',
      Allman: 'ownLine',
      GNU: 'ownLine',
    }),
    ...oneOf('functionBraces', all['BreakBeforeBraces'], {
      Attach: 'sameLine',
      Linux: 'ownLine',
      Stroustrup: 'ownLine',
      Allman: 'ownLine',
      GNU: 'ownLine',
    }),
  ];
  return [{ family: 'c', authority: 'formatter', sayings }];
}

/** Of `.rubocop.yml`. */
export function rubocopSayings(config: unknown): readonly Sayings[] {
  const style = (cop: string, key: string) => settingAt(config, cop, key);
  const sayings: readonly Saying[] = [
    ...oneOf('quotes', style('Style/StringLiterals', 'EnforcedStyle'), {
      single_quotes: 'single',
      double_quotes: 'double',
    }),
    ...ofSize('lineWidth', style('Layout/LineLength', 'Max')),
    ...ofSize('indent', style('Layout/IndentationWidth', 'Width'), 16),
    ...oneOf('hashSyntax', style('Style/HashSyntax', 'EnforcedStyle'), { ruby19: 'colon', hash_rockets: 'rocket' }),
    ...oneOf('trailingCommas', style('Style/TrailingCommaInArrayLiteral', 'EnforcedStyleForMultiline'), {
      comma: 'always',
      consistent_comma: 'always',
      no_comma: 'never',
    }),
  ];
  return [{ family: 'ruby', authority: 'linter', sayings }];
}
