import { describeTargetRefusal, type TargetRefusal } from './target/target.ts';

/** Where in a file, by lines counted from 1, both inclusive. */
interface LineSpan {
  readonly first: number;
  readonly last: number;
}

/** Why a change is not made. Says enough for a model to mend it in its next answer. */
export type Refusal =
  /** The answer does not say which file, and there is more than one in question. */
  | { readonly code: 'noPath' }
  /** The answer ended inside. */
  | { readonly code: 'unfinished' }
  /** Not the form it begins with: a missing or doubled separator, a patch of a binary file. */
  | { readonly code: 'malformed'; readonly what: string }
  /** A comment stands for code: "... rest unchanged". */
  | { readonly code: 'omission'; readonly text: string }
  | { readonly code: 'emptySearch' }
  | { readonly code: 'ambiguous'; readonly lines: readonly number[] }
  | { readonly code: 'alreadyThere'; readonly span: LineSpan }
  | { readonly code: 'notFound'; readonly nearest?: Nearest }
  /** The place is known, but the file differs from the search text just where it is to be changed. */
  | { readonly code: 'outdated'; readonly span: LineSpan; readonly has: readonly string[] }
  /** The file to change, delete or rename does not exist. */
  | { readonly code: 'noFile' }
  | { readonly code: 'exists'; readonly path: string }
  /** Two parts of the answer cannot both be: a file deleted and changed, two whole texts for it. */
  | { readonly code: 'contradiction'; readonly what: string }
  /** No place to write. */
  | TargetRefusal;

/** The part of the file that is most like the search text, and the first line in which it differs. */
export interface Nearest {
  readonly span: LineSpan;
  /** Counted from 1. */
  readonly line: number;
  readonly has: string;
  readonly wanted: string;
}

export function isRefusal(value: object): value is Refusal {
  return 'code' in value;
}

/** In English, for the model's next round and for logs that may hold code. */
export function describeRefusal(refusal: Refusal): string {
  switch (refusal.code) {
    case 'noPath':
      return 'It does not say which file it is for. Write the path on the line above.';
    case 'unfinished':
      return 'The answer ended before it was complete.';
    case 'malformed':
      return `It is malformed: ${refusal.what}.`;
    case 'omission':
      return `It leaves code out ("${shortened(refusal.text)}"). Write all of it, or a search/replace block for the lines that change.`;
    case 'emptySearch':
      return 'The search text is empty, but the file is not. Search for the lines beside which the new ones belong.';
    case 'ambiguous':
      return `The search text stands ${times(refusal.lines.length)}: at lines ${listed(refusal.lines)}. Add lines around it that stand at one of them only.`;
    case 'alreadyThere':
      return `The search text is not in the file, and the replacement already is (${spanText(refusal.span)}).`;
    case 'notFound':
      return refusal.nearest === undefined
        ? 'The search text is not in the file, nor anything like it.'
        : `The search text is not in the file. Nearest is ${spanText(refusal.nearest.span)}, which differs in line ${refusal.nearest.line}: it has "${shortened(refusal.nearest.has)}", not "${shortened(refusal.nearest.wanted)}".`;
    case 'outdated':
      return `The file differs from the search text where it is to be changed. It has, in ${spanText(refusal.span)}:\n${refusal.has.slice(0, maxListed).join('\n')}`;
    case 'noFile':
      return 'The file does not exist.';
    case 'exists':
      return `${refusal.path} exists already.`;
    case 'contradiction':
      return `It contradicts another part of the answer: ${refusal.what}.`;
    case 'target':
      return describeTargetRefusal(refusal);
  }
}

const maxQuoted = 120;
const maxListed = 10;

function shortened(text: string): string {
  const line = text.trim();
  return line.length > maxQuoted ? `${line.slice(0, maxQuoted)}…` : line;
}

function spanText({ first, last }: LineSpan): string {
  return first === last ? `line ${first}` : `lines ${first}-${last}`;
}

function times(count: number): string {
  return count === 2 ? 'twice' : `${count} times`;
}

function listed(numbers: readonly number[]): string {
  const shown = numbers.slice(0, maxListed).map(String);
  if (numbers.length > maxListed) return `${shown.join(', ')}, …`;
  return shown.length < 2 ? shown.join() : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
