import type { Family } from '../families.ts';
import type { SourceCode } from '../sourceCode.ts';
import type { Trait, Vote } from '../trait.ts';
import { places, placesBy } from './counting.ts';

const builtinErrors =
  /^(?:(?:Type|Range|Syntax|Reference|Eval|URI|Aggregate)?Error|DOMException|Exception|BaseException|(?:Value|Key|Index|Attribute|Runtime|NotImplemented|IO|OS|Import|Lookup|Assertion|Name|Permission|FileNotFound|FileExists|Timeout|Connection|Arithmetic|ZeroDivision|Overflow|Unicode|Module\w+)Error|StopIteration|StopAsyncIteration|SystemExit|KeyboardInterrupt|(?:IllegalArgument|IllegalState|UnsupportedOperation|NullPointer|IndexOutOfBounds|Runtime|IO|Argument|ArgumentNull|ArgumentOutOfRange|InvalidOperation|NotSupported|NotImplemented|InvalidArgument|Logic|Domain|OutOfRange|UnexpectedValue|BadMethodCall)Exception|RuntimeError|ArgumentError|StandardError)$/;

const thrown: Readonly<Partial<Record<Family, RegExp>>> = {
  ecmascript: /\bthrow\s+new\s+([\w$.]+)/g,
  python: /\braise\s+([\w.]+)/g,
  java: /\bthrow\s+new\s+([\w.]+)/g,
  csharp: /\bthrow\s+new\s+([\w.]+)/g,
  php: /\bthrow\s+new\s+\\?([\w\\]+)/g,
  ruby: /\braise\s+([A-Z][\w:]*)/g,
};

const guarded: readonly Family[] = ['ecmascript', 'java', 'c', 'csharp', 'php', 'python', 'go'];

export const errorTraits: readonly Trait[] = [
  {
    id: 'thrownErrors',
    families: ['ecmascript', 'python', 'java', 'csharp', 'php', 'ruby'],
    title: (t) => t('Errors that are thrown'),
    values: {
      own: (t) => t('Thrown errors have classes of their own'),
      builtin: (t) => t('Thrown errors are those of the language'),
    },
    count: ({ code, family }, vote) => {
      const pattern = thrown[family];
      if (pattern === undefined) return;
      for (const { index, 1: name = '' } of code.matchAll(pattern)) {
        const bare = name.split(/[.\\:]/).at(-1) ?? '';
        if (/^[A-Z]/.test(bare)) vote(builtinErrors.test(bare) ? 'builtin' : 'own', index);
      }
    },
    telling: 2,
    weight: 0.5,
  },
  {
    id: 'earlyReturn',
    families: guarded,
    title: (t) => t('Special cases'),
    values: {
      early: (t) => t('Special cases leave early, without else'),
      nested: (t) => t('Cases nested in if and else'),
    },
    count: countGuards,
    telling: 1,
    weight: 0.4,
    clear: { share: 0.75 },
  },
  {
    id: 'failure',
    families: ['ecmascript'],
    title: (t) => t('How failure is told'),
    values: {
      throw: (t) => t('Failure is thrown'),
      result: (t) => t('Failure is returned: {0}', '{ ok: false }'),
    },
    count: places({
      throw: /\bthrow\s+new\b/g,
      result: /\bok:\s*false\b|\b(?:errAsync|err)\(|\bResult\.(?:err|fail)\(/g,
    }),
    usual: { ecmascript: 'throw' },
    telling: 2,
    weight: 0.4,
  },
  {
    id: 'caughtName',
    families: ['ecmascript', 'python'],
    title: (t) => t('Name of a caught error'),
    values: Object.fromEntries(
      ['e', 'err', 'error', 'ex', 'exc', 'cause'].map((name) => [name, (t) => t('A caught error is called {0}', name)]),
    ),
    sayOther: (value, t) =>
      /^[A-Za-z_$][\w$]{0,19}$/.test(value) ? t('A caught error is called {0}', value) : undefined,
    count: ({ code }, vote) => {
      for (const { index, 1: inCatch, 2: inExcept } of code.matchAll(
        /(?<!\.)\bcatch\s*\(\s*([A-Za-z_$][\w$]{0,19})\s*[:)]|\bexcept\b[^\n:]{1,80}?\bas\s+([A-Za-z_]\w{0,19})\s*:/g,
      ))
        vote(inCatch ?? inExcept ?? '', index);
    },
    telling: 1,
    weight: 0.8,
  },
  {
    id: 'exceptClause',
    families: ['python'],
    title: (t) => t('What except catches'),
    values: {
      specific: (t) => t('except names what it catches'),
      exception: (t) => t('except Exception catches all'),
      bare: (t) => t('except without a class'),
    },
    count: places({
      specific: /\bexcept\s+\(?(?!Exception\b|BaseException\b)[A-Za-z]/g,
      exception: /\bexcept\s+\(?(?:Base)?Exception\b/g,
      bare: /\bexcept\s*:/g,
    }),
    usual: { python: 'specific' },
    telling: 1,
    weight: 0.6,
  },
  {
    id: 'errorResults',
    families: ['rust'],
    title: (t) => t('Results'),
    values: {
      question: (t) => t('Errors passed on with {0}', '?'),
      unwrap: (t) => t('Results opened with {0}', 'unwrap()'),
    },
    count: ({ code, path }, vote) => {
      if (/(?:^|\/)tests?\//.test(path)) return;
      for (const { index, 0: match } of code.matchAll(/[\w)\]]\?(?=[;.,)\s])|\.unwrap\(\)/g))
        vote(match.startsWith('.') ? 'unwrap' : 'question', index);
    },
    usual: { rust: 'question' },
    telling: 2,
    weight: 0.7,
  },
  {
    id: 'wrappedErrors',
    families: ['go'],
    title: (t) => t('Errors that are passed on'),
    values: {
      wrapped: (t) => t('Errors passed on with their circumstances: {0}', 'fmt.Errorf("…: %w", err)'),
      plain: (t) => t('Errors passed on as they are: {0}', 'return err'),
    },
    count: ({ text, code }, vote) => {
      for (const { index, 0: match } of code.matchAll(
        /\breturn\s[^\n]{0,120}\berr\)?$|\bfmt\.Errorf\([^\n]{0,120}\berr\)/gm,
      )) {
        if (!match.includes('Errorf(')) vote('plain', index);
        else if (text.slice(index, index + match.length).includes('%w')) vote('wrapped', index);
      }
    },
    telling: 2,
    weight: 0.7,
  },
  {
    id: 'logging',
    families: ['ecmascript', 'python', 'go', 'rust', 'java'],
    title: (t) => t('Log messages'),
    values: {
      console: (t) => t('Log messages with {0}', 'console'),
      logger: (t) => t('Log messages with a logger: {0}', 'log.info(…)'),
      print: (t) => t('Log messages with {0}', 'print'),
      logging: (t) => t('Log messages with {0}', 'logging.info(…)'),
      fmt: (t) => t('Log messages with {0}', 'fmt.Println'),
      macros: (t) => t('Log messages with {0}', 'info!(…)'),
      println: (t) => t('Log messages with {0}', 'println'),
    },
    count: placesBy({
      ecmascript: {
        console: /\bconsole\.(?:log|error|warn|info|debug)\(/g,
        logger: /(?<!\bconsole)(?:\b|#)log(?:ger)?\.(?:info|warn|error|debug|trace)\(/gi,
      },
      python: {
        print: /(?<![\w.])print\(/g,
        logging: /\blogging\.(?:info|warning|error|debug)\(/g,
        logger: /\b_?log(?:ger)?\.(?:info|warning|error|debug|exception)\(/gi,
      },
      go: { fmt: /\bfmt\.Print(?:ln|f)?\(/g, logger: /\b(?:log|logger|slog|zap|logrus)\.\w+\(/gi },
      rust: { println: /\be?println!\(/g, macros: /\b(?:info|warn|error|debug|trace)!\(/g },
      java: { println: /\bSystem\.(?:out|err)\.print/g, logger: /\blog(?:ger)?\.(?:info|warn|error|debug)\(/gi },
    }),
    telling: 2,
    weight: 0.7,
  },
];

const leaves = /^\s*(?:return|throw|raise|continue|break|exit)\b/;

/** Each `if` that leaves at once, against each `else` that holds a block. */
function countGuards({ lines, family }: SourceCode, vote: Vote): void {
  const hasBraces = family !== 'python';
  for (const [i, { code, start }] of lines.entries()) {
    if (code === '') continue;
    if (/^\s*(?:\}\s*)?else\s*(?:\{|:)?$/.test(code)) vote('nested', start);
    else if (/^\s*if\b/.test(code)) {
      const inline = hasBraces
        ? /\)\s*(?:return|throw|continue|break)\b/.test(code)
        : /:\s*(?:return|raise|continue|break)\b/.test(code);
      if (inline || leaves.test(lines[i + 1]?.code ?? '')) vote('early', start);
    }
  }
}
