import { type Family, isFamily } from '../families.ts';
import type { SourceCode } from '../sourceCode.ts';
import type { Say, Trait, Vote } from '../trait.ts';
import { type WordCase, wordCase, wordCases } from './wordCase.ts';

/** What declares names, by family. The first group of each pattern is the name. */
type Declarations = Readonly<Partial<Record<Family, readonly RegExp[]>>>;

const typeName = String.raw`(?:var|int|long|short|char|bool|boolean|double|float|byte|string|auto|size_t|\w+_t|[A-Z][\w.]*(?:<[\w<>,.? ]{0,80}>)?(?:\[\])?)`;
const modifiers = String.raw`(?:(?:public|private|protected|internal|static|final|abstract|override|virtual|async|sealed|synchronized|default)\s+)`;

const variables: Declarations = {
  ecmascript: [/\b(?:const|let|var)\s+([A-Za-z_$][\w$]*)/g],
  python: [/^[ \t]*([A-Za-z_]\w*)[ \t]*(?::[^=\n]{1,80})?=(?!=)/gm],
  go: [/\b([A-Za-z_]\w*)(?:\s*,\s*\w+){0,3}\s*:=/g],
  rust: [/\blet\s+(?:mut\s+)?([A-Za-z_]\w*)/g],
  java: [new RegExp(String.raw`\b${typeName}\s+([a-z_]\w*)\s*[=;]`, 'g')],
  c: [new RegExp(String.raw`\b${typeName}\s*[*&]?\s*\b([A-Za-z_]\w*)\s*[=;]`, 'g')],
  csharp: [new RegExp(String.raw`\b${typeName}\??\s+([a-z_]\w*)\s*[=;]`, 'g')],
  ruby: [/^[ \t]*([a-z_]\w*)[ \t]*=(?![=~>])/gm],
  php: [/\$(?!this\b)([A-Za-z_]\w*)\s*=(?![=>])/g],
  shell: [/^[ \t]*(?:local\s+|readonly\s+|export\s+)?([A-Za-z_]\w*)=/gm],
};

const functions: Declarations = {
  ecmascript: [
    /\bfunction\*?\s+([A-Za-z_$][\w$]*)/g,
    /\bconst\s+([A-Za-z_$][\w$]*)\s*=\s*(?:async\s*)?(?:function\b|\([^()]*\)\s*=>|[\w$]+\s*=>)/g,
  ],
  python: [/\bdef\s+([A-Za-z_]\w*)/g],
  rust: [/\bfn\s+([A-Za-z_]\w*)/g],
  java: [new RegExp(String.raw`^[ \t]+${modifiers}+[\w<>[\],.? ]{1,80}\s([A-Za-z_]\w*)\s*\(`, 'gm')],
  c: [/^(?:[A-Za-z_][\w:<>,]*[\s*&]+){1,5}([A-Za-z_]\w*)\s*\([^;{}()]*\)\s*(?:const\s*)?\{/gm],
  csharp: [new RegExp(String.raw`^[ \t]+${modifiers}+[\w<>[\],.? ]{1,80}\s([A-Za-z_]\w*)\s*\(`, 'gm')],
  ruby: [/\bdef\s+(?:self\.)?([a-z_]\w*)/g],
  php: [/\bfunction\s+&?([A-Za-z_]\w*)/g],
  shell: [/^[ \t]*(?:function\s+)?([A-Za-z_][\w-]*)\s*\(\)/gm, /^[ \t]*function\s+([A-Za-z_][\w-]*)\s*\{/gm],
};

const types: Declarations = {
  ecmascript: [/\b(?:class|interface|enum)\s+([A-Za-z_$][\w$]*)/g, /\btype\s+([A-Za-z_$][\w$]*)(?:<[^=]{1,80}>)?\s*=/g],
  python: [/^[ \t]*class\s+([A-Za-z_]\w*)/gm],
  rust: [/\b(?:struct|enum|trait)\s+([A-Za-z_]\w*)/g],
  java: [/\b(?:class|interface|enum|record)\s+([A-Za-z_]\w*)/g],
  c: [/\b(?:struct|class|enum|union)\s+([A-Za-z_]\w*)\s*(?::[^{;]{1,80})?\{/g, /^\}\s*([A-Za-z_]\w*)\s*;/gm],
  csharp: [/\b(?:class|interface|enum|record|struct)\s+([A-Za-z_]\w*)/g],
  ruby: [/^[ \t]*(?:class|module)\s+([A-Za-z_]\w*)/gm],
  php: [/^[ \t]*(?:abstract\s+|final\s+)?(?:class|interface|trait|enum)\s+([A-Za-z_]\w*)/gm],
};

/** Values that are written down, not computed, and never change. */
const constants: Declarations = {
  ecmascript: [
    /^(?:export\s+)?const\s+([A-Za-z_$][\w$]*)(?:\s*:[\w\s<>[\]|]{1,80})?\s*=\s*(?:['"`\d\-/[]|new\s+(?:Set|Map|RegExp)\b|true\b|false\b)/gm,
  ],
  python: [/^([A-Za-z_]\w*)(?:\s*:[^=\n]{1,80})?\s*=\s*(?:['"\d\-([{]|(?:frozenset|re\.compile)\b)/gm],
  go: [/^const\s+([A-Za-z_]\w*)/gm],
  rust: [/\b(?:const|static)\s+([A-Za-z_]\w*)\s*:/g],
  java: [/\bstatic\s+final\s+[\w<>[\],.? ]{1,80}\s([A-Za-z_]\w*)\s*=/g],
  c: [/^#define\s+([A-Za-z_]\w*)\s+[^\s(]/gm, /\bconstexpr\s+(?:\w+\s+){1,3}([A-Za-z_]\w*)\s*=/g],
  csharp: [/\bconst\s+\w+\s+([A-Za-z_]\w*)\s*=/g],
  ruby: [/^[ \t]*([A-Z]\w*)\s*=(?![=~>])/gm],
  php: [/\bconst\s+([A-Za-z_]\w*)\s*=/g],
};

export const namingTraits: readonly Trait[] = [
  {
    id: 'variableNames',
    families: familiesOf(variables),
    title: (t) => t('Names of variables'),
    values: inCases((name) => (t) => t('Variables in {0}', name)),
    count: (source, vote) =>
      countNames(source, vote, variables, (name) => !/^[A-Z0-9_]+$/.test(name) || source.family === 'shell'),
    usual: usually('camelCase', 'ecmascript java csharp go', 'snake_case', 'python rust ruby'),
    telling: 2,
    weight: 1,
  },
  {
    id: 'functionNames',
    families: familiesOf(functions),
    title: (t) => t('Names of functions'),
    values: inCases((name) => (t) => t('Functions in {0}', name)),
    // A function with a capital is a component or a constructor.
    count: (source, vote) =>
      countNames(source, vote, functions, (name) => source.family !== 'ecmascript' || !/^[A-Z]/.test(name)),
    usual: usually('camelCase', 'ecmascript java', 'snake_case', 'python rust ruby', 'PascalCase', 'csharp'),
    telling: 2,
    weight: 1,
  },
  {
    id: 'typeNames',
    families: familiesOf(types),
    title: (t) => t('Names of classes and types'),
    values: inCases((name) => (t) => t('Classes and types in {0}', name)),
    count: (source, vote) => countNames(source, vote, types, () => true),
    usual: usually('PascalCase', 'ecmascript python rust java csharp ruby php'),
    telling: 1,
    weight: 0.7,
  },
  {
    id: 'constantNames',
    families: familiesOf(constants),
    title: (t) => t('Names of constants'),
    values: inCases((name) => (t) => t('Constants in {0}', name)),
    count: (source, vote) => countNames(source, vote, constants, () => true),
    usual: usually('UPPER_CASE', 'python rust java ruby php c'),
    telling: 2,
    weight: 0.7,
  },
  {
    id: 'fileNames',
    families: ['ecmascript', 'python', 'go', 'rust', 'c', 'ruby', 'php', 'shell'],
    title: (t) => t('Names of files'),
    values: inCases((name) => (t) => t('Files in {0}', name)),
    count: ({ path }, vote) => {
      const name = path.slice(path.lastIndexOf('/') + 1).replace(/\..*$/, '');
      const found = wordCase(name.replace(/^test_|_test$/, ''));
      if (found !== undefined && found !== 'UPPER_CASE') vote(found, 0);
    },
    usual: usually('snake_case', 'python go rust ruby'),
    telling: 1,
    clear: { places: 5 },
  },
];

function countNames(source: SourceCode, vote: Vote, table: Declarations, isCounted: (name: string) => boolean): void {
  for (const pattern of table[source.family] ?? []) {
    for (const match of source.code.matchAll(pattern)) {
      const name = match[1] ?? '';
      const found = isCounted(name) ? caseIn(source.family, name) : undefined;
      if (found !== undefined) vote(found, match.index + match[0].lastIndexOf(name));
    }
  }
}

/** In a shell, `name` and `NAME` are the question, so that words of one part count there. */
function caseIn(family: Family, name: string): WordCase | undefined {
  return family === 'shell' && /^[a-z]{3,}$/.test(name) ? 'snake_case' : wordCase(name);
}

function familiesOf(table: Declarations): readonly Family[] {
  return Object.keys(table).filter(isFamily);
}

function inCases(say: (name: WordCase) => Say): Readonly<Record<string, Say>> {
  return Object.fromEntries(wordCases.map((name) => [name, say(name)]));
}

/** Pairs of a case and the families in which everybody uses it. */
function usually(...pairs: readonly string[]): Readonly<Partial<Record<Family, string>>> {
  const usual: Record<string, string> = {};
  for (let i = 0; i < pairs.length; i += 2)
    for (const family of pairs[i + 1]?.split(' ') ?? []) usual[family] = pairs[i] ?? '';
  return usual;
}
