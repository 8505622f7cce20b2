import { isPath } from './pathNames.ts';

/** What a unified diff says of one file before its hunks. */
export interface DiffFile {
  readonly old?: string;
  readonly new?: string;
  readonly isCreated?: boolean;
  readonly isDeleted?: boolean;
  readonly isRenamed?: boolean;
  /** What makes it impossible: a copy, a binary file. */
  readonly unsupported?: string;
}

const nowhere = '/dev/null';

/** A header line and what it adds. The first that fits is it. */
const headers: readonly { readonly line: RegExp; readonly read: (text: string, file: DiffFile) => DiffFile }[] = [
  { line: /^diff --git (.+)$/, read: (text, file) => ({ ...file, ...gitPaths(text) }) },
  { line: /^--- (.+)$/, read: (text, file) => withOld(file, pathIn(text)) },
  { line: /^\+\+\+ (.+)$/, read: (text, file) => withNew(file, pathIn(text)) },
  { line: /^rename from (.+)$/, read: (text, file) => ({ ...file, old: unquoted(text), isRenamed: true }) },
  { line: /^rename to (.+)$/, read: (text, file) => ({ ...file, new: unquoted(text), isRenamed: true }) },
  { line: /^(?:copy) (?:from|to) (.+)$/, read: (_, file) => ({ ...file, unsupported: 'it copies a file' }) },
  { line: /^(new) file mode /, read: (_, file) => ({ ...file, isCreated: true }) },
  { line: /^(deleted) file mode /, read: (_, file) => ({ ...file, isDeleted: true }) },
  {
    line: /^(Binary files .* differ|GIT binary patch)$/,
    read: (_, file) => ({ ...file, unsupported: 'it is a patch of a binary file' }),
  },
  { line: /^((?:dis)?similarity index|index [0-9a-f]|old mode|new mode)/, read: (_, file) => file },
];

const maxCharacters = 10_000;

/** The file with what a header line adds, or undefined when the line is no header. */
export function withHeader(file: DiffFile, line: string): DiffFile | undefined {
  if (line.length > maxCharacters) return undefined;
  for (const header of headers) {
    const text = header.line.exec(line)?.[1];
    if (text !== undefined) return header.read(text, file);
  }
  return undefined;
}

/** The path to change. Git's `a/` and `b/` are taken off both or neither. */
export function pathOf(file: DiffFile, known: readonly string[]): string | undefined {
  const { old, new: now } = namesOf(file, known);
  if (now === undefined || now === old) return old;
  if (old === undefined || file.isRenamed) return now;
  // "--- original" and "+++ modified" name nothing; what the prompt named does.
  return [now, old].find((path) => known.includes(path));
}

export function namesOf(file: DiffFile, known: readonly string[]): { readonly old?: string; readonly new?: string } {
  const hasPrefixes =
    file.isRenamed !== true && (file.old?.startsWith('a/') ?? true) && (file.new?.startsWith('b/') ?? true);
  const named = (path: string | undefined) => {
    if (path === undefined || known.includes(path)) return path;
    if (hasPrefixes) return path.slice(2);
    return isPath(path) ? path : undefined;
  };
  const [old, now] = [named(file.old), named(file.new)];
  return { ...(old && { old }), ...(now && { new: now }) };
}

/** Git names both files of a renaming before, without its prefixes. */
function withOld({ old, ...file }: DiffFile, path: string): DiffFile {
  if (path === nowhere) return { ...file, isCreated: true };
  return { ...file, old: file.isRenamed === true && old !== undefined ? old : path };
}

function withNew({ new: now, ...file }: DiffFile, path: string): DiffFile {
  if (path === nowhere) return { ...file, isDeleted: true };
  return { ...file, new: file.isRenamed === true && now !== undefined ? now : path };
}

/** `a/x b/x`, which cannot be told apart with blanks in names, unless both are the same. */
function gitPaths(text: string): Pick<DiffFile, 'old' | 'new'> {
  const quoted = /^("(?:[^"\\]|\\.)*") ("(?:[^"\\]|\\.)*")$/.exec(text) ?? /^a\/(.+) b\/\1$/.exec(text);
  if (quoted?.[2] !== undefined) return { old: unquoted(quoted[1] ?? ''), new: unquoted(quoted[2]) };
  if (quoted?.[1] !== undefined) return { old: `a/${quoted[1]}`, new: `b/${quoted[1]}` };
  const [old, now, ...rest] = text.split(' ');
  return old !== undefined && now !== undefined && rest.length === 0 ? { old, new: now } : {};
}

/** Without the time that `diff` writes behind a tab. */
function pathIn(text: string): string {
  return unquoted(text.replace(/\t.*$/, '').trim());
}

const escapes: Readonly<Record<string, number>> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13, '"': 34, '\\': 92 };

/** Git's quotation of paths: bytes in octal, as C has them. */
function unquoted(text: string): string {
  const inside = /^"((?:[^"\\]|\\.)*)"$/.exec(text)?.[1];
  if (inside === undefined) return text;
  const bytes = Array.from(inside.matchAll(/\\([0-7]{3})|\\(.)|([^\\]+)/g), ([, octal, escape, plain]) =>
    octal !== undefined
      ? Buffer.from([Number.parseInt(octal, 8) & 255])
      : escape !== undefined
        ? Buffer.from([escapes[escape] ?? escape.charCodeAt(0)])
        : Buffer.from(plain ?? ''),
  );
  return Buffer.concat(bytes).toString();
}
