import { allFamilies, type Family } from '../families.ts';
import type { SourceCode } from '../sourceCode.ts';
import type { Trait, Vote } from '../trait.ts';
import { places } from './counting.ts';

/** How wide a tab counts in a line's length. */
const tabColumns = 4;
/** Shorter lines would fit any limit. */
const telltaleColumns = 60;

const widths = ['80', '90', '100', '120'] as const;
const widthOf = (columns: number): string => widths.find((width) => columns <= Number(width)) ?? 'longer';

export const layoutTraits: readonly Trait[] = [
  {
    id: 'indent',
    families: allFamilies(),
    title: (t) => t('Indentation'),
    values: {
      tab: (t) => t('Indented by tabs'),
      '2': (t) => t('Indented by {0} spaces', 2),
      '4': (t) => t('Indented by {0} spaces', 4),
      '8': (t) => t('Indented by {0} spaces', 8),
    },
    sayOther: (value, t) => (isSize(value, 1, 16) ? t('Indented by {0} spaces', value) : undefined),
    count: countIndents,
    usual: { go: 'tab', python: '4', rust: '4' },
    telling: 3,
    weight: 1.5,
  },
  {
    id: 'lineWidth',
    families: allFamilies(),
    title: (t) => t('Longest lines'),
    values: {
      '80': (t) => t('Lines of at most {0} characters', 80),
      '90': (t) => t('Lines of at most {0} characters', 90),
      '100': (t) => t('Lines of at most {0} characters', 100),
      '120': (t) => t('Lines of at most {0} characters', 120),
    },
    sayOther: (value, t) => (isSize(value, 40, 400) ? t('Lines of at most {0} characters', value) : undefined),
    count: ({ lines }, vote) => {
      for (const { start, text, code } of lines) {
        const columns = columnsOf(text.trimEnd());
        if (columns > telltaleColumns && code.trim() !== '') vote(widthOf(columns), start + text.length - 1);
      }
    },
    telling: 2,
    weight: 0.3,
    clear: { share: 0.97 },
    keepsTo: isWithin,
  },
  {
    id: 'bracketSpacing',
    families: ['ecmascript'],
    title: (t) => t('Space inside braces'),
    values: {
      spaced: (t) => t('Spaces inside braces: {0}', '{ a }'),
      tight: (t) => t('No spaces inside braces: {0}', '{a}'),
    },
    count: places({
      spaced: /(?<!\$)\{ [^\n{}]* \}/g,
      tight: /(?<=[=:,]\s|[([]|\b(?:import|export|const|let|var|return|type)\s)\{[^\s{}][^\n{}]*\}/g,
    }),
    usual: { ecmascript: 'spaced' },
    telling: 1,
    weight: 0.5,
  },
  {
    id: 'functionSpace',
    families: ['ecmascript'],
    title: (t) => t('Space before parameters'),
    values: {
      spaced: (t) => t('A space before the parameters: {0}', 'function f ()'),
      tight: (t) => t('No space before the parameters: {0}', 'function f()'),
    },
    count: places({ spaced: /\bfunction\*?\s+[\w$]+\s\(/g, tight: /\bfunction\*?\s+[\w$]+\(/g }),
    usual: { ecmascript: 'tight' },
    telling: 1,
    weight: 0.5,
  },
  {
    id: 'arrowParentheses',
    families: ['ecmascript'],
    title: (t) => t('A single parameter of an arrow function'),
    values: {
      always: (t) => t('Arrow functions with parentheses: {0}', '(x) => y'),
      avoid: (t) => t('Arrow functions without parentheses where they can be left out: {0}', 'x => y'),
    },
    count: countArrows,
    telling: 1,
    weight: 0.7,
  },
  {
    id: 'pointerSide',
    families: ['c'],
    title: (t) => t('Side of the pointer mark'),
    values: {
      name: (t) => t('The pointer mark at the name: {0}', 'int *p'),
      type: (t) => t('The pointer mark at the type: {0}', 'int* p'),
    },
    count: places({
      name: /\b(?:char|int|void|float|double|long|short|bool|\w+_t|struct\s+\w+|const\s+\w+|[A-Z]\w*)\s+[*&]+(?=[A-Za-z_])/g,
      type: /\b(?:char|int|void|float|double|long|short|bool|\w+_t|struct\s+\w+|const\s+\w+|[A-Z]\w*)[*&]+\s+(?=[A-Za-z_])/g,
    }),
    telling: 1,
    weight: 0.7,
  },
  {
    id: 'commentWidth',
    families: allFamilies(),
    title: (t) => t('Longest comment lines'),
    values: {
      '80': (t) => t('Comment lines of at most {0} characters', 80),
      '90': (t) => t('Comment lines of at most {0} characters', 90),
      '100': (t) => t('Comment lines of at most {0} characters', 100),
    },
    sayOther: (value, t) => (isSize(value, 40, 400) ? t('Comment lines of at most {0} characters', value) : undefined),
    count: ({ lines, comments }, vote) => {
      let next = 0;
      for (const { start, text, code } of lines) {
        while ((comments[next]?.end ?? start) < start) next++;
        const columns = columnsOf(text.trimEnd());
        const isComment = code === '' && (comments[next]?.start ?? Number.POSITIVE_INFINITY) < start + text.length;
        if (isComment && columns > telltaleColumns)
          vote(columns > 100 ? 'longer' : widthOf(columns), start + text.length - 1);
      }
    },
    telling: 1,
    weight: 0.2,
    clear: { share: 0.97 },
    keepsTo: isWithin,
  },
];

/** From the arrow backwards: looking for a name that an arrow follows would try each name of the text. */
function countArrows({ code }: SourceCode, vote: Vote): void {
  for (let at = code.indexOf('=>'); at !== -1; at = code.indexOf('=>', at + 2)) {
    const before = code.slice(Math.max(0, at - 80), at);
    if (/\(\s*[A-Za-z_$][\w$]*\s*\)\s*$/.test(before)) vote('always', at);
    // Behind a colon or `is`, the name is the type of a result.
    else if (/(?<![\w$.]|\)\s*:\s*|\bis\s+|\|\s*)[A-Za-z_$][\w$]*\s*$/.test(before)) vote('avoid', at);
  }
}

/** Ruby and shell open blocks by many words; elsewhere a deeper line that nothing opens continues the one above. */
const opensByWord: ReadonlySet<Family> = new Set<Family>(['ruby', 'shell']);
const opener = /(?:[{([:]|=>)$/;

function countIndents({ lines, family }: SourceCode, vote: Vote): void {
  let above: SourceCode['lines'][number] | undefined;
  for (const line of lines) {
    if (line.code === '' || line.continues) continue;
    const step = line.indent - (above?.indent ?? 0);
    if (above !== undefined && step > 0 && (opensByWord.has(family) || opener.test(above.code))) {
      const isTabbed = line.text.startsWith('\t');
      const isMixed = above.indent > 0 && above.text.startsWith('\t') !== isTabbed;
      if (isTabbed && !isMixed) vote('tab', line.start);
      else if (!isMixed && [2, 3, 4, 8].includes(step)) vote(String(step), line.start);
    }
    above = line;
  }
}

/** Lines are counted by the widths of the table; a limit between two of them is taken for the upper one. */
function isWithin(value: string, limit: string): boolean {
  const upper = widthOf(Number(limit));
  return upper === 'longer' || (value !== 'longer' && Number(value) <= Number(upper));
}

function columnsOf(text: string): number {
  return text.includes('\t') ? text.length + (tabColumns - 1) * (text.split('\t').length - 1) : text.length;
}

function isSize(value: string, least: number, most: number): boolean {
  return /^\d{1,3}$/.test(value) && Number(value) >= least && Number(value) <= most;
}
