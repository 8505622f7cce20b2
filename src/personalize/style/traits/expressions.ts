import type { Trait } from '../trait.ts';
import { places, placesBy } from './counting.ts';

export const expressionTraits: readonly Trait[] = [
  {
    id: 'equality',
    families: ['ecmascript'],
    title: (t) => t('Equality'),
    values: { strict: (t) => t('=== rather than =='), loose: (t) => t('== rather than ===') },
    // `== null` finds undefined too: people who write === everywhere else write that.
    count: places({ strict: /[=!]==/g, loose: /(?<![=!<>])[=!]=(?!=|>|\s*null\b)/g }),
    usual: { ecmascript: 'strict' },
    telling: 1,
    weight: 1,
  },
  {
    id: 'stringBuilding',
    families: ['ecmascript', 'python', 'csharp', 'ruby'],
    title: (t) => t('Strings made of parts'),
    values: {
      template: (t) => t('Template literals rather than + for strings'),
      concatenation: (t) => t('+ rather than interpolation for strings'),
      fString: (t) => t('f-strings'),
      format: (t) => t('str.format for strings'),
      percent: (t) => t('% for strings'),
      interpolation: (t) => t('Interpolation rather than + for strings'),
    },
    count: (source, vote) => {
      const { family, strings, text, code } = source;
      for (const string of strings) {
        const before = code.slice(Math.max(0, string.start - 3), string.start);
        const after = code.slice(string.end, string.end + 10);
        const isAdded = /(?<!\+)\+\s*$/.test(before) || /^\s*\+(?!\+)/.test(after);
        if (family === 'python') {
          if (/f/i.test(string.prefix)) vote('fString', string.start);
          else if (after.startsWith('.format(')) vote('format', string.start);
          else if (/^\s*%\s*[\w({]/.test(after)) vote('percent', string.start);
          else if (isAdded) vote('concatenation', string.start);
        } else if (family === 'ecmascript') {
          if (string.quote === '`' && !string.resumed && !string.closed) vote('template', string.start);
          else if (string.quote !== '`' && isAdded) vote('concatenation', string.start);
        } else if (isAdded) vote('concatenation', string.start);
        else if (family === 'csharp' ? string.prefix === '$' : text.slice(string.start, string.end).includes('#{'))
          vote('interpolation', string.start);
      }
    },
    usual: { ecmascript: 'template', python: 'fString', ruby: 'interpolation', csharp: 'interpolation' },
    telling: 2,
    weight: 0.9,
  },
  {
    id: 'loops',
    families: ['ecmascript'],
    title: (t) => t('Loops'),
    values: {
      forOf: (t) => t('for … of rather than forEach'),
      forEach: (t) => t('forEach rather than for … of'),
      counted: (t) => t('Loops that count an index'),
    },
    count: places({
      forOf: /\bfor\s*(?:await\s*)?\((?:const|let|var)\s+[^;()]{1,80}?\sof\s/g,
      forEach: /\.forEach\(/g,
      counted: /\bfor\s*\((?:let|var)\s[^;()]{1,80};/g,
    }),
    telling: 1,
    weight: 0.6,
    clear: { share: 0.7 },
  },
  {
    id: 'optionalChaining',
    families: ['ecmascript'],
    title: (t) => t('Access to what may be absent'),
    values: {
      chain: (t) => t('Optional chaining: {0}', 'a?.b'),
      and: (t) => t('Checks before access: {0}', 'a && a.b'),
    },
    count: ({ code }, vote) => {
      for (const { index, 0: mark } of code.matchAll(/\?\.(?!\d)|&&/g)) {
        if (mark === '?.') vote('chain', index);
        else if (isGuarded(code.slice(Math.max(0, index - 40), index), code.slice(index + 2, index + 50)))
          vote('and', index);
      }
    },
    usual: { ecmascript: 'chain' },
    telling: 1,
    weight: 0.6,
  },
  {
    id: 'paths',
    families: ['python'],
    title: (t) => t('File paths'),
    values: { pathlib: (t) => t('File paths with pathlib'), osPath: (t) => t('File paths with os.path') },
    count: places({ pathlib: /\bPath\(/g, osPath: /\bos\.path\.\w+\(/g }),
    telling: 1,
    weight: 0.5,
  },
  {
    id: 'dataTypes',
    families: ['python'],
    title: (t) => t('Classes that hold data'),
    values: {
      dataclass: (t) => t('Data in dataclasses'),
      attrs: (t) => t('Data in attrs classes'),
      pydantic: (t) => t('Data in pydantic models'),
      namedTuple: (t) => t('Data in named tuples'),
    },
    count: places({
      dataclass: /^[ \t]*@(?:dataclasses\.)?dataclass\b/gm,
      attrs: /^[ \t]*@(?:attrs?\.(?:s|define|frozen)|define|frozen)\b/gm,
      pydantic: /^class\s+\w+\((?:\w+\.)?BaseModel\b/gm,
      namedTuple: /^class\s+\w+\((?:typing\.)?NamedTuple\b|\bnamedtuple\(/gm,
    }),
    telling: 1,
    clear: { places: 4 },
  },
  {
    id: 'hashSyntax',
    families: ['ruby'],
    title: (t) => t('Keys of hashes'),
    values: { colon: (t) => t('Hash keys as {0}', 'a: 1'), rocket: (t) => t('Hash keys as {0}', ':a => 1') },
    count: placesBy({ ruby: { colon: /(?<=[{(,]\s*)[a-z_]\w*:\s(?!:)/g, rocket: /:[a-z_]\w*\s*=>/g } }),
    usual: { ruby: 'colon' },
    telling: 1,
    weight: 0.7,
  },
  {
    id: 'arraySyntax',
    families: ['php'],
    title: (t) => t('Arrays'),
    values: { short: (t) => t('Arrays as {0}', '[1, 2]'), long: (t) => t('Arrays as {0}', 'array(1, 2)') },
    count: places({ short: /(?<=[=(,>]\s*|\breturn\s)\[/g, long: /\barray\(/g }),
    usual: { php: 'short' },
    telling: 1,
    weight: 0.7,
  },
  {
    id: 'shellTests',
    families: ['shell'],
    title: (t) => t('Conditions'),
    values: { double: (t) => t('Conditions in {0}', '[[ ]]'), single: (t) => t('Conditions in {0}', '[ ]') },
    count: places({ double: /(?<=^|\s)\[\[\s/gm, single: /(?<=^|\s)\[\s/gm }),
    telling: 2,
    weight: 0.8,
  },
  {
    id: 'shellFunctions',
    families: ['shell'],
    title: (t) => t('Functions'),
    values: {
      parentheses: (t) => t('Functions as {0}', 'name() {'),
      keyword: (t) => t('Functions as {0}', 'function name {'),
    },
    count: places({ parentheses: /^[ \t]*[\w-]+\s*\(\)/gm, keyword: /^[ \t]*function\s+[\w-]+/gm }),
    usual: { shell: 'parentheses' },
    telling: 1,
    weight: 0.7,
  },
  {
    id: 'shellSubstitution',
    families: ['shell'],
    title: (t) => t('Output of commands'),
    values: {
      dollar: (t) => t('Output of commands with {0}', '$(…)'),
      backticks: (t) => t('Output of commands with backticks'),
    },
    count: ({ text, comments }, vote) => {
      let next = 0;
      for (const { index, 0: match } of text.matchAll(/\$\((?!\()|`[^`\n]+`/g)) {
        while ((comments[next]?.end ?? index + 1) <= index) next++;
        if ((comments[next]?.start ?? index + 1) > index) vote(match === '$(' ? 'dollar' : 'backticks', index);
      }
    },
    usual: { shell: 'dollar' },
    telling: 1,
    weight: 0.7,
  },
];

/** `a && a.b`: the name before is the object behind. */
function isGuarded(before: string, behind: string): boolean {
  const name = /(?<![\w$.])[A-Za-z_$][\w$]*\s*$/.exec(before)?.[0].trim();
  const object = /^\s*([A-Za-z_$][\w$]*)[.[(]/.exec(behind)?.[1];
  return name !== undefined && name === object;
}
