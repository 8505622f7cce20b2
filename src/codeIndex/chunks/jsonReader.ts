/** Where a string of a JSON text stands. */
export interface PlacedString {
  readonly value: string;
  readonly offset: number;
}

/** A JSON value in which strings know their place. Numbers, `true`, `false` and `null` are all `undefined`. */
export type PlacedValue = PlacedString | readonly PlacedValue[] | PlacedObject | undefined;

export interface PlacedObject {
  readonly members: ReadonlyMap<string, PlacedValue>;
}

const maxDepth = 40;

/**
 * Reads a JSON text, or undefined when it is damaged or nested deeper than 40. Members named in `skipped` are not kept:
 * the pictures in a notebook are most of it.
 */
export function readPlacedJson(text: string, skipped: ReadonlySet<string>): PlacedValue {
  try {
    const reader: Reader = { text, skipped, at: 0 };
    const value = readValue(reader, 0);
    skipSpace(reader);
    return reader.at === text.length ? value : undefined;
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
}

interface Reader {
  readonly text: string;
  readonly skipped: ReadonlySet<string>;
  at: number;
}

function readValue(reader: Reader, depth: number): PlacedValue {
  if (depth > maxDepth) throw new SyntaxError('nested too deeply');
  skipSpace(reader);
  const first = reader.text[reader.at];
  if (first === '"') return readString(reader);
  if (first === '[') return readArray(reader, depth);
  if (first === '{') return readObject(reader, depth);
  literal.lastIndex = reader.at;
  const found = literal.exec(reader.text);
  if (found === null) throw new SyntaxError(`no value at ${reader.at}`);
  reader.at += found[0].length;
  return undefined;
}

const literal = /-?\d[\d.eE+-]*|true|false|null/y;

function readArray(reader: Reader, depth: number): readonly PlacedValue[] {
  const values: PlacedValue[] = [];
  reader.at++;
  while (!take(reader, ']')) {
    if (values.length > 0) expect(reader, ',');
    values.push(readValue(reader, depth + 1));
  }
  return values;
}

function readObject(reader: Reader, depth: number): PlacedObject {
  const members = new Map<string, PlacedValue>();
  reader.at++;
  for (let isFirst = true; !take(reader, '}'); isFirst = false) {
    if (!isFirst) expect(reader, ',');
    skipSpace(reader);
    const { value: name } = readString(reader);
    expect(reader, ':');
    const value = readValue(reader, depth + 1);
    if (!reader.skipped.has(name)) members.set(name, value);
  }
  return { members };
}

function readString(reader: Reader): PlacedString {
  const { text, at: offset } = reader;
  if (text[offset] !== '"') throw new SyntaxError(`no string at ${offset}`);
  let end = offset + 1;
  while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
  reader.at = end + 1;
  return { value: String(JSON.parse(text.slice(offset, end + 1))), offset };
}

function skipSpace(reader: Reader): void {
  while (/\s/.test(reader.text[reader.at] ?? '')) reader.at++;
}

function take(reader: Reader, mark: string): boolean {
  skipSpace(reader);
  if (reader.text[reader.at] !== mark) return false;
  reader.at++;
  return true;
}

function expect(reader: Reader, mark: string): void {
  if (!take(reader, mark)) throw new SyntaxError(`no ${mark} at ${reader.at}`);
}
