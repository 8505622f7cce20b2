import { allFamilies } from '../families.ts';
import type { Trait } from '../trait.ts';
import { type Remark, remarksOf } from './remarks.ts';

const everywhere = allFamilies();

export const commentTraits: readonly Trait[] = [
  {
    id: 'commentLanguage',
    families: everywhere,
    title: (t) => t('Language of comments'),
    values: {
      english: (t) => t('Comments in English'),
      korean: (t) => t('Comments in Korean'),
      japanese: (t) => t('Comments in Japanese'),
      chinese: (t) => t('Comments in Chinese'),
    },
    count: eachRemark(({ text, isCode }) => languageOfText(text, isCode)),
    usual: Object.fromEntries(everywhere.map((family) => [family, 'english'])),
    telling: 3,
    weight: 1,
  },
  {
    id: 'commentCase',
    families: everywhere,
    title: (t) => t('Beginning of comments'),
    values: {
      capital: (t) => t('Comments begin with a capital letter'),
      small: (t) => t('Comments begin with a small letter'),
    },
    count: eachRemark(({ text, isCode }) => {
      const first = /^([A-Za-z])[a-z']*[ ,][A-Za-z`'"(]/.exec(text)?.[1];
      if (first === undefined || isCode) return undefined;
      return first === first.toUpperCase() ? 'capital' : 'small';
    }),
    telling: 1,
    weight: 0.5,
  },
  {
    id: 'commentEnd',
    families: everywhere,
    title: (t) => t('End of comments'),
    values: {
      stop: (t) => t('Comments end with a full stop'),
      none: (t) => t('Comments end without a full stop'),
    },
    count: eachRemark(({ text, isDoc, isCode }) => {
      if (isCode || !/\S\s+\S+\s+\S/.test(text) || (isDoc && /^@\w/m.test(text))) return undefined;
      const last = text.at(-1) ?? '';
      if ('.。'.includes(last)) return 'stop';
      return /[\p{L}\p{N})`'"]/u.test(last) ? 'none' : undefined;
    }),
    telling: 1,
    weight: 0.5,
  },
  {
    id: 'commentPlace',
    families: everywhere,
    title: (t) => t('Place of comments'),
    values: {
      above: (t) => t('Comments above the code'),
      behind: (t) => t('Comments behind the code, on its line'),
    },
    count: eachRemark(({ isDoc, isTrailing }) => (isDoc ? undefined : isTrailing ? 'behind' : 'above')),
    usual: Object.fromEntries(everywhere.map((family) => [family, 'above'])),
    telling: 1,
    weight: 0.4,
  },
  {
    id: 'commentMarks',
    families: ['ecmascript', 'c', 'java', 'csharp', 'php'],
    title: (t) => t('Marks of comments'),
    values: { line: (t) => t('Comments with {0}', '//'), block: (t) => t('Comments with {0}', '/* */') },
    count: (source, vote) => {
      for (const { isDoc, start } of remarksOf(source))
        if (!isDoc) vote(source.text.startsWith('/*', start) ? 'block' : 'line', start);
    },
    usual: { ecmascript: 'line', csharp: 'line', java: 'line' },
    telling: 1,
    weight: 0.5,
  },
];

function eachRemark(judge: (remark: Remark) => string | undefined): Trait['count'] {
  return (source, vote) => {
    for (const remark of remarksOf(source)) {
      const value = judge(remark);
      if (value !== undefined) vote(value, remark.start);
    }
  };
}

function languageOfText(text: string, isCode: boolean): string | undefined {
  if (/[\uac00-\ud7a3].?[\uac00-\ud7a3]/u.test(text)) return 'korean';
  if (/[\u3041-\u30ff]{2}/u.test(text)) return 'japanese';
  if (/[\u4e00-\u9fff]{3}/u.test(text)) return 'chinese';
  return /[A-Za-z]{2,}(?:\s+[A-Za-z']+){3}/.test(text) && !isCode ? 'english' : undefined;
}
