import type { SearchRequest } from './hit.ts';

export interface CursorText {
  /** Text of the file before and after the cursor, `\n` line ends. */
  readonly before: string;
  readonly after: string;
}

/** Where names are looked for. */
const linesBefore = 16;
const linesAfter = 4;
/** The statement at the cursor; with more of what leads to it, fewer definitions are found. */
const textLines = 3;
/** Of those lines; more is no code that a person reads. */
const maxCharacters = 4_000;
/** How far from the cursor declarations are looked for, each way. */
const maxFileCharacters = 100_000;
const maxNames = 12;
/** What comes after the cursor says less about what goes there. */
const belowDistance = 200;
const shortest = 3;

const identifier = /[\p{L}_$][\p{L}\p{N}_$]*/gu;

/** Words of languages, what comes with them, and names that so many things bear that none is meant. */
const common = new Set(
  `Array Boolean Buffer Date Error Exception Infinity Iterable Iterator JSON List Map Math NaN Number Object Option Partial
  Promise Readonly Record RegExp Result RangeError Self Set Some String Symbol TypeError Uint8Array ValueError Vec WeakMap
  abstract and any append arguments args array assert async await bool boolean break byte case catch char class console
  const constructor continue date debugger def default default del delete dict double echo elif else elseif end ensure
  enum error except export exports extends extern false filter final finally float fmt fn for foreach forEach from func
  function get global goto has hasOwnProperty if impl implements import in include index init instanceof int interface
  is isinstance item items join json keys lambda len length let list log long map match math module mut namespace new
  next nil none None not null number object of operator or override package parent pass pop print println printf
  private promise prop props protected prototype pub public push raise range readonly reduce require return self set
  short signed size sizeof slice sort split static str string String struct super switch template test then this throw
  throws toString trait true try tuple type typedef typeof undefined union unless unsafe unsigned use using value
  values var virtual void when where while with yield`.split(/\s+/),
);

/** What declares the name behind it, in most languages. */
const declaration =
  /\b(?:function\*?|class|const|let|var|val|def|fn|func|type|interface|enum|struct|trait|module|namespace|for|static|mut)\s+([\p{L}_$][\p{L}\p{N}_$]*)/gu;
/** `{ a, b: c }` and `[a, b]` that are taken apart, and the parameters of functions and lambdas. */
const pattern =
  /\b(?:const|let|var)\s*[{[]([^}\]]*)[}\]]|\b(?:function\*?|def|fn|func)\b[^(\n]{0,60}\(([^)]*)\)|\(([^()]*)\)\s*=>/gu;
/** `a = 1`, `a := 1`, and methods: a name, its parameters and the start of its body, alone on a line. */
const assigned = /^[ \t]*([\p{L}_$][\p{L}\p{N}_$]*)\s*:?=(?!=)/gmu;
const method =
  /^[ \t]+(?:(?:async|static|get|set|public|private|protected|readonly|override)\s+)*#?([\p{L}_$][\p{L}\p{N}_$]*)\([^)\n]*\)[^\n=;]*\{$/gmu;

/**
 * What to ask the index for a completion: the code that leads to the cursor, and the names in it that are declared in other
 * files. Those nearest to the cursor come first, and before them those that are called, constructed or used as a type.
 */
export function cursorRequest({ before, after }: CursorText): Pick<SearchRequest, 'kind' | 'text' | 'names'> {
  const above = before.slice(-maxCharacters).split('\n').slice(-linesBefore).join('\n');
  const below = after.slice(0, maxCharacters).split('\n', linesAfter).join('\n');
  const declared = declaredNames(`${before.slice(-maxFileCharacters)}\n${after.slice(0, maxFileCharacters)}`);
  return { kind: 'code', text: lastTextLines(above), names: wantedNames(above, below, declared) };
}

function lastTextLines(text: string): string {
  const lines = text.split('\n');
  const telling = lines.filter((line, at) => at === lines.length - 1 || line.trim() !== '');
  return telling.slice(-textLines).join('\n');
}

function wantedNames(above: string, below: string, declared: ReadonlySet<string>): readonly string[] {
  const wanted = new Map<string, { readonly called: boolean; readonly distance: number }>();
  const note = (text: string, distanceOf: (offset: number) => number): void => {
    for (const match of withoutComments(text).matchAll(identifier)) {
      const [name] = match;
      if (name.length < shortest || common.has(name) || declared.has(name)) continue;
      const known = wanted.get(name);
      wanted.set(name, {
        called: isCalled(text, match.index, name) || (known?.called ?? false),
        distance: Math.min(distanceOf(match.index), known?.distance ?? Number.POSITIVE_INFINITY),
      });
    }
  };
  note(above, (offset) => above.length - offset);
  note(below, (offset) => belowDistance + offset);
  return [...wanted]
    .toSorted(([, a], [, b]) => Number(b.called) - Number(a.called) || a.distance - b.distance)
    .slice(0, maxNames)
    .map(([name]) => name);
}

/** `name(`, `name!(`, `name<T>(`, and types and classes, which begin with a capital. */
function isCalled(text: string, at: number, name: string): boolean {
  return /^\p{Lu}.*\p{Ll}/u.test(name) || /^!?(?:<[^()\n]*>)?\(/.test(text.slice(at + name.length));
}

/** Their letters become blanks, so that everything stays where it is. Only those that have lines to themselves are told. */
function withoutComments(text: string): string {
  return text.replace(/^[ \t]*(?:\/\/|\/?\*|#(?!\w)|--).*$/gm, (line) => ' '.repeat(line.length));
}

/** What the file declares by itself, as far as it can be told without a grammar. */
function declaredNames(text: string): ReadonlySet<string> {
  const withoutImports = text
    .replace(/^[ \t]*(?:import|from|use|using|#include)\b[^;\n]*(?:\{[^}]*\}[^;\n]*)?/gm, '')
    .replace(/^[ \t]*(?:const|let|var)\s*(?:\{[^}]*\}|[^={\n]*)\s*=\s*(?:await )?(?:require|import)\(.*/gm, '');
  const names = new Set<string>();
  for (const expression of [declaration, assigned, method])
    for (const [, name = ''] of withoutImports.matchAll(expression)) names.add(name);
  for (const groups of withoutImports.matchAll(pattern)) {
    const inside = groups.slice(1).find((each) => each !== undefined) ?? '';
    for (const [name] of inside.replace(/:\s*[^,}\n]*|=[^,}\n]*/g, '').matchAll(identifier)) names.add(name);
  }
  return names;
}
