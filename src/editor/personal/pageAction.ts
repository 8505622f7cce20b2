import { isRecord } from '../../base/isRecord.ts';
import type { AdapterPlace } from '../../protocol/personalMessages.ts';
import { type Check, isKnownMessage, type KnownMessages, oneOf } from '../page/knownMessage.ts';
import type { ExampleFilter, KeptState, PageAction } from './messages.ts';

const isText: Check<string> = (value) => typeof value === 'string';
const isNumber: Check<number> = (value): value is number => typeof value === 'number' && Number.isSafeInteger(value);
const isPlace: Check<AdapterPlace> = (value): value is AdapterPlace =>
  isRecord(value) && (value['kind'] === 'personal' || (value['kind'] === 'project' && isText(value['folder'])));

const known: KnownMessages<PageAction> = {
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

/** See `isKnownMessage`. */
export function isPageAction(message: unknown): message is PageAction {
  return isKnownMessage<PageAction>(known, message);
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
