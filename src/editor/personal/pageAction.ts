import type { AdapterPlace } from '../../protocol/personalMessages.ts';
import type { ExampleFilter, KeptState, PageAction } from './messages.ts';

type Check<T> = (value: unknown) => value is T;
type Fields<A> = { readonly [F in Exclude<keyof A, 'do'>]: Check<A[F]> };
type Known = { readonly [D in PageAction['do']]: Fields<Extract<PageAction, { do: D }>> };

const isText: Check<string> = (value) => typeof value === 'string';
const isNumber: Check<number> = (value): value is number => typeof value === 'number' && Number.isSafeInteger(value);
const oneOf =
  <const T extends string>(...values: T[]): Check<T> =>
  (value): value is T =>
    values.some((each) => each === value);
const isPlace: Check<AdapterPlace> = (value): value is AdapterPlace =>
  isRecord(value) && (value['kind'] === 'personal' || (value['kind'] === 'project' && isText(value['folder'])));

const known: Known = {
  ready: {},
  askAgain: {},
  learn: { value: oneOf('automatic', 'manual', 'off') },
  openSetting: { setting: oneOf('hearth.recordEvents') },
  trainFor: { value: isText },
  estimate: {},
  dropEstimate: {},
  train: {},
  control: { order: oneOf('pause', 'resume', 'cancel') },
  use: { id: isText },
  scale: { id: isText, place: isPlace, value: isText },
  stopUsing: { place: isPlace },
  rollBack: {},
  rename: { id: isText },
  export: { id: isText },
  import: {},
  remove: { id: isText },
  filter: { by: oneOf('languageId', 'folder', 'kind', 'excluded'), value: isText },
  showMore: {},
  showNewest: {},
  exclude: { id: isNumber },
  include: { id: isNumber },
  deleteExample: { id: isNumber },
  learnLanguage: { languageId: isText, value: oneOf('on', 'off') },
  leaveOutPaths: { value: isText },
  setTrait: { folder: isText, family: isText, trait: isText, value: isText },
  setRules: { folder: isText, value: isText },
  forget: {},
};

/** Whether the page says something that it can say: what runs in a page is never taken at its word. */
export function isPageAction(message: unknown): message is PageAction {
  if (!isRecord(message)) return false;
  const { do: name, ...fields } = message;
  if (typeof name !== 'string' || !Object.hasOwn(known, name)) return false;
  const checks: Readonly<Record<string, (value: unknown) => boolean>> = Reflect.get(known, name);
  const names = Object.keys(checks);
  return names.length === Object.keys(fields).length && names.every((each) => checks[each]?.(fields[each]));
}

/** What a page kept over a reload; whatever does not fit is left out. */
export function keptFilter(kept: unknown): ExampleFilter {
  const given = isRecord(kept) && isRecord(kept['filter']) ? kept['filter'] : {};
  const { languageId, folder, kind, excluded } = given;
  return {
    ...(isText(languageId) && { languageId }),
    ...(isText(folder) && { folder }),
    ...(isKind(kind) && { kind }),
    ...(typeof excluded === 'boolean' && { excluded }),
  } satisfies KeptState['filter'];
}

export const isKind = oneOf('accepted', 'instead', 'typed', 'edit');

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
