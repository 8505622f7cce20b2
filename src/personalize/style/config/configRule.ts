import type { Family } from '../families.ts';

/** What a configuration file says about a trait. */
export type Saying = readonly [trait: string, value: string];

/**
 * Who says it; where several do, the highest wins. `implied`: a dependency, say. `default`: what a formatter does when
 * its file says nothing else. `.editorconfig` stands above that, because formatters ask it themselves.
 */
export type Authority = 'implied' | 'linter' | 'default' | 'editor' | 'formatter';

export const authorities: readonly Authority[] = ['implied', 'linter', 'default', 'editor', 'formatter'];

export interface ConfigRule {
  readonly family: Family;
  readonly trait: string;
  readonly value: string;
  readonly authority: Authority;
  /** Relative to its workspace folder, `/`-separated. */
  readonly file: string;
}

/** Why a file does not say all it could: it is a program and was not run, or it cannot be read. */
export interface ConfigNote {
  readonly file: string;
  readonly reason: 'program' | 'damaged';
}

/** What a file of a tool says, before it is known which of several files counts. */
export interface Sayings {
  readonly family: Family;
  readonly authority: Authority;
  readonly sayings: readonly Saying[];
}

/** Says nothing where `value` is not one of the table's keys. */
export function oneOf(trait: string, value: unknown, table: Readonly<Record<string, string>>): readonly Saying[] {
  const known = typeof value === 'string' || typeof value === 'boolean' ? String(value) : '';
  const said = Object.hasOwn(table, known) ? table[known] : undefined;
  return said === undefined ? [] : [[trait, said]];
}

/** Says nothing where `value` is no whole number within sense. */
export function ofSize(trait: string, value: unknown, most = 400): readonly Saying[] {
  const size = typeof value === 'string' && /^\d{1,3}$/.test(value) ? Number(value) : value;
  return Number.isInteger(size) && Number(size) >= 1 && Number(size) <= most ? [[trait, String(size)]] : [];
}

/** Tabs, or how many spaces. */
export function indentation(useTabs: unknown, width: unknown): readonly Saying[] {
  if (useTabs === true) return [['indent', 'tab']];
  return ofSize('indent', width, 16);
}

export type Settings = Readonly<Record<string, unknown>>;

export function isSettings(value: unknown): value is Settings {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What lies at a path of keys; undefined where there is nothing. */
export function settingAt(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>((at, key) => (isSettings(at) && Object.hasOwn(at, key) ? at[key] : undefined), value);
}
