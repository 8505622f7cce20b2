import { builtinModules } from 'node:module';
import type { SourceCode } from '../sourceCode.ts';
import { pythonModules } from './pythonModules.ts';

/** Where an imported file comes from, in the order in which most people write them. */
export type Origin = 'builtin' | 'package' | 'alias' | 'relative';

export interface ReadImport {
  readonly start: number;
  readonly end: number;
  readonly specifier: string;
  readonly origin: Origin;
  /** What is imported, as written: `{ a, b }`, `* as x`. */
  readonly clause: string;
}

const ecmaScript =
  /^import\s+(?:([^'"`;()]{0,2000}?)\s*\bfrom\s*)?(['"])([^'"\n]+)\2|^(?:const|let|var)\s+([\w$\s{},:]{1,500}?)\s*=\s*require\(\s*(['"])([^'"\n]+)\5\s*\)/gm;
const python = /^(?:from\s+([.\w]+)\s+import\s+(\([^)]{0,2000}\)|[^\n]*)|import\s+([.\w]+)([^\n]*))/gm;

const builtins: ReadonlySet<string> = new Set(builtinModules);

/** Several traits ask for the same. */
const known = new WeakMap<SourceCode, readonly ReadImport[]>();

/** The imports at the top level of a file, in their order. */
export function readImports(source: SourceCode): readonly ReadImport[] {
  let imports = known.get(source);
  if (imports === undefined) known.set(source, (imports = importsIn(source)));
  return imports;
}

function importsIn(source: SourceCode): readonly ReadImport[] {
  if (source.family === 'ecmascript') return ecmaScriptImports(source);
  if (source.family === 'python') return pythonImports(source);
  return source.family === 'go' ? goImports(source) : [];
}

/** Whether a module comes with Node, by either of its names. */
export function isNodeModule(specifier: string): boolean {
  return specifier.startsWith('node:') || builtins.has(specifier) || builtins.has(specifier.split('/')[0] ?? '');
}

function ecmaScriptImports({ text, code }: SourceCode): readonly ReadImport[] {
  const found: ReadImport[] = [];
  for (const match of text.matchAll(ecmaScript)) {
    const { index: start, 0: whole } = match;
    // In a comment or a template literal, the code is blank.
    if (code[start] === ' ') continue;
    const specifier = match[3] ?? match[6] ?? '';
    found.push({
      start,
      end: start + whole.length,
      specifier,
      origin: originOf(specifier),
      clause: match[1] ?? match[4] ?? '',
    });
  }
  return found;
}

function originOf(specifier: string): Origin {
  if (specifier.startsWith('.')) return 'relative';
  if (/^(?:@\/|~|#)/.test(specifier)) return 'alias';
  return isNodeModule(specifier) ? 'builtin' : 'package';
}

function pythonImports({ text, code, path }: SourceCode): readonly ReadImport[] {
  const own = new Set(path.split('/').slice(0, -1));
  const found: ReadImport[] = [];
  for (const match of text.matchAll(python)) {
    const { index: start, 0: whole } = match;
    if (code[start] === ' ') continue;
    const specifier = match[1] ?? match[3] ?? '';
    const top = specifier.split('.')[0] ?? '';
    const isRelative = specifier.startsWith('.') || own.has(top);
    const origin = isRelative ? 'relative' : pythonModules.has(top) ? 'builtin' : 'package';
    if (specifier !== '__future__')
      found.push({ start, end: start + whole.length, specifier, origin, clause: match[2] ?? '' });
  }
  return found;
}

function goImports(source: SourceCode): readonly ReadImport[] {
  return [...source.code.matchAll(/^import\s*\(/gm)].flatMap(({ index, 0: { length } }) => {
    const from = index + length;
    const block = source.text.slice(from, source.bracketAt(from - 1)?.close ?? from);
    return [...block.matchAll(/(?<=^[ \t]*(?:[\w.]+[ \t]+)?)"([^"\n]+)"/gm)].map((match): ReadImport => {
      const specifier = match[1] ?? '';
      const origin = specifier.split('/')[0]?.includes('.') ? 'package' : 'builtin';
      const start = from + match.index;
      return { start, end: start + match[0].length, specifier, origin, clause: '' };
    });
  });
}
