import type { Embedder } from '../embedder/embedder.ts';
import { isDeclaredTerm, searchTerms } from '../terms.ts';
import type { SearchRequest } from './hit.ts';
import { silentWords } from './stopWords.ts';

/** A request as the retrievers want it. */
export interface Query {
  /** Distinct, in the order of the request. */
  readonly terms: readonly string[];
  /** What may be the name of a declaration, most wanted first, as written. */
  readonly names: readonly string[];
  /** Of length 0 when the request has no words that the embedder knows. */
  readonly vector: Float32Array;
}

/** More take BM25 longer and move its order little. */
const maxTerms = 48;
const maxNames = 12;
const maxCountedNames = 4;
/** A request this short may be a name, typed as words. */
const maxWordsOfName = 4;

/** Rejects when the embedder does. */
export async function vectorOf(request: SearchRequest, embedder: Embedder): Promise<Float32Array> {
  const [vector = new Float32Array(embedder.dimensions)] = await embedder.embed([wholeText(request)], 'question');
  return vector;
}

/** Words to count. Those that say nothing are left out, unless there are no others. */
export function termsOf(request: SearchRequest): readonly string[] {
  const all = [...new Set(searchTerms(wholeText(request)))].filter((term) => !isDeclaredTerm(term));
  const silent = silentWords[request.kind];
  const telling = all.filter((term) => !silent.has(term));
  return (telling.length > 0 ? telling : all).slice(0, maxTerms);
}

/** Names of declarations that a request may mean: those given, or those that its text spells out. */
export function namesOf({ text, kind, names = [] }: SearchRequest): readonly string[] {
  const found = kind === 'code' ? names : [...names, ...spelledNames(text), ...joinedName(text)];
  return [...new Set(found)].slice(0, maxNames);
}

/** The text with the most wanted names before it; further names are for the retriever of names. */
function wholeText({ text, names = [] }: SearchRequest): string {
  return [...names.slice(0, maxCountedNames), text].join('\n');
}

/** `readFile`, `read_file`, `File2`, `read()`, `` `read` ``: what nobody writes in prose. */
function spelledNames(text: string): readonly string[] {
  const spelled = /`([\w$]+)`|([\p{L}_$][\w$]*)(?=\()|([\p{L}_$][\p{L}\d_$]*)/gu;
  return [...text.matchAll(spelled)].flatMap(([, quoted, called, word = '']) => {
    const certain = quoted ?? called;
    if (certain !== undefined) return [certain];
    return /\p{Ll}\p{Lu}|\p{L}_+\p{L}|\p{L}\d/u.test(word) ? [word] : [];
  });
}

/** `read file text` may be `readFileText` or `read_file_text`; case is ignored later. */
function joinedName(text: string): readonly string[] {
  const words = text.match(/[\p{L}\d_$]+/gu) ?? [];
  if (words.length === 0 || words.length > maxWordsOfName) return [];
  const single = words.filter((word) => words.length === 1 || !silentWords.question.has(word.toLowerCase()));
  return words.length === 1 ? single : [words.join(''), words.join('_'), ...single];
}
