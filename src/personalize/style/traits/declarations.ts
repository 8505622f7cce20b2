import type { SourceCode } from '../sourceCode.ts';
import { isTypeScript } from '../sourceCode.ts';
import type { Trait, Vote } from '../trait.ts';
import { places, placesBy } from './counting.ts';

const inTypeScript =
  (count: Trait['count']): Trait['count'] =>
  (source, vote) => {
    if (isTypeScript(source)) count(source, vote);
  };

export const declarationTraits: readonly Trait[] = [
  {
    id: 'variables',
    families: ['ecmascript'],
    title: (t) => t('const, let and var'),
    values: {
      const: (t) => t('const wherever nothing is assigned again'),
      let: (t) => t('let for most variables'),
      var: (t) => t('var for variables'),
    },
    count: places({ const: /\bconst\s+[\w$[{]/g, let: /\blet\s+[\w$[{]/g, var: /\bvar\s+[\w$[{]/g }),
    usual: { ecmascript: 'const' },
    telling: 1,
    weight: 0.6,
    clear: { share: 0.7 },
  },
  {
    id: 'functions',
    families: ['ecmascript'],
    title: (t) => t('Functions at the top of a file'),
    values: {
      declaration: (t) => t('Functions as declarations: {0}', 'function f() {}'),
      arrow: (t) => t('Functions as arrows: {0}', 'const f = () => {}'),
    },
    count: places({
      declaration: /^(?:export\s+(?:default\s+)?)?(?:async\s+)?function\b/gm,
      arrow:
        /^(?:export\s+)?const\s+[\w$]+(?:\s*:[^=\n]{1,120})?\s*=\s*(?:async\s*)?(?:<[^>\n]{1,60}>\s*)?(?:\([^)]{0,400}\)(?:\s*:[^={}\n]{1,80})?|[\w$]+)\s*=>/gm,
    }),
    telling: 2,
    weight: 0.7,
  },
  {
    id: 'callbacks',
    families: ['ecmascript'],
    title: (t) => t('Functions as arguments'),
    values: {
      arrow: (t) => t('Arrow functions as arguments'),
      function: (t) => t('Function expressions as arguments: {0}', 'function () {}'),
    },
    count: places({
      arrow: /[(,]\s*(?:async\s*)?(?:\([^()]*\)|[\w$]+)\s*=>/g,
      function: /[(,]\s*(?:async\s+)?function\b/g,
    }),
    usual: { ecmascript: 'arrow' },
    telling: 1,
    weight: 0.7,
  },
  {
    id: 'async',
    families: ['ecmascript'],
    title: (t) => t('Promises'),
    values: { await: (t) => t('await rather than then'), chained: (t) => t('then rather than await') },
    count: places({ await: /\bawait\b/g, chained: /\.then\(/g }),
    usual: { ecmascript: 'await' },
    telling: 1,
    weight: 0.7,
  },
  {
    id: 'returnTypes',
    families: ['ecmascript'],
    title: (t) => t('Return types'),
    values: {
      written: (t) => t('Return types are written'),
      inferred: (t) => t('Return types are left to the compiler'),
    },
    count: inTypeScript(countReturnTypes),
    telling: 2,
    weight: 0.8,
  },
  {
    id: 'objectTypes',
    families: ['ecmascript'],
    title: (t) => t('Types of objects'),
    values: {
      interface: (t) => t('Object types as interface'),
      type: (t) => t('Object types as type'),
    },
    count: inTypeScript(
      places({
        interface: /\binterface\s+[\w$]+/g,
        type: /\btype\s+[\w$]+(?:<[^=\n]{1,80}>)?\s*=\s*(?:Readonly<)?\{/g,
      }),
    ),
    telling: 2,
    weight: 0.7,
  },
  {
    id: 'arrayTypes',
    families: ['ecmascript'],
    title: (t) => t('Types of arrays'),
    values: {
      brackets: (t) => t('Array types as {0}', 'T[]'),
      generic: (t) => t('Array types as {0}', 'Array<T>'),
    },
    count: inTypeScript(places({ brackets: /[\w>)]\[\]/g, generic: /\b(?:Readonly)?Array</g })),
    usual: { ecmascript: 'brackets' },
    telling: 1,
    weight: 0.5,
  },
  {
    id: 'readonlyMembers',
    families: ['ecmascript'],
    title: (t) => t('Properties in types'),
    values: {
      readonly: (t) => t('Properties are readonly'),
      mutable: (t) => t('Properties without readonly'),
    },
    count: inTypeScript(countMembers),
    usual: { ecmascript: 'mutable' },
    telling: 2,
    weight: 0.5,
  },
  {
    id: 'absence',
    families: ['ecmascript'],
    title: (t) => t('Absent values'),
    values: { undefined: (t) => t('undefined rather than null'), null: (t) => t('null rather than undefined') },
    count: places({ undefined: /\bundefined\b/g, null: /\bnull\b/g }),
    telling: 1,
    weight: 0.4,
  },
  {
    id: 'typeHints',
    families: ['python'],
    title: (t) => t('Type hints'),
    values: {
      written: (t) => t('Functions with type hints'),
      none: (t) => t('Functions without type hints'),
    },
    count: countTypeHints,
    telling: 3,
    weight: 0.8,
  },
  {
    id: 'typeSyntax',
    families: ['python'],
    title: (t) => t('Syntax of type hints'),
    values: {
      builtin: (t) => t('Types as {0}', 'list[int], X | None'),
      typing: (t) => t('Types as {0}', 'List[int], Optional[X]'),
    },
    count: places({
      builtin: /\|\s*None\b|\b(?:list|dict|set|tuple)\[/g,
      typing: /\b(?:Optional|Union|List|Dict|Set|Tuple)\[/g,
    }),
    telling: 1,
    weight: 0.5,
  },
  {
    id: 'localTypes',
    families: ['java', 'csharp'],
    title: (t) => t('Types of local variables'),
    values: { var: (t) => t('var for local variables'), named: (t) => t('Local variables with their type') },
    count: placesBy({
      java: {
        var: /^[ \t]+var\s+\w+\s*=/gm,
        named: /^[ \t]+(?!return|else|var|new)[A-Za-z][\w.]*(?:<[\w<>,.? ]{0,80}>)?(?:\[\])?\s+[a-z]\w*\s*=[^=]/gm,
      },
      csharp: {
        var: /^[ \t]+var\s+\w+\s*=/gm,
        named: /^[ \t]+(?!return|else|var|new)[A-Za-z][\w.]*(?:<[\w<>,.? ]{0,80}>)?\??(?:\[\])?\s+[a-z]\w*\s*=[^=]/gm,
      },
    }),
    telling: 1,
    weight: 0.6,
  },
  {
    id: 'privateMembers',
    families: ['ecmascript', 'python', 'csharp', 'c'],
    title: (t) => t('Private members'),
    values: {
      hash: (t) => t('Private members as {0}', '#x'),
      underscore: (t) => t('Private members as {0}', '_x'),
      keyword: (t) => t('Private members as {0}', 'private x'),
      dunder: (t) => t('Private members as {0}', '__x'),
      trailing: (t) => t('Private members as {0}', 'x_'),
      prefixed: (t) => t('Private members as {0}', 'm_x'),
    },
    count: placesBy({
      ecmascript: {
        hash: /(?<=\bthis\.|^[ \t]+(?:static\s+|readonly\s+|async\s+)*)#[\w$]+/gm,
        underscore: /\bthis\._(?=[a-z])/g,
        keyword: /^[ \t]+private\s+(?:static\s+|readonly\s+|async\s+)*(?=[a-z])/gm,
      },
      python: { underscore: /\bself\._(?=[a-z])/g, dunder: /\bself\.__(?=[a-z]\w*(?<!__)\b)/g },
      csharp: {
        underscore: /\bprivate\s+[\w<>[\], ]{1,80}\s_[a-z]\w*/g,
        prefixed: /\bprivate\s+[\w<>[\], ]{1,80}\sm_\w+/g,
        keyword: /\bprivate\s+[\w<>[\], ]{1,80}\s[a-z](?!_)\w*\s*[;=]/g,
      },
      c: {
        trailing: /\b(?:this->)?[a-z]\w*_(?=\s*[=;.(){,-])/g,
        prefixed: /\bm_\w+/g,
        underscore: /(?<=this->)_[a-z]\w*/g,
      },
    }),
    telling: 2,
    weight: 0.8,
  },
];

const head =
  /\bfunction\*?\s*[\w$]*\s*(?:<[^(){}\n]{1,80}>)?\s*\(|^[ \t]+(?:(?:public|private|protected|static|async|override)\s+)*(?!(?:if|for|while|switch|catch|constructor|return|function|super|await|new|set)\b)[#\w$]+(?:<[^(){}\n]{1,80}>)?\(/gm;

function countReturnTypes(source: SourceCode, vote: Vote): void {
  const { code } = source;
  for (const { index, 0: match } of code.matchAll(head)) {
    const close = source.bracketAt(index + match.length - 1)?.close;
    if (close === undefined) continue;
    const after = /\S/.exec(code.slice(close + 1, close + 100));
    if (after?.[0] === '{') vote('inferred', index);
    // A call may stand before a colon as well, in `a ? b() : c`: there must be a body behind the type.
    else if (after?.[0] === ':' && /^\s*:[^;=]{1,200}?\{/.test(code.slice(close + 1, close + 220)))
      vote('written', index);
  }
}

function countMembers({ lines, code }: SourceCode, vote: Vote): void {
  for (const { code: line, start, inside } of lines) {
    const member = /^\s*(readonly\s+)?[\w$]+\??\s*:\s*[^,]*;$/.exec(line);
    if (member === null || inside?.open !== '{') continue;
    const isInterface = /\binterface\s[^{}]*$|=\s*(?:Readonly<)?$|[|&:(<]\s*$/.test(
      code.slice(Math.max(0, inside.offset - 120), inside.offset),
    );
    if (isInterface) vote(member[1] === undefined ? 'mutable' : 'readonly', start);
  }
}

function countTypeHints(source: SourceCode, vote: Vote): void {
  const { code } = source;
  for (const { index, 0: match } of code.matchAll(/\bdef\s+\w+\s*\(/g)) {
    const open = index + match.length - 1;
    const close = source.bracketAt(open)?.close;
    if (close === undefined) continue;
    const parameters = code.slice(open + 1, close).replace(/^\s*(?:self|cls)\s*,?/, '');
    const isHinted = /^\s*->/.test(code.slice(close + 1, close + 20)) || /^\s*\*{0,2}\w+\s*:/.test(parameters);
    if (isHinted) vote('written', index);
    else if (parameters.trim() !== '') vote('none', index);
  }
}
