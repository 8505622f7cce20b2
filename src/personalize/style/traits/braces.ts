import type { Family } from '../families.ts';
import type { CodeLine, SourceCode } from '../sourceCode.ts';
import type { Trait, Vote } from '../trait.ts';

/** Where blocks stand in braces and the language lets them begin where one likes. */
const braced: readonly Family[] = ['ecmascript', 'java', 'c', 'csharp', 'php'];

const control =
  /^\s*(?:\}\s*)?(?:if|else|for|foreach|while|switch|do|try|catch|finally|using|lock|synchronized|unsafe)\b/;
const functionHead = /\)\s*(?:const|noexcept|override|final|throws\s[\w.,\s]+|:\s*[\w\s|<>[\],.?]+)?\s*\{?$/;
const typeHead = /^\s*(?:[\w]+\s+)*(?:class|struct|interface|enum|trait|record|namespace)\s+\w/;

export const braceTraits: readonly Trait[] = [
  {
    id: 'controlBraces',
    families: braced,
    title: (t) => t('The brace of if, for and while'),
    values: {
      sameLine: (t) => t('The brace of if, for and while on the same line'),
      ownLine: (t) => t('The brace of if, for and while on a line of its own'),
    },
    count: (code, vote) => countBraces(code, vote, (line) => control.test(line)),
    usual: { ecmascript: 'sameLine', java: 'sameLine', php: 'sameLine', csharp: 'ownLine' },
    telling: 2,
    weight: 1,
  },
  {
    id: 'functionBraces',
    families: braced,
    title: (t) => t('The brace of functions and types'),
    values: {
      sameLine: (t) => t('The brace of functions and types on the same line'),
      ownLine: (t) => t('The brace of functions and types on a line of its own'),
    },
    count: (code, vote) =>
      countBraces(code, vote, (line) => !control.test(line) && (typeHead.test(line) || functionHead.test(line))),
    usual: { ecmascript: 'sameLine', java: 'sameLine', php: 'ownLine', csharp: 'ownLine' },
    telling: 2,
    weight: 1,
  },
  {
    id: 'elseLine',
    families: braced,
    title: (t) => t('The place of else and catch'),
    values: {
      sameLine: (t) => t('else and catch behind the closing brace'),
      ownLine: (t) => t('else and catch on a line of their own'),
    },
    count: ({ lines }, vote) => {
      let above = '';
      for (const { code, start } of lines) {
        if (code === '') continue;
        if (/^\s*\}\s*(?:else|catch|finally)\b/.test(code)) vote('sameLine', start + code.indexOf('}'));
        else if (/^\s*(?:else|catch|finally)\b/.test(code) && above.trim() === '}')
          vote('ownLine', start + code.length - 1);
        above = code;
      }
    },
    usual: { ecmascript: 'sameLine', java: 'sameLine', php: 'sameLine', csharp: 'ownLine' },
    telling: 1,
    weight: 0.7,
  },
  {
    id: 'singleStatement',
    families: braced,
    title: (t) => t('Braces around a single statement'),
    values: {
      braced: (t) => t('Braces around a single statement too'),
      bare: (t) => t('No braces around a single statement'),
    },
    count: countSingleStatements,
    telling: 2,
    weight: 0.8,
  },
];

function countBraces({ lines }: SourceCode, vote: Vote, isHead: (line: string) => boolean): void {
  let above: CodeLine | undefined;
  for (const line of lines) {
    if (line.code === '') continue;
    const at = line.start + line.code.length - 1;
    if (line.code.trim() === '{') {
      if (above !== undefined && isHead(above.code)) vote('ownLine', at);
    } else if (line.code.endsWith('{') && isHead(line.code)) vote('sameLine', at);
    above = line;
  }
}

function countSingleStatements(source: SourceCode, vote: Vote): void {
  const { code } = source;
  for (const { index } of code.matchAll(/(?<![\w$.#])(?:if|for|while)\s*\(/g)) {
    const close = source.bracketAt(code.indexOf('(', index))?.close;
    if (close === undefined) continue;
    const after = /\S/.exec(code.slice(close + 1, close + 200));
    const at = close + 1 + (after?.index ?? 0);
    if (after === null || after[0] === ';') continue;
    if (after[0] !== '{') vote('bare', index);
    else if (isOneStatement(code, at, source.bracketAt(at)?.close)) vote('braced', index);
  }
}

/** Whether a block holds one statement on one line. */
function isOneStatement(code: string, open: number, close: number | undefined): boolean {
  if (close === undefined || close - open > 300) return false;
  const inner = code.slice(open + 1, close).trim();
  return inner !== '' && !inner.includes('\n') && !inner.includes('{');
}
