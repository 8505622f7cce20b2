import { parse as parseTomlText } from 'smol-toml';
import { parseDocument } from 'yaml';
import { lexes } from '../lexis.ts';
import { scan } from '../scan.ts';

/** Parsers of other people's files: each returns plain data, or throws. */

/** With comments and trailing commas, as in `biome.jsonc`; undefined for an empty text. */
export function parseJson(text: string): unknown {
  const { code, comments } = scan(text, lexes.ecmascript);
  const commas = Array.from(code.matchAll(/,(?=\s*[\]}])/g), ({ index }) => ({ start: index, end: index + 1 }));
  const json = withBlanks(text.replace(/^\ufeff/, ' '), [...comments, ...commas]);
  return json.trim() === '' ? undefined : JSON.parse(json);
}

/** JSON is YAML as well. The first document of several. */
export function parseYaml(text: string): unknown {
  const document = parseDocument(text.replace(/^\ufeff/, '').split(/\n---[ \t]*\n/)[0] ?? '', { logLevel: 'silent' });
  if (document.errors.length > 0) throw new SyntaxError('no YAML');
  return document.toJS({ maxAliasCount: 100 });
}

export function parseToml(text: string): unknown {
  return parseTomlText(text);
}

function withBlanks(text: string, places: readonly { readonly start: number; readonly end: number }[]): string {
  let from = 0;
  const parts: string[] = [];
  for (const { start, end } of places.toSorted((a, b) => a.start - b.start)) {
    parts.push(text.slice(from, start), ' ');
    from = end;
  }
  return parts.join('') + text.slice(from);
}
