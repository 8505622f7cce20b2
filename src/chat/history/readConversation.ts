import type { ChatTurn, Conversation } from '../../protocol/chatMessages.ts';
import { titleOf } from '../conversation/title.ts';
import { type ChatRecord, parseLine } from './records.ts';

export interface ReadConversation {
  readonly conversation: Conversation;
  /** Why more than the end of the file could not be read; what could is in the conversation. */
  readonly damage?: string;
}

/** Makes a conversation of its file's text, whatever is in it. Half a line where a process stopped is no damage: it is left out. */
export function readConversation(name: Pick<Conversation, 'folder' | 'id'>, text: string): ReadConversation {
  const { records, unreadable } = readRecords(text);
  const start = records.find((record) => record.kind === 'start');
  const { turns, head, astray } = readTurns(records);
  const question = turns.find(({ role }) => role === 'user');
  const title = records.findLast((record) => record.kind === 'title') ?? start;
  const createdMs = start?.createdMs ?? question?.atMs ?? 0;
  const conversation: Conversation = {
    ...name,
    title: title?.title ?? titleOf(question?.text ?? ''),
    createdMs,
    changedMs: turns.reduce((latest, { atMs }) => Math.max(latest, atMs), createdMs),
    turns,
    head,
  };
  const damage = damageOf(unreadable, start === undefined, astray);
  return { conversation, ...(damage !== undefined && { damage }) };
}

function damageOf(unreadable: readonly number[], lacksStart: boolean, astray: number): string | undefined {
  if (unreadable.length > 0) return `line ${unreadable.slice(0, 5).join(', ')} cannot be read`;
  if (lacksStart) return 'its first line is missing';
  return astray > 0 ? `${astray} turns follow none that is there` : undefined;
}

interface ReadRecords {
  readonly records: readonly ChatRecord[];
  /** Numbers of lines, 1-based. */
  readonly unreadable: readonly number[];
}

function readRecords(text: string): ReadRecords {
  const lines = text.split('\n');
  const parsed = lines.map((line) => (line === '' ? ({ kind: 'unknown' } as const) : parseLine(line)));
  const last = lines.length - 1;
  const unreadable = parsed.flatMap((record, at) =>
    record === undefined && at !== last && parsed[at + 1]?.kind !== 'torn' ? [at + 1] : [],
  );
  return { records: parsed.filter((record) => record !== undefined && record.kind !== 'unknown'), unreadable };
}

interface ReadTurns {
  readonly turns: readonly ChatTurn[];
  readonly head: string | null;
  /** Turns of which the parent is not there. They follow the turn above them instead. */
  readonly astray: number;
}

/** As `withTurn` would, one after the other, in linear time. */
function readTurns(records: readonly ChatRecord[]): ReadTurns {
  const turns = new Map<string, ChatTurn>();
  const newest: { user: string | null; assistant: string | null } = { user: null, assistant: null };
  let head: string | null = null;
  let astray = 0;
  for (const record of records) {
    if (record.kind === 'head' && turns.has(record.turn)) head = record.turn;
    if (record.kind !== 'turn') continue;
    const { turn } = record;
    const known = turns.get(turn.id);
    if (known !== undefined) {
      turns.set(turn.id, { ...turn, role: known.role, parent: known.parent });
      continue;
    }
    const other = turn.role === 'user' ? 'assistant' : 'user';
    const isPlaced = turn.parent === null ? turn.role === 'user' : turns.get(turn.parent)?.role === other;
    if (!isPlaced) astray++;
    const parent = isPlaced ? turn.parent : newest[other];
    if (parent === null && turn.role === 'assistant') continue;
    turns.set(turn.id, { ...turn, parent });
    newest[turn.role] = turn.id;
    head = turn.id;
  }
  return { turns: [...turns.values()], head, astray };
}
