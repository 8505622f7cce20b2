/** Section names of `.editorconfig` files. A workspace is not trusted to be kind: matching takes linear time. */

/** More alternatives than this in one section name, and it matches nothing. */
const maxAlternatives = 256;
const maxLength = 1024;

type Token =
  | { readonly kind: 'one'; readonly matches: (char: string) => boolean }
  | { readonly kind: 'many'; readonly slash: boolean }
  /** The next `count` tokens may stand for nothing. */
  | { readonly kind: 'maybe'; readonly count: number };

/**
 * What tells whether a section applies to a path, `/`-separated and relative to the folder of the `.editorconfig`.
 * A name without a slash applies in every folder.
 */
export function compileGlob(glob: string): (path: string) => boolean {
  if (glob.length > maxLength) return () => false;
  const rooted = glob.includes('/') ? glob.replace(/^\//, '') : `**/${glob}`;
  const alternatives = expandBraces(rooted)?.map((each) => tokensOf(each));
  return (path) => alternatives?.some((tokens) => matchesAll(tokens, path)) ?? false;
}

/** `{a,b}` and `{1..3}` multiplied out; undefined when that is too much. Braces with neither stand for themselves. */
function expandBraces(glob: string): string[] | undefined {
  let open = -1;
  for (let i = 0; i < glob.length; i++) {
    if (glob[i] === '\\') i++;
    else if (glob[i] === '{') open = i;
    else if (glob[i] === '}' && open !== -1) {
      const inner = glob.slice(open + 1, i);
      const choices = choicesOf(inner);
      if (choices.length > maxAlternatives) return undefined;
      const expanded: string[] = [];
      for (const choice of choices) {
        const rest = expandBraces(glob.slice(0, open) + choice + glob.slice(i + 1));
        if (!rest || expanded.length + rest.length > maxAlternatives) return undefined;
        expanded.push(...rest);
      }
      return expanded;
    }
  }
  return [glob];
}

function choicesOf(inner: string): string[] {
  const [, from, to] = /^([+-]?\d+)\.\.([+-]?\d+)$/.exec(inner) ?? [];
  if (from === undefined || to === undefined) return inner.includes(',') ? inner.split(',') : [`\\{${inner}\\}`];
  const low = Math.min(Number(from), Number(to));
  const count = Math.abs(Number(to) - Number(from)) + 1;
  return Array.from({ length: Math.min(count, maxAlternatives + 1) }, (_, i) => String(low + i));
}

function tokensOf(glob: string): Token[] {
  const tokens: Token[] = [];
  for (let i = 0; i < glob.length; i++) {
    const char = glob.charAt(i);
    const close = char === '[' ? glob.indexOf(']', i + 2) : -1;
    if (char === '*') {
      const slash = glob[i + 1] === '*';
      if (slash) i++;
      // `**/a` is also `a` itself.
      const isFolder = slash && glob[i + 1] === '/' && (i < 2 || glob[i - 2] === '/');
      if (isFolder) tokens.push({ kind: 'maybe', count: 2 });
      tokens.push({ kind: 'many', slash });
    } else if (char === '?') tokens.push({ kind: 'one', matches: (each) => each !== '/' });
    else if (close !== -1 && !glob.slice(i, close).includes('/')) {
      tokens.push({ kind: 'one', matches: classOf(glob.slice(i + 1, close)) });
      i = close;
    } else {
      const literal = char === '\\' && i + 1 < glob.length ? glob.charAt(++i) : char;
      tokens.push({ kind: 'one', matches: (each) => each === literal });
    }
  }
  return tokens;
}

function classOf(inner: string): (char: string) => boolean {
  const negated = inner.startsWith('!');
  const ranges = [...(negated ? inner.slice(1) : inner).matchAll(/\\?(.)(?:-(.))?/g)];
  return (char) => char !== '/' && negated !== ranges.some(([, from = '', to = from]) => from <= char && char <= to);
}

/** Runs all ways to match side by side, so that no pattern makes it try twice. */
function matchesAll(tokens: readonly Token[], path: string): boolean {
  let states = withSkips(tokens, new Set([0]));
  for (const char of path) {
    const next = new Set<number>();
    for (const state of states) {
      const token = tokens[state];
      if (token?.kind === 'one' && token.matches(char)) next.add(state + 1);
      else if (token?.kind === 'many' && (token.slash || char !== '/')) next.add(state);
    }
    states = withSkips(tokens, next);
  }
  return states.has(tokens.length);
}

/** Adds the states that are reached without a character. */
function withSkips(tokens: readonly Token[], states: Set<number>): Set<number> {
  for (const state of states) {
    const token = tokens[state];
    if (token?.kind === 'many') states.add(state + 1);
    else if (token?.kind === 'maybe') states.add(state + 1).add(state + 1 + token.count);
  }
  return states;
}
