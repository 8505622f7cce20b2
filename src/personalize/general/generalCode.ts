import { readFile } from 'node:fs/promises';

/** A place in code of others, of `models/general-code.jsonl`: what stood before, what was written, what came after. */
export interface GeneralPlace {
  readonly languageId: string;
  readonly path: string;
  readonly prefix: string;
  readonly text: string;
  readonly suffix: string;
  /** Package and version it is from. */
  readonly source: string;
}

export interface GeneralCode {
  /** Trained on along with the user's examples, so that the model does not forget the rest. */
  readonly replay: readonly GeneralPlace[];
  /** Never trained on: an adapter that makes the model worse here is not used. */
  readonly check: readonly GeneralPlace[];
}

/** Reads the general code that ships with Hearth. Rejects with the line that is wrong. */
export async function readGeneralCode(path: string): Promise<GeneralCode> {
  const lines = (await readFile(path, 'utf8')).split('\n');
  const places = lines.flatMap((line, at) => (line === '' ? [] : [placeIn(line, `Line ${at + 1} of ${path}`)]));
  const of = (set: string) => places.filter((each) => each.set === set).map(({ place }) => place);
  return { replay: of('replay'), check: of('check') };
}

const fields = ['languageId', 'path', 'prefix', 'text', 'suffix', 'source'] as const;

function placeIn(line: string, where: string): { readonly set: 'replay' | 'check'; readonly place: GeneralPlace } {
  const value: unknown = JSON.parse(line);
  if (typeof value !== 'object' || value === null) throw new Error(`${where} is no place.`);
  const { set, ...rest } = { set: undefined, ...value };
  if (set !== 'replay' && set !== 'check') throw new Error(`${where} belongs to no set.`);
  if (!isPlace(rest)) throw new Error(`${where} has no text in one of ${fields.join(', ')}.`);
  return { set, place: rest };
}

function isPlace(value: object): value is GeneralPlace {
  const texts: Readonly<Record<string, unknown>> = { ...value };
  return fields.every((field) => typeof texts[field] === 'string') && texts['text'] !== '';
}
