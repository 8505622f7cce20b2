import type { ChatTurn } from '../../protocol/chatMessages.ts';
import type { RoleMessage } from '../promptPart.ts';
import type { CountTokens } from './fitItems.ts';
import { answerMessage, questionMessage } from './message.ts';

export interface FittedHistory {
  readonly messages: readonly RoleMessage[];
  /** Questions with their answers. */
  readonly leftOut: number;
  readonly tokens: number;
}

/** A question and what was answered. */
type Exchange = readonly RoleMessage[];

/**
 * As many of the newest exchanges as have room, each whole. When not all have, the oldest leave a part of the budget at a
 * time: a prompt then begins as the one before for several turns, and the model's cache stays of use.
 */
export function fitHistory(
  turns: readonly ChatTurn[],
  roomTokens: number,
  tokensOf: (message: RoleMessage) => number,
  stepCharacters: number,
): FittedHistory {
  const exchanges = exchangesOf(turns);
  let tokens = 0;
  let first = exchanges.length;
  const costs: number[] = [];
  while (first > 0) {
    const cost = sum((exchanges[first - 1] ?? []).map(tokensOf));
    if (tokens + cost > roomTokens) break;
    tokens += cost;
    costs[--first] = cost;
  }
  const from = firstKept(exchanges, first, stepCharacters);
  const left = sum(costs.slice(first, from));
  return { messages: exchanges.slice(from).flat(), leftOut: from, tokens: tokens - left };
}

/** `(3 earlier turns left out)`, for the model to read; '' when none are. */
export function leftOutNote(exchanges: number): string {
  if (exchanges === 0) return '';
  return `(${exchanges} earlier ${exchanges === 1 ? 'turn' : 'turns'} left out)\n\n`;
}

/** What the note can cost at most. */
export function noteTokens(turns: readonly ChatTurn[], count: CountTokens): number {
  return turns.length === 0 ? 0 : count(leftOutNote(turns.length));
}

/**
 * The first exchange from `first` on that begins a step: where the characters before it pass another multiple of
 * `stepCharacters`. Where that is depends on what was said and not on the room, so it stays while the conversation goes
 * on. `first` itself where no step begins any more.
 */
function firstKept(exchanges: readonly Exchange[], first: number, stepCharacters: number): number {
  let characters = 0;
  let step = 0;
  for (const [at, exchange] of exchanges.entries()) {
    const isMilestone = at === 0 || Math.floor(characters / stepCharacters) > step;
    if (isMilestone && at >= first) return at;
    step = Math.floor(characters / stepCharacters);
    characters += sum(exchange.map(({ content }) => content.length));
  }
  return first;
}

/** Without answers in which nothing was said. */
function exchangesOf(turns: readonly ChatTurn[]): readonly Exchange[] {
  const exchanges: RoleMessage[][] = [];
  for (const turn of turns)
    if (turn.role === 'user') exchanges.push([questionMessage(turn)]);
    else if (answerMessage(turn).content !== '') exchanges.at(-1)?.push(answerMessage(turn));
  return exchanges;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
