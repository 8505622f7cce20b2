import type { Translate } from '../../../protocol/problems.ts';

/** What a screen reader says of an answer that is being written. */
export interface Spoken {
  readonly text: string;
  /** How much of the answer has been said with it. */
  readonly upTo: number;
}

const fence = /^ {0,3}(?:`{3,}|~{3,})/gm;
/** The end of a sentence, in scripts with and without spaces, or of a line. */
const sentenceEnd = /[.!?:…]["')\]*_`]*(?=\s)|[。！？]|\n/g;

/**
 * The whole sentences of an answer after `from`; undefined while there are none. Code is said to be there, and how much,
 * rather than read out. `isOver`: the answer is complete, so what is left of it is a sentence.
 */
export function nextSentences(answer: string, from: number, isOver: boolean, t: Translate): Spoken | undefined {
  const upTo = isOver ? answer.length : endOfSentences(answer, from);
  if (upTo <= from) return undefined;
  const text = plainWords(answer.slice(from, upTo), t);
  return { text, upTo };
}

/** Never within a code block: it is said as a whole. */
function endOfSentences(answer: string, from: number): number {
  const rest = answer.slice(from);
  const ends = Array.from(rest.matchAll(sentenceEnd), ({ 0: end, index }) => index + end.length);
  const last = ends.findLast((end) => (rest.slice(0, end).match(fence) ?? []).length % 2 === 0);
  return from + (last ?? 0);
}

function plainWords(markdown: string, t: Translate): string {
  return markdown
    .replace(
      /^ {0,3}(`{3,}|~{3,})[^\n]*\n([^]*?)(?:^ {0,3}\1[`~]*[^\S\n]*$|$(?![^]))/gm,
      (_all, _fence, code: string) => {
        return ` ${t('Code with {0} lines.', code.replace(/\n$/, '').split('\n').length)} `;
      },
    )
    .replace(/!?\[([^\]\n]*)\]\([^)\n]*\)/g, '$1')
    .replace(/^[ \t]*(?:#{1,6}|>|[-*+]|\d+[.)])[ \t]+/gm, '')
    .replace(/[*_`~]{1,3}/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
