import type { PageAction } from './messages.ts';

type Check<T> = (value: unknown) => value is T;
type Fields<A> = { readonly [F in Exclude<keyof A, 'do'>]: Check<A[F]> };
type Known = { readonly [D in PageAction['do']]: Fields<Extract<PageAction, { do: D }>> };

/** Longer than anything a person types or a model writes: whoever sends more is no page of ours. */
const maxCharacters = 4_000_000;
const maxDropped = 1000;

const isText: Check<string> = (value): value is string => typeof value === 'string' && value.length <= maxCharacters;
const isTextOrNull: Check<string | null> = (value) => value === null || isText(value);
const isTexts: Check<readonly string[]> = (value): value is readonly string[] =>
  Array.isArray(value) && value.length <= maxDropped && value.every(isText);
const isIndex: Check<number> = (value): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
const oneOf =
  <const T extends string>(...values: T[]): Check<T> =>
  (value): value is T =>
    values.some((each) => each === value);

const known: Known = {
  ready: { text: isText },
  send: { text: isText },
  stop: {},
  draft: { text: isText },
  again: { turn: isText },
  edit: { turn: isText },
  dropEdit: {},
  choose: { turn: isText },
  look: { where: oneOf('earlier', 'later', 'newest') },
  inspect: { of: isTextOrNull },
  openCitation: { turn: isText, at: isIndex },
  openContext: { turn: isTextOrNull, at: isIndex },
  copy: { text: isText },
  insert: { text: isText },
  apply: { turn: isText, info: isText, text: isText },
  applyAll: { turn: isText },
  attach: {},
  detach: { key: isText },
  drop: { uris: isTexts },
  suggest: { id: isIndex, kind: oneOf('command', 'mention'), query: isText },
  solve: { action: oneOf('pickModel', 'pickSearchModel', 'showLog', 'retry', 'serverSetting', 'serverKey') },
  useRecommended: {},
  newChat: {},
  history: {},
  leaveHistory: {},
  find: { query: isText },
  showMore: {},
  open: { id: isText },
  rename: { id: isText },
  delete: { id: isText },
  export: { id: isText },
  deleteAll: {},
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

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
