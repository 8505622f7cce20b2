/** File names without an extension that are files all the same. */
const bareNames =
  /^(makefile|dockerfile|containerfile|jenkinsfile|vagrantfile|procfile|gemfile|rakefile|brewfile|justfile|license|licence|notice|readme|changelog|authors|codeowners|build|workspace)$/i;

/** What models put around a path that stands on a line of its own. Removed in this order, each once. */
const decorations: readonly RegExp[] = [
  /^\s*>\s*/, // a quotation
  /^\s*(?:[-*+]|\d+[.)])\s+/, // a list item
  /^\s*#{1,6}\s+/, // a heading
  /^\s*\*{1,3}(?=\S)/, // bold
  /^\s*(?:file ?name|file ?path|file|path|new file|created?|updated?|modify|modified|edit|edited|in)(?::\*{0,3}\s*|\*{1,3}:?\s+|\s+)/i,
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
  for (const decoration of decorations) rest = rest.replace(decoration, '');
  const quoted = /^([`"'])(.+)\1$/.exec(rest.trim());
  const path = unescaped(quoted?.[2] ?? rest).trim();
  if (known.includes(path)) return path;
  if (quoted === null && /\s/.test(path)) return undefined;
  // "## Node.js" is a heading like any other.
  if (quoted === null && /^\s*#{1,6}\s/.test(line) && !/[/\\]/.test(path)) return undefined;
  return isPath(path) ? path : undefined;
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

/** Whether a word can be a path and is no other thing that has dots and slashes. */
export function isPath(word: string): boolean {
  if (
    word.length > maxCharacters ||
    /^(\w{2,}:\/\/|www\.|[-@$<&|]|https?:)/.test(word) ||
    /["<>|?*\n]|[.,;]$/.test(word)
  )
    return false;
  if (/^v?\d+(\.\d+)+$/.test(word) || /^\W*$/.test(word) || /[()]$/.test(word)) return false;
  const name = word.split(/[/\\]/).at(-1) ?? '';
  if (name === '') return false;
  const hasExtension = /^\.?[^.\s].*\.[\w+-]{1,16}$/.test(name) || /^\.[\w-]{2,}$/.test(name);
  return (
    hasExtension || bareNames.test(name) || (/[/\\]/.test(word) && !/\s/.test(word) && /^[\w.@[\]()~+$-]+$/.test(name))
  );
}

/** Markdown escapes, which models write into paths: `my\_file.py`. */
function unescaped(path: string): string {
  return path.replace(/\\([_*`])/g, '$1');
}
