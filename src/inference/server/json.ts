import { isRecord } from '../../base/isRecord.ts';

/* Answers of servers are read with suspicion: whatever is not as expected is absent. */

/** What lies at the end of a path of names. */
export function fieldOf(value: unknown, ...path: readonly string[]): unknown {
  let here = value;
  for (const name of path) here = isRecord(here) && Object.hasOwn(here, name) ? here[name] : undefined;
  return here;
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A number that is one: finite, not negative. */
export function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
