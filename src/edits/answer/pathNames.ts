/** Names without an extension that are files, in the letters that they have by convention: "Build" is a heading. */
const bareNames =
  /^(?:GNUmakefile|[Mm]akefile|Dockerfile|Containerfile|Jenkinsfile|Vagrantfile|Procfile|Gemfile|Rakefile|Brewfile|Podfile|[Jj]ustfile|LICEN[SC]E|NOTICE|README|CHANGELOG|AUTHORS|CODEOWNERS|BUILD|WORKSPACE)$/;

/** Names of things that are no files. */
const noFiles: readonly RegExp[] = [
  /^(?:node|vue|next|nuxt|react|express|three|d3|chart|ember|alpine|nest|moment|discord)\.js$/i,
  /^(?:asp|vb|ado|ml)\.net$|^socket\.io$/i,
  /^(?:e\.g|i\.e|etc|vs)$/i,
  /^v?\d+(?:\.\d+)+$/,
  /^(?:\w{2,}:\/\/|https?:|www\.|mailto:)/i,
];

const label =
  /^\s*(?:file ?name|file ?path|file|path|new file|created?|updated?|modify|modified|edit|edited|in)(?::\*{0,3}\s*|\*{1,3}:?\s+|\s+)/i;

/** What models put around a path that stands on a line of its own. Removed in this order, each once. */
const decorations: readonly RegExp[] = [
  /^\s*>\s*/, // a quotation
  /^\s*(?:[-*+]|\d+[.)])\s+/, // a list item
  /^\s*#{1,6}\s+/, // a heading
  /^\s*\*{1,3}(?=\S)/, // bold
  label,
  /\s*\((?:new|new file|updated|modified|unchanged|edited|created)\)(?=[\s:*]*$)/i,
  /:?\*{0,3}:?\s*$/,
];

const commentMarks = /^\s*(?:\/\/+!?|#+|--|<!--|\/\*+|;+|%+|"""|\{\/\*)\s*|\s*(?:-->|\*+\/\}?|""")\s*$/g;

/** Longer lines name no path; the patterns would take long to find out. */
const maxCharacters = 500;

/** The path that a line of prose consists of, whatever it is dressed in. */
export function pathAlone(line: string, known: readonly string[]): string | undefined {
  if (line.length > maxCharacters) return undefined;
  let rest = line;
  let isLabelled = false;
  for (const decoration of decorations) {
    isLabelled ||= decoration === label && label.test(rest);
    rest = rest.replace(decoration, '');
  }
  const quoted = /^([`"'])(.+)\1$/.exec(rest.trim());
  const path = unescaped(quoted?.[2] ?? rest).trim();
  if (known.includes(path)) return path;
  if (quoted === null && /\s/.test(path)) return undefined;
  // "## Node.js" is a heading like any other.
  if (quoted === null && /^\s*#{1,6}\s/.test(line) && !/[/\\]/.test(path)) return undefined;
  return (isLabelled ? isMarkedPath(path) : isPath(path)) ? path : undefined;
}

/** The path that a comment in code consists of. */
export function pathInComment(line: string, known: readonly string[]): string | undefined {
  if (line.length > maxCharacters) return undefined;
  const text = line.replace(commentMarks, '');
  return text === line ? undefined : pathAlone(text, known);
}

/** The one path that a sentence mentions as code, or as the context names it. */
export function pathMentioned(line: string, known: readonly string[]): string | undefined {
  if (line.length > maxCharacters) return undefined;
  const spans = Array.from(line.matchAll(/`([^`]+)`/g), ([, span = '']) => span.trim()).filter(
    (span) => known.includes(span) || (!/\s/.test(span) && isPath(span)),
  );
  const words = line.split(/[\s`"'()*,]+/).map((word) => word.replace(/[.:;!?]+$/, ''));
  const paths = new Set([...spans, ...known.filter((path) => words.includes(path))]);
  const [only] = paths;
  return paths.size === 1 ? only : undefined;
}

/** Whether a word can be a path: one with an extension, or a name that files have without one. */
export function isPath(word: string): boolean {
  if (word.length > maxCharacters || /["<>|?*\n]|^[-@$&]|[.,;()]$/.test(word)) return false;
  if (noFiles.some((pattern) => pattern.test(word))) return false;
  const name = word.split(/[/\\]/).at(-1) ?? '';
  return /^\.?[^.\s].*\.[\w+-]{1,16}$|^\.[\w-]{2,}$/.test(name) || bareNames.test(name);
}

/** Whether a word that stands where a path belongs is one, also without an extension: `bin/run`. */
export function isMarkedPath(word: string): boolean {
  return (
    isPath(word) || (isPath(`${word}.x`) && /[/\\]/.test(word) && !/[/\\]$|^(?:text|application|image)\//.test(word))
  );
}

/** Markdown escapes, which models write into paths: `my\_file.py`. */
function unescaped(path: string): string {
  return path.replace(/\\([_*`])/g, '$1');
}
