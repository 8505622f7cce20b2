import { isRecord } from '../../base/isRecord.ts';
import { type Family, isFamily } from './families.ts';

/** What the user changed about a profile by hand. Plain data, as it lies on the disk. */
export interface StyleEdits {
  /** By family and trait: a value, or `noRule`. Absent: as configured or measured. */
  readonly traits: Readonly<Partial<Record<Family, Readonly<Record<string, string>>>>>;
  /** Rules in the user's own words, one line each. */
  readonly lines: readonly string[];
}

/** Says that a trait is nobody's business. No trait has a value of that name. */
export const noRule = 'off';

export const noEdits: StyleEdits = { traits: {}, lines: [] };

const maxLines = 20;
const maxLineCharacters = 200;
/** What a trait's id or value may look like; more than that was not written by us. */
const isWord = (text: unknown): text is string => typeof text === 'string' && /^[\w$:. -]{1,40}$/.test(text);

/** @param value `undefined` takes the edit back. */
export function withOverride(edits: StyleEdits, family: Family, trait: string, value: string | undefined): StyleEdits {
  const { [trait]: _, ...others } = edits.traits[family] ?? {};
  const changed = value === undefined ? others : { ...others, [trait]: value };
  return { ...edits, traits: { ...edits.traits, [family]: changed } };
}

export function withLines(edits: StyleEdits, lines: readonly string[]): StyleEdits {
  return { ...edits, lines: cleanLines(lines) };
}

/** The edits of a folder over those for everywhere. */
export function mergedEdits(everywhere: StyleEdits, folder: StyleEdits): StyleEdits {
  const families = new Set([...Object.keys(everywhere.traits), ...Object.keys(folder.traits)].filter(isFamily));
  return {
    traits: Object.fromEntries(
      [...families].map((family) => [family, { ...everywhere.traits[family], ...folder.traits[family] }]),
    ),
    lines: cleanLines([...everywhere.lines, ...folder.lines]),
  };
}

/** What makes sense of any value; undefined when it is nothing like edits. */
export function readEdits(stored: unknown): StyleEdits | undefined {
  if (!isRecord(stored)) return undefined;
  const { traits = {}, lines = [] } = stored;
  if (!isRecord(traits) || !Array.isArray(lines)) return undefined;
  const read: [Family, Record<string, string>][] = [];
  for (const [family, values] of Object.entries(traits)) {
    if (!isFamily(family) || !isRecord(values)) continue;
    const known = Object.entries(values).filter((each): each is [string, string] => each.every(isWord));
    read.push([family, Object.fromEntries(known)]);
  }
  return { traits: Object.fromEntries(read), lines: cleanLines(lines.filter((line) => typeof line === 'string')) };
}

function cleanLines(lines: readonly string[]): readonly string[] {
  const clean = lines.map((line) =>
    line
      .replace(/[\s\p{Cc}]+/gu, ' ')
      .trim()
      .slice(0, maxLineCharacters),
  );
  return [...new Set(clean)].filter((line) => line !== '').slice(0, maxLines);
}
