/** Why a JSON file of others, or one that somebody changed, cannot be taken; whoever knows its path says which. */
export class FieldFault extends Error {
  override readonly name = 'FieldFault';
}

export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as an object. Throws `FieldFault`. */
export function fieldsOf(value: unknown, what: string): Fields {
  if (!isFields(value)) throw new FieldFault(`${what} is no object`);
  return value;
}

/** A text that is there. Throws `FieldFault`. */
export function textAt(fields: Fields, key: string): string {
  const value = fields[key];
  if (typeof value !== 'string') throw new FieldFault(`its ${key} is ${shown(value)}, not a text`);
  return value;
}

/** One of a few texts. Throws `FieldFault`. */
export function choiceAt<T extends string>(fields: Fields, key: string, choices: readonly T[]): T {
  const value = fields[key];
  const chosen = choices.find((choice) => choice === value);
  if (chosen === undefined) throw new FieldFault(`its ${key} is ${shown(value)}, not ${choices.join(' or ')}`);
  return chosen;
}

/** A finite number within bounds. Throws `FieldFault`. */
export function numberAt(fields: Fields, key: string, least: number, most: number): number {
  const value = fields[key];
  if (typeof value !== 'number' || !(value >= least && value <= most))
    throw new FieldFault(`its ${key} is ${shown(value)}, not a number from ${least} to ${most}`);
  return value;
}

/** A whole number within bounds. Throws `FieldFault`. */
export function countAt(fields: Fields, key: string, least: number, most = Number.MAX_SAFE_INTEGER): number {
  const value = numberAt(fields, key, least, most);
  if (!Number.isInteger(value)) throw new FieldFault(`its ${key} is ${value}, not a whole number`);
  return value;
}

/** The entries of a list, each read by `read`. Throws `FieldFault`. */
export function listAt<T>(fields: Fields, key: string, read: (value: unknown) => T): readonly T[] {
  const value = fields[key];
  if (!Array.isArray(value)) throw new FieldFault(`its ${key} is ${shown(value)}, not a list`);
  return value.map((each: unknown) => read(each));
}

/** The SHA-256 of something, in hexadecimal. Throws `FieldFault`. */
export function hashAt(fields: Fields, key: string): string {
  const value = textAt(fields, key);
  if (!/^[0-9a-f]{64}$/.test(value)) throw new FieldFault(`its ${key} is no SHA-256`);
  return value;
}

/** A value of a file for a message: short, no control characters. */
export function shown(value: unknown): string {
  if (value === undefined) return 'missing';
  const json = JSON.stringify(value).replace(/[^\x20-\x7e]/g, '?');
  return json.length > 60 ? `${json.slice(0, 60)}…` : json;
}
