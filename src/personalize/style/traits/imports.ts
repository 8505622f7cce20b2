import type { SourceCode } from '../sourceCode.ts';
import { isTypeScript } from '../sourceCode.ts';
import type { Trait, Vote } from '../trait.ts';
import { places } from './counting.ts';
import { isNodeModule, type Origin, type ReadImport, readImports } from './importReading.ts';

/** What a file with imports of both kinds says of their order. */
const perFile = { places: 5 } as const;

export const importTraits: readonly Trait[] = [
  {
    id: 'modules',
    families: ['ecmascript'],
    title: (t) => t('Modules'),
    values: { import: (t) => t('Modules with import'), require: (t) => t('Modules with require') },
    count: places({ import: /^import\b(?!\()/gm, require: /(?<![\w$.])require\(/g }),
    usual: { ecmascript: 'import' },
    telling: 2,
    weight: 1,
  },
  {
    id: 'nodePrefix',
    families: ['ecmascript'],
    title: (t) => t('Modules of Node'),
    values: {
      prefixed: (t) => t('Modules of Node as {0}', "'node:fs'"),
      bare: (t) => t('Modules of Node as {0}', "'fs'"),
    },
    count: eachImport((vote, { specifier, start, end }) => {
      if (isNodeModule(specifier)) vote(specifier.startsWith('node:') ? 'prefixed' : 'bare', endOf(start, end));
    }),
    telling: 2,
    weight: 1,
  },
  {
    id: 'importEndings',
    families: ['ecmascript'],
    title: (t) => t('File endings in relative imports'),
    values: {
      ts: (t) => t('Relative imports end with {0}', '.ts'),
      js: (t) => t('Relative imports end with {0}', '.js'),
      none: (t) => t('Relative imports without a file ending'),
    },
    count: eachImport((vote, { specifier, origin, start, end }) => {
      const ending = /\.([cm]?[jt]sx?)$/.exec(specifier)?.[1];
      const isOther = ending === undefined && /\.[a-z]+$/.test(specifier);
      if (origin === 'relative' && !isOther)
        vote(ending?.includes('t') ? 'ts' : ending ? 'js' : 'none', endOf(start, end));
    }),
    telling: 2,
    weight: 1,
  },
  {
    id: 'relativeImports',
    families: ['ecmascript', 'python'],
    title: (t) => t('Place of imports from the project itself'),
    values: {
      last: (t) => t('Imports from the project itself after all others'),
      first: (t) => t('Imports from the project itself before all others'),
      mixed: (t) => t('Imports in no order of origin'),
    },
    count: (source, vote) => countOrder(readImports(source), vote, (read) => (isOwn(read) ? 1 : 0)),
    telling: 1,
    clear: perFile,
  },
  {
    id: 'builtinImports',
    families: ['ecmascript', 'python'],
    title: (t) => t('Place of standard modules among imports'),
    values: {
      first: (t) => t('Imports of standard modules before those of packages'),
      last: (t) => t('Imports of standard modules after those of packages'),
      mixed: (t) => t('Imports of standard modules among those of packages'),
    },
    count: (source, vote) => {
      countOrder(
        readImports(source).filter((read) => !isOwn(read)),
        vote,
        ({ origin }) => (origin === 'package' ? 1 : 0),
        true,
      );
    },
    usual: { python: 'first' },
    telling: 1,
    clear: perFile,
  },
  {
    id: 'importGroups',
    families: ['ecmascript', 'python', 'go'],
    title: (t) => t('Blank lines between imports'),
    values: {
      apart: (t) => t('A blank line between imports of different origin'),
      together: (t) => t('No blank lines between imports'),
    },
    count: (source, vote) => {
      for (const [above, below] of pairs(readImports(source))) {
        if (group(above.origin) === group(below.origin)) continue;
        const isApart = /\n\s*\n/.test(source.text.slice(above.end, below.start));
        vote(isApart ? 'apart' : 'together', below.start);
      }
    },
    usual: { python: 'apart', go: 'apart' },
    telling: 1,
    weight: 0.4,
  },
  {
    id: 'importSorting',
    families: ['ecmascript', 'python'],
    title: (t) => t('Order of imports'),
    values: { sorted: (t) => t('Imports sorted by name'), free: (t) => t('Imports in no order of names') },
    count: (source, vote) => {
      for (const [above, below] of pairs(readImports(source))) {
        if (above.origin !== below.origin) continue;
        vote(sortKey(above) <= sortKey(below) ? 'sorted' : 'free', below.start);
      }
    },
    telling: 1,
    // Half of all pairs are in order by chance.
    clear: { places: 20, share: 0.9 },
  },
  {
    id: 'importedNames',
    families: ['ecmascript'],
    title: (t) => t('Form of imports'),
    values: {
      named: (t) => t('Imports by name: {0}', 'import { a }'),
      default: (t) => t('Default imports: {0}', 'import a'),
      namespace: (t) => t('Imports of whole modules: {0}', 'import * as a'),
    },
    count: eachImport((vote, { clause, start, end }) => {
      const bare = clause.replace(/^type\s+(?=[{*\w])/, '');
      if (/^\{|,\s*\{/.test(bare)) vote('named', endOf(start, end));
      else if (bare.startsWith('*')) vote('namespace', endOf(start, end));
      else if (bare !== '') vote('default', endOf(start, end));
    }),
    usual: { ecmascript: 'named' },
    telling: 1,
    weight: 0.4,
  },
  {
    id: 'exports',
    families: ['ecmascript'],
    title: (t) => t('Exports'),
    values: { named: (t) => t('Named exports'), default: (t) => t('Default exports') },
    count: places({
      named: /^export\s+(?:async\s+|abstract\s+|declare\s+)?(?:const|let|function|class|interface|type|enum)\b/gm,
      default: /^export\s+default\b/gm,
    }),
    telling: 2,
    weight: 0.7,
  },
  {
    id: 'typeImports',
    families: ['ecmascript'],
    title: (t) => t('Imports of types'),
    values: {
      statement: (t) => t('Imports of types as {0}', 'import type { T }'),
      inline: (t) => t('Imports of types as {0}', 'import { type T }'),
    },
    count: (source, vote) => {
      if (!isTypeScript(source)) return;
      for (const { clause, start } of readImports(source)) {
        if (/^type\s+[{*\w]/.test(clause)) vote('statement', start);
        else if (/[{,]\s*type\s+\w/.test(clause) && !/[{,]\s*(?!type\s)\w/.test(clause)) vote('inline', start);
      }
    },
    usual: { ecmascript: 'statement' },
    telling: 1,
    weight: 0.5,
  },
  {
    id: 'distantImports',
    families: ['ecmascript'],
    title: (t) => t('Imports from other folders'),
    values: {
      alias: (t) => t('Imports from other folders by an alias: {0}', '@/a'),
      relative: (t) => t('Imports from other folders by their relative path: {0}', '../a'),
    },
    count: eachImport((vote, { specifier, start, end }) => {
      if (/^(?:@|~)\//.test(specifier)) vote('alias', endOf(start, end));
      else if (specifier.startsWith('../')) vote('relative', endOf(start, end));
    }),
    usual: { ecmascript: 'relative' },
    telling: 1,
    weight: 0.7,
  },
  {
    id: 'importForm',
    families: ['python'],
    title: (t) => t('Form of imports'),
    values: {
      from: (t) => t('Imports by name: {0}', 'from a import b'),
      module: (t) => t('Imports of whole modules: {0}', 'import a'),
    },
    count: places({ from: /^from\s+[.\w]+\s+import\b/gm, module: /^import\s+\w/gm }),
    telling: 1,
    weight: 0.4,
  },
  {
    id: 'ownImports',
    families: ['python'],
    title: (t) => t('Imports inside the package'),
    values: {
      relative: (t) => t('Imports inside the package as {0}', 'from .a import b'),
      absolute: (t) => t('Imports inside the package as {0}', 'from package.a import b'),
    },
    count: eachImport((vote, { specifier, origin, start, end }) => {
      if (origin === 'relative') vote(specifier.startsWith('.') ? 'relative' : 'absolute', endOf(start, end));
    }),
    telling: 2,
    weight: 0.8,
  },
];

function eachImport(judge: (vote: Vote, read: ReadImport) => void): (source: SourceCode, vote: Vote) => void {
  return (source, vote) => {
    for (const read of readImports(source)) judge(vote, read);
  };
}

/** The place of the specifier: what decides when an import is completed. */
function endOf(start: number, end: number): number {
  return Math.max(start, end - 1);
}

/** One vote for a file that has imports of both ranks. */
function countOrder(
  imports: readonly ReadImport[],
  vote: Vote,
  rank: (read: ReadImport) => number,
  lowFirst = false,
): void {
  const ranks = imports.map(rank);
  const [first, last] = [ranks[0], ranks.at(-1)];
  if (first === undefined || !ranks.includes(0) || !ranks.includes(1)) return;
  const changes = ranks.filter((each, i) => i > 0 && each !== ranks[i - 1]).length;
  if (changes > 1) vote('mixed', 0);
  else vote((last === 1) === lowFirst ? 'first' : 'last', 0);
}

/** From the same project, not from a package. */
function isOwn({ origin }: ReadImport): boolean {
  return origin === 'relative' || origin === 'alias';
}

function pairs<T>(items: readonly T[]): readonly (readonly [T, T])[] {
  return items.slice(1).map((item, i) => [items[i] ?? item, item]);
}

function group(origin: Origin): Origin {
  return origin === 'alias' ? 'relative' : origin;
}

function sortKey({ specifier }: ReadImport): string {
  return specifier.toLowerCase();
}
