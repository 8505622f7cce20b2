/** How a language writes what is not code (strings, comments), its brackets and its blocks. One row per family. */
export interface Lexicon {
  readonly lineComments: readonly string[];
  readonly blockComments: readonly (readonly [open: string, close: string])[];
  /** Longest opening first. */
  readonly strings: readonly StringForm[];
  /** Strings that only hold one character (`'{'`), so that a lone quote (Rust's `'a`) is none. */
  readonly characterLiterals: boolean;
  /** `/[(]/` may begin where an expression may. */
  readonly regexLiterals: boolean;
  /** Brackets that come in pairs. A shell's `case x)` is why this differs. */
  readonly brackets: string;
  /** What ends a block: its bracket, a line that is indented less, or a word such as `end`. */
  readonly blockEnd: 'bracket' | 'dedent' | 'keyword';
  /** The code of a line (comment and trailing space removed) after which a block begins. */
  readonly opener: RegExp;
  /** A line without its body yet: `function f(a)`. */
  readonly signature?: RegExp;
  /** A line that ends a doc comment, below which the thing it describes is due. */
  readonly docComment?: RegExp;
  /** Every simple statement ends with `;`. */
  readonly semicolons: boolean;
}

export interface StringForm {
  readonly open: string;
  readonly close: string;
  readonly multiline: boolean;
  /** A backslash takes the next character out of play. */
  readonly escapes: boolean;
  /** What leads back into code, up to the matching `}`. */
  readonly interpolation?: string;
}

const quoted = (quote: string): StringForm => ({ open: quote, close: quote, multiline: false, escapes: true });
const block = (quote: string): StringForm => ({ open: quote, close: quote, multiline: true, escapes: true });
const raw = (quote: string): StringForm => ({ open: quote, close: quote, multiline: true, escapes: false });

/** Not after what makes it an object literal: `= {`, `({`, `return {`, ... */
const braceOpener = /(?:^|[^=([,:?&|+.\s{}]|=>|\belse|\bdo|\btry)\s*(?<!\breturn\s*|\bdefault\s*|\byield\s*)\{$/;
const typedSignature =
  /^\s*(?!.*\b(?:return|else|new|throw|await|case|delete|goto|typeof)\b)(?:[\w:<>,*&[\]~]+\s+)+[*&]?[\w:~]+\s*\([^;{}]*\)\s*(?:const|noexcept|override)?$/;
const wordSignature =
  /^\s*(?:(?:export|default|public|private|protected|static|async|pub|const|unsafe)\s+)*(?:function\*?|func|fn)\s.*\)(?:\s*(?:->|:)?\s*[\w<>[\], .&*'|()]+)?$/;

const cFamily: Lexicon = {
  lineComments: ['//'],
  blockComments: [['/*', '*/']],
  strings: [quoted('"')],
  characterLiterals: true,
  regexLiterals: false,
  brackets: '()[]{}',
  blockEnd: 'bracket',
  opener: braceOpener,
  signature: typedSignature,
  docComment: /\*\/$|^\s*\/\/\//,
  semicolons: true,
};

const ecmaScript: Lexicon = {
  ...cFamily,
  strings: [quoted('"'), quoted("'"), { ...block('`'), interpolation: '${' }],
  characterLiterals: false,
  regexLiterals: true,
  signature: wordSignature,
  docComment: /\*\/$/,
  semicolons: false,
};

const hashComments: Lexicon = {
  lineComments: ['#'],
  blockComments: [],
  strings: [quoted('"'), quoted("'")],
  characterLiterals: false,
  regexLiterals: false,
  brackets: '()[]{}',
  blockEnd: 'bracket',
  opener: braceOpener,
  semicolons: false,
};

const python: Lexicon = {
  ...hashComments,
  strings: [block('"""'), block("'''"), quoted('"'), quoted("'")],
  blockEnd: 'dedent',
  opener: /^\s*(?:async\s+)?(?:def|class|if|elif|else|for|while|try|except|finally|with|match|case)\b.*:$|^\s*\).*:$/,
  docComment: /("""|''')$/,
};

const markup: Lexicon = {
  ...hashComments,
  lineComments: [],
  blockComments: [['<!--', '-->']],
  strings: [],
  brackets: '{}',
  blockEnd: 'dedent',
  opener: /<\w[^<>/]*>$/,
};

/** Prose has smileys, lists such as `1)` and apostrophes: nothing in it is code. */
const prose: Lexicon = { ...markup, blockComments: [], brackets: '', opener: /(?!)/ };

const other: Lexicon = {
  ...cFamily,
  characterLiterals: false,
  opener: /(?:[{:]|=>|\b(?:do|then|begin))$/,
  semicolons: false,
};

const lexicons: Readonly<Record<string, Lexicon>> = {
  c: cFamily,
  cpp: cFamily,
  'cuda-cpp': cFamily,
  'objective-c': cFamily,
  java: { ...cFamily, strings: [block('"""'), quoted('"')] },
  csharp: { ...cFamily, strings: [block('"""'), quoted('"')] },
  dart: { ...cFamily, strings: [block('"""'), block("'''"), quoted('"'), quoted("'")], characterLiterals: false },
  kotlin: { ...cFamily, strings: [block('"""'), quoted('"')], semicolons: false, signature: wordSignature },
  scala: { ...cFamily, strings: [block('"""'), quoted('"')], semicolons: false },
  swift: { ...cFamily, strings: [block('"""'), quoted('"')], semicolons: false, signature: wordSignature },
  rust: { ...cFamily, strings: [block('"')], signature: wordSignature, docComment: /^\s*\/\/[/!]/ },
  go: {
    ...cFamily,
    strings: [quoted('"'), raw('`')],
    signature: wordSignature,
    docComment: /^\/\//,
    semicolons: false,
  },
  php: {
    ...cFamily,
    lineComments: ['//', '#'],
    strings: [block('"'), block("'")],
    characterLiterals: false,
    signature: wordSignature,
  },
  javascript: ecmaScript,
  javascriptreact: ecmaScript,
  typescript: ecmaScript,
  typescriptreact: ecmaScript,
  vue: ecmaScript,
  svelte: ecmaScript,
  json: { ...ecmaScript, opener: /(?!)/, regexLiterals: false },
  jsonc: { ...ecmaScript, opener: /(?!)/, regexLiterals: false },
  css: { ...cFamily, lineComments: [], strings: [quoted('"'), quoted("'")], characterLiterals: false, opener: /\{$/ },
  scss: { ...cFamily, strings: [quoted('"'), quoted("'")], characterLiterals: false, opener: /\{$/ },
  less: { ...cFamily, strings: [quoted('"'), quoted("'")], characterLiterals: false, opener: /\{$/ },
  python,
  yaml: { ...hashComments, blockEnd: 'dedent', opener: /:$|:\s*[|>][-+]?$/ },
  toml: { ...hashComments, strings: python.strings, opener: /(?!)/ },
  ini: { ...hashComments, lineComments: ['#', ';'], strings: [], opener: /(?!)/ },
  properties: { ...hashComments, lineComments: ['#', '!'], strings: [], opener: /(?!)/ },
  dockerfile: { ...hashComments, opener: /(?!)/ },
  makefile: { ...hashComments, blockEnd: 'dedent', opener: /^[\w./%$(){} -]+:[^=]*$/ },
  r: { ...hashComments, strings: [block('"'), block("'")] },
  perl: { ...hashComments, strings: [quoted('"')], semicolons: true },
  powershell: { ...hashComments, blockComments: [['<#', '#>']] },
  shellscript: {
    ...hashComments,
    strings: [block('"'), raw("'")],
    brackets: '[]{}',
    blockEnd: 'keyword',
    opener: /(?:^|\s|;)(?:then|do|else|in)$|\)?\s*\{$/,
  },
  ruby: {
    ...hashComments,
    blockComments: [['\n=begin', '\n=end']],
    blockEnd: 'keyword',
    opener:
      /^\s*(?:(?:private|protected|public)\s+)?(?:def|class|module|if|unless|while|until|case|begin|for|else|elsif|when|rescue|ensure)\b[^;]*$|\bdo(?:\s*\|[^|]*\|)?$|\w\s*\{$|\{\s*\|[^|]*\|$/,
    docComment: /^\s*#/,
  },
  elixir: {
    ...hashComments,
    strings: [block('"""'), quoted('"')],
    blockEnd: 'keyword',
    opener: /\bdo$|\bfn\b.*->$|->$/,
  },
  lua: {
    ...hashComments,
    lineComments: ['--'],
    blockComments: [['--[[', ']]']],
    blockEnd: 'keyword',
    opener: /\b(?:then|do|else|repeat)$|\bfunction\b[^()]*\([^()]*\)$/,
    docComment: /^\s*---/,
  },
  sql: { ...hashComments, lineComments: ['--'], blockComments: [['/*', '*/']], opener: /\b(?:begin|as|then)$/i },
  html: markup,
  xml: markup,
  markdown: prose,
  plaintext: prose,
  latex: prose,
  tex: prose,
  restructuredtext: prose,
  asciidoc: prose,
  'git-commit': prose,
  'scm-input': prose,
};

export function lexiconOf(languageId: string): Lexicon {
  return Object.hasOwn(lexicons, languageId) ? (lexicons[languageId] ?? other) : other;
}

/** Whether the language is written for people: no block, no bracket rule. */
export function isProse(languageId: string): boolean {
  return lexiconOf(languageId) === prose;
}
