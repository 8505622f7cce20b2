import { isRecord } from '../../base/isRecord.ts';
import type { ChatTurn } from '../../protocol/chatMessages.ts';

/**
 * A line of a conversation's file, in JSON. The file only ever grows: what was said stays, and a later line changes what
 * is shown. A record of a kind that is not known is passed over, so that later versions can add some.
 */
export type ChatRecord =
  | { readonly kind: 'start'; readonly title: string; readonly createdMs: number }
  /** The head follows, unless a turn with this id is there already: then this replaces it. */
  | { readonly kind: 'turn'; readonly turn: ChatTurn }
  | { readonly kind: 'head'; readonly turn: string }
  | { readonly kind: 'title'; readonly title: string }
  /** The line above is half of one: a process or the machine stopped while it was written. */
  | { readonly kind: 'torn' };

/** One line, with its end. */
export function lineOf(record: ChatRecord): string {
  return `${JSON.stringify(record)}\n`;
}

/** Undefined for what is no record; `unknown` for one of another version. */
export function parseLine(line: string): ChatRecord | { readonly kind: 'unknown' } | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (!isRecord(value) || typeof value['kind'] !== 'string') return undefined;
  const { title, createdMs, turn } = value;
  switch (value['kind']) {
    case 'start':
      return isText(title) && isNumber(createdMs) ? { kind: 'start', title, createdMs } : undefined;
    case 'turn':
      return isTurn(turn) ? { kind: 'turn', turn } : undefined;
    case 'head':
      return isText(turn) ? { kind: 'head', turn } : undefined;
    case 'title':
      return isText(title) ? { kind: 'title', title } : undefined;
    case 'torn':
      return { kind: 'torn' };
    default:
      return { kind: 'unknown' };
  }
}

/** What everything else relies on; the rest of a turn is shown as it is. */
function isTurn(value: unknown): value is ChatTurn {
  if (!isRecord(value)) return false;
  const { id, role, text, atMs, parent, context } = value;
  return (
    isText(id) &&
    (role === 'user' || role === 'assistant') &&
    isText(text) &&
    isNumber(atMs) &&
    (parent === null || isText(parent)) &&
    (context === undefined || (Array.isArray(context) && context.every(isItem)))
  );
}

function isItem(value: unknown): boolean {
  return isRecord(value) && isText(value['kind']) && isText(value['label']) && isText(value['text']);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
