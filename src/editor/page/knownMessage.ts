import { isRecord } from '../../base/isRecord.ts';

/** Whether a field is what it has to be. */
export type Check<T> = (value: unknown) => value is T;

type Action = { readonly do: string };
type Fields<A> = { readonly [F in Exclude<keyof A, 'do'>]: Check<A[F]> };

/** All that a page can say, with a check for each field. */
export type KnownMessages<A extends Action> = { readonly [D in A['do']]: Fields<Extract<A, { readonly do: D }>> };

/** Whether a page says something that it can say: what runs in a page is never taken at its word. */
export function isKnownMessage<A extends Action>(known: KnownMessages<A>, message: unknown): message is A {
  if (!isRecord(message)) return false;
  const { do: name, ...fields } = message;
  if (typeof name !== 'string' || !Object.hasOwn(known, name)) return false;
  const checks: Readonly<Record<string, (value: unknown) => boolean>> = Reflect.get(known, name);
  const names = Object.keys(checks);
  return names.length === Object.keys(fields).length && names.every((each) => checks[each]?.(fields[each]));
}

export function oneOf<const T extends string>(...values: T[]): Check<T> {
  return (value): value is T => values.some((each) => each === value);
}
