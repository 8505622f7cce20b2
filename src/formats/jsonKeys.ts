/**
 * A key that one object of a JSON text has twice; undefined without one. `JSON.parse` would silently take the last, others
 * the first. Throws a `RangeError` when arrays and objects nest deeper than `maxDepth`. Looks at no more than strings and
 * brackets: whether the text is JSON, `JSON.parse` has to say.
 */
export function duplicateKey(json: string, maxDepth: number): string | undefined {
  /** The keys of each object around this place; undefined for an array. */
  const open: (Set<string> | undefined)[] = [];
  for (let at = 0; at < json.length; at++) {
    const character = json[at];
    if (character === '{') open.push(new Set());
    else if (character === '[') open.push(undefined);
    else if (character === '}' || character === ']') open.pop();
    else if (character === '"') {
      const end = endOfString(json, at);
      const keys = open.at(-1);
      if (keys && isKey(json, end)) {
        const key = unescaped(json.slice(at, end));
        if (keys.has(key)) return key;
        keys.add(key);
      }
      at = end - 1;
    }
    if (open.length > maxDepth) throw new RangeError(`it nests deeper than ${maxDepth}`);
  }
  return undefined;
}

/** Where the string that begins at `start` has ended: behind its closing quote, or at the end of the text. */
function endOfString(json: string, start: number): number {
  for (let at = start + 1; at < json.length; at++) {
    if (json[at] === '"') return at + 1;
    if (json[at] === '\\') at++;
  }
  return json.length;
}

function isKey(json: string, end: number): boolean {
  let at = end;
  while (at < json.length && ' \t\r\n'.includes(json.charAt(at))) at++;
  return json[at] === ':';
}

/** `"\u0061"` is the same key as `"a"`. */
function unescaped(literal: string): string {
  try {
    return String(JSON.parse(literal));
  } catch {
    return literal;
  }
}
