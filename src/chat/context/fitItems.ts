import type { ContextItem } from '../../protocol/chatMessages.ts';
import { firstLinesThatFit } from './cut.ts';
import { withoutHidden } from './hiddenCharacters.ts';
import { headingText, itemBlock, separator } from './message.ts';

/** Tokens of a text, as the model counts them. */
export type CountTokens = (text: string) => number;

/** A piece of context as it was gathered: its text as the file has it. */
export type GatheredItem = Omit<ContextItem, 'tokens' | 'cut' | 'hiddenCharacters'>;

export interface FittedItems {
  readonly items: readonly ContextItem[];
  /** Labels of those without a line in the prompt. */
  readonly leftOut: readonly string[];
  readonly tokens: number;
}

/**
 * Attached context in the order in which it was attached, each item whole while there is room; the first that has not
 * enough is cut at a whole line from its end. Hidden characters are taken out.
 */
export function fitItems(gathered: readonly GatheredItem[], roomTokens: number, count: CountTokens): FittedItems {
  const items: ContextItem[] = [];
  const leftOut: string[] = [];
  const headingTokens = gathered.length === 0 ? 0 : count(headingText);
  let tokens = 0;
  for (const each of gathered) {
    const heading = items.length === 0 ? headingTokens : 0;
    const item = fitItem(each, roomTokens - tokens - heading, count);
    if (item === undefined) leftOut.push(each.label);
    else {
      items.push(item);
      tokens += heading + item.tokens;
    }
  }
  return { items, leftOut, tokens };
}

/** Undefined when not even its first line has room. */
function fitItem(gathered: GatheredItem, roomTokens: number, count: CountTokens): ContextItem | undefined {
  const { text, hidden } = withoutHidden(gathered.text);
  const tokensOf = (part: string): number => count(itemBlock(shownOf(gathered, text, part)) + separator);
  const shown = firstLinesThatFit(text, (part) => tokensOf(part) <= roomTokens);
  const tokens = tokensOf(shown);
  if (tokens > roomTokens || (shown === '' && text !== '')) return undefined;
  return { ...shownOf(gathered, text, shown), tokens, ...(hidden > 0 && { hiddenCharacters: hidden }) };
}

/** The item with the first lines of its text. */
function shownOf(item: GatheredItem, text: string, part: string): Omit<ContextItem, 'tokens'> {
  if (part.length === text.length) return { ...item, text };
  const lines = part.split('\n').length - (part.endsWith('\n') ? 1 : 0);
  const end = item.startLine === undefined ? {} : { endLine: item.startLine + Math.max(0, lines - 1) };
  return { ...item, ...end, text: part, cut: true };
}
