import { lexes } from '../lexis.ts';
import { scan } from '../scan.ts';
import { parseYaml } from './parsers.ts';

/**
 * What stands behind a name in a program that is a configuration file, where it is written down and not computed:
 * `'quotes': ['error', 'single']`. The program is never run. Literals of JavaScript are YAML in all that matters here.
 */
export function literalsNamed(text: string, isWanted: (name: string) => boolean): ReadonlyMap<string, unknown> {
  const { code, strings, brackets } = scan(text, lexes.ecmascript);
  const closes = new Map(brackets.map(({ offset, close }) => [offset, close]));
  const ends = new Map(strings.map(({ start, end }) => [start, end]));
  const found = new Map<string, unknown>();
  for (const { index, 0: colon } of code.matchAll(/:\s*/g)) {
    const name = nameBefore(text, index);
    if (name === undefined || !isWanted(name)) continue;
    const start = index + colon.length;
    const bracket = code[start] === '[' || code[start] === '{' ? closes.get(start) : undefined;
    const end =
      bracket !== undefined
        ? bracket + 1
        : (ends.get(start) ?? start + (/^[\w.-]+/.exec(code.slice(start, start + 40))?.[0].length ?? 0));
    const value = literalIn(text.slice(start, end));
    if (value !== undefined) found.set(name, value);
  }
  return found;
}

function nameBefore(text: string, colon: number): string | undefined {
  const before = text.slice(Math.max(0, colon - 100), colon);
  return /(?:^|[\s{,])(?:(['"])([^'"\n]+)\1|([A-Za-z_$][\w$]*))$/
    .exec(before)
    ?.slice(2)
    .find((name) => name !== undefined);
}

function literalIn(source: string): unknown {
  if (source === '' || source.length > 2_000) return undefined;
  try {
    return parseYaml(source);
  } catch {
    return undefined;
  }
}
