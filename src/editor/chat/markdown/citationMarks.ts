import type { Citation } from '../../../protocol/chatMessages.ts';

/**
 * Citations are known by where they stand in an answer, which its markup does not tell. So each is replaced by a mark
 * before the text is made into markup: characters for private use, which go through Markdown like letters, around the
 * citation's number. Those that an answer brings along are replaced first.
 *
 *     see \ue0000\ue001 and \ue0001\ue001.
 */
const [open, close] = ['\ue000', '\ue001'];
const own = /[\ue000\ue001]/g;
const marks = /\ue000(\d+)\ue001/g;

/** A text with as many UTF-16 units, in which no line ends with more than `\n` and none of our marks stand. */
export function markable(text: string): string {
  return text.replace(/\r\n/g, ' \n').replace(/\r/g, '\n').replace(own, '\ufffd');
}

/** The part of a `markable` text from `start` to `end`, with marks for the citations that lie in it. */
export function markCitations(text: string, citations: readonly Citation[], start: number, end: number): string {
  let at = start;
  let result = '';
  citations.forEach((citation, number) => {
    if (citation.start < at || citation.end > end || citation.end <= citation.start) return;
    result += text.slice(at, citation.start) + open + number + close;
    at = citation.end;
  });
  return result + text.slice(at, end);
}

/** A piece of text, and which citation it is; undefined for none. */
export interface MarkedText {
  readonly text: string;
  readonly citation?: number;
}

/** What a text with marks consists of. `names`: the citations as they stand in the answer. */
export function markedTexts(text: string, names: readonly string[]): readonly MarkedText[] {
  const parts: MarkedText[] = [];
  let end = 0;
  const plain = (to: number) => {
    const rest = text.slice(end, to).replace(own, '');
    if (rest !== '') parts.push({ text: rest });
  };
  for (const { 0: whole, 1: number, index } of text.matchAll(marks)) {
    plain(index);
    parts.push({ text: names[Number(number)] ?? '', citation: Number(number) });
    end = index + whole.length;
  }
  plain(text.length);
  return parts;
}

/** The text as it was before it was marked. */
export function withoutMarks(text: string, names: readonly string[]): string {
  return markedTexts(text, names)
    .map((part) => part.text)
    .join('');
}
