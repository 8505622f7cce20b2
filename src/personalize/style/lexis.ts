import type { Family } from './families.ts';

/** How a family writes what is not code: strings and comments. */
export interface Lexis {
  readonly lineComments: readonly ('//' | '#')[];
  readonly blockComment?: readonly [open: string, close: string];
  /** Longest opening first. */
  readonly strings: readonly StringForm[];
  /** Letters that may stand right before a quote and belong to the string: Python's `f'...'`. */
  readonly prefixes?: RegExp;
  /** `'x'` is one character, so that a lone quote (Rust's `'a`) opens no string. */
  readonly characters?: true;
  /** `/x/` may be a pattern. */
  readonly patterns?: true;
  /** `<<END` begins a text that ends at a line `END`. */
  readonly hereDocuments?: RegExp;
}

export interface StringForm {
  readonly open: string;
  readonly close: string;
  readonly multiline?: true;
  /** No backslash takes the next character out of play. */
  readonly raw?: true;
  /** What leads back into code, up to the matching `}`. */
  readonly interpolation?: '${';
}

const double: StringForm = { open: '"', close: '"' };
const single: StringForm = { open: "'", close: "'" };
const slashes = { lineComments: ['//'], blockComment: ['/*', '*/'] } as const;

export const lexes: Readonly<Record<Family, Lexis>> = {
  ecmascript: {
    ...slashes,
    strings: [double, single, { open: '`', close: '`', multiline: true, interpolation: '${' }],
    patterns: true,
  },
  python: {
    lineComments: ['#'],
    strings: [
      { open: '"""', close: '"""', multiline: true },
      { open: "'''", close: "'''", multiline: true },
      double,
      single,
    ],
    prefixes: /(?<![A-Za-z0-9_])[rbfut]{1,2}$/i,
  },
  go: { ...slashes, strings: [double, { open: '`', close: '`', multiline: true, raw: true }], characters: true },
  rust: {
    ...slashes,
    strings: [
      { open: 'r##"', close: '"##', multiline: true, raw: true },
      { open: 'r#"', close: '"#', multiline: true, raw: true },
      { open: '"', close: '"', multiline: true },
    ],
    characters: true,
  },
  java: { ...slashes, strings: [{ open: '"""', close: '"""', multiline: true }, double], characters: true },
  c: { ...slashes, strings: [double], characters: true },
  csharp: {
    ...slashes,
    strings: [
      { open: '"""', close: '"""', multiline: true },
      { open: '@"', close: '"', multiline: true, raw: true },
      double,
    ],
    prefixes: /\$$/,
    characters: true,
  },
  // Strings may go over several lines; a stray quote in a pattern is worse, so they end with their line here.
  ruby: {
    lineComments: ['#'],
    blockComment: ['\n=begin', '\n=end'],
    strings: [double, single],
    hereDocuments: /<<[~-]?(["']?)([A-Z]\w*)\1/y,
  },
  php: { ...slashes, lineComments: ['//', '#'], strings: [double, single], hereDocuments: /<<<[ \t]*(["']?)(\w+)\1/y },
  shell: {
    lineComments: ['#'],
    strings: [
      { open: '"', close: '"', multiline: true },
      { open: "'", close: "'", multiline: true, raw: true },
    ],
    hereDocuments: /<<-?[ \t]*(["']?)([A-Za-z_]\w*)\1/y,
  },
};
