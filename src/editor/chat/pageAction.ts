import { type Check, isKnownMessage, type KnownMessages, oneOf } from '../page/knownMessage.ts';
import type { PageAction } from './messages.ts';

/** Longer than anything a person types or a model writes: whoever sends more is no page of ours. */
const maxCharacters = 4_000_000;
const maxDropped = 1000;

const isText: Check<string> = (value): value is string => typeof value === 'string' && value.length <= maxCharacters;
const isTextOrNull: Check<string | null> = (value) => value === null || isText(value);
const isTexts: Check<readonly string[]> = (value): value is readonly string[] =>
  Array.isArray(value) && value.length <= maxDropped && value.every(isText);
const isIndex: Check<number> = (value): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

const known: KnownMessages<PageAction> = {
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

/** See `isKnownMessage`. */
export function isPageAction(message: unknown): message is PageAction {
  return isKnownMessage<PageAction>(known, message);
}
