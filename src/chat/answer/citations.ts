import type { Citation, ContextItem } from '../../protocol/chatMessages.ts';

/** `:10`, `:10-20`, `#L10`, `#L10-L20`; models also write a dash for the hyphen. */
const locations = /(?::(\d{1,7})(?:[-–](\d{1,7}))?|#L(\d{1,7})(?:[-–]L?(\d{1,7}))?)(?!\d)/g;
/** What would make a path longer on its left: the citation is of another file then. */
const partOfPath = /[\p{L}\p{N}_.\-/@]$/u;

/**
 * The places in an answer that are links: `path:line`, `path:from-to` or `path#L10-L20`, where the path is that of a
 * context item or the end of exactly one. A name that is not in the context is no link, so an answer cannot lead
 * anywhere else. While it is written (`isComplete` false), a place at its end that may go on is not reported yet.
 */
export function findCitations(
  answer: string,
  context: readonly Pick<ContextItem, 'path' | 'uri'>[],
  isComplete: boolean,
): readonly Citation[] {
  const uris = new Map(context.flatMap(({ path, uri }) => (path && uri ? [[path, uri] as const] : [])));
  const paths = [...uris.keys()];
  // Same length: offsets stay.
  const text = answer.replaceAll('\\', '/');
  return Array.from(text.matchAll(locations)).flatMap(({ 0: location, 1: from, 2: to, 3: fromL, 4: toL, index }) => {
    const end = index + location.length;
    const startLine = Number(from ?? fromL);
    if (startLine === 0 || (!isComplete && /^(?:[-–]L?)?$/.test(text.slice(end, end + 3)))) return [];
    const cited = citedPath(text.slice(Math.max(0, index - maxPath), index), paths);
    const uri = uris.get(cited?.path ?? '');
    if (cited === undefined || uri === undefined) return [];
    return [{ start: index - cited.length, end, uri, startLine, endLine: Math.max(startLine, Number(to ?? toL ?? 0)) }];
  });
}

/** Longer than any path of a workspace that people work with. */
const maxPath = 1000;

interface CitedPath {
  readonly path: string;
  /** Of what stands in the answer. */
  readonly length: number;
}

/** Which path a text ends with; undefined when none, or more than one could be meant. */
function citedPath(before: string, paths: readonly string[]): CitedPath | undefined {
  const found = paths.flatMap((path) => {
    const suffix = suffixesOf(path).find((each) => before.endsWith(each));
    return suffix === undefined ? [] : [{ path, suffix }];
  });
  const longest = Math.max(0, ...found.map(({ suffix }) => suffix.length));
  const meant = found.filter(({ suffix }) => suffix.length === longest);
  const exact = meant.find(({ path, suffix }) => path === suffix);
  const [only] = exact === undefined ? meant : [exact];
  if (only === undefined || (exact === undefined && meant.length > 1)) return undefined;
  const rest = before.slice(0, before.length - longest);
  const here = rest.endsWith('./') ? rest.slice(0, -2) : rest;
  return partOfPath.test(here) ? undefined : { path: only.path, length: before.length - here.length };
}

/** The path, then without its first folder, and so on to the name alone. */
function suffixesOf(path: string): readonly string[] {
  const segments = path.split('/');
  return segments.map((_, at) => segments.slice(at).join('/'));
}
