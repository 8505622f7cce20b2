import { isCode, type SourceFile } from './sourceFile.ts';

const longestLines = 400;

/** Files of code that are more than one thing. */
export function tooLong(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path }) => isCode(path) && !path.includes('/fixtures/'))
    .map(({ path, text }) => ({ path, lines: lineCount(text) }))
    .filter(({ lines }) => lines > longestLines)
    .map(({ path, lines }) => `${path}: ${lines} lines`);
}

/** Lines of the median file in src/. */
export function medianLines(files: readonly SourceFile[]): number {
  const counts = files
    .filter(({ path }) => path.startsWith('src/') && path.endsWith('.ts'))
    .map(({ text }) => lineCount(text))
    .toSorted((a, b) => a - b);
  return counts[Math.floor(counts.length / 2)] ?? 0;
}

/** Barrels, and names that say nothing about what is inside. */
export function poorNames(files: readonly SourceFile[]): string[] {
  const poor = /(^|\/)index\.[cm]?[jt]sx?$|(utils?|helpers?|managers?)\.[cm]?[jt]s$/i;
  return files.map(({ path }) => path).filter((path) => poor.test(path));
}

// Each pattern has a letter in brackets, so that it does not find itself.
const loose =
  /\bTO[D]O\b|\bFIX[M]E\b|@ts-[i]gnore|@ts-[n]ocheck|\b(?:it|describe|test|suite)\.(?:only|skip)\(|(?:\bas|:|<|,)\s*any\b(?=\s*[;,)>=\]|&{[]|$)/;
const developersPlaces = /\/wo[r]k\/(?:main|shared)|\.\.\/sha[r]ed\/|\.lib[r]ary\/|\/tmp\/v[h]\b/;
const registryHosts = /https?:\/\/[\w.-]*(?:regis[t]ry|npm[j]s|mir[r]or)[\w.-]*/;

/** What was left open, or switches the checks off: `file:line: what`. */
export function looseEnds(files: readonly SourceFile[]): string[] {
  return files.filter(({ path }) => isCode(path)).flatMap((file) => linesWith(file, loose));
}

/** Mentions of the places where the project happens to be developed: a clone has to do without them. */
export function privateWords(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => [...linesWith(file, developersPlaces), ...linesWith(file, registryHosts)]);
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** Dependencies whose version may change by itself. */
export function unpinned(manifest: Manifest): string[] {
  return Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })
    .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
    .map(([name, version]) => `${name}: ${version}`);
}

/** Dependencies that docs/dependencies.md has no row for, or one with another version. */
export function undocumented(manifest: Manifest, document: string): string[] {
  const rows = new Set(
    Array.from(document.matchAll(/^\| `([^`]+)` \| ([^ |]+) \|/gm), ([, name, version]) => `${name} ${version}`),
  );
  return Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })
    .map(([name, version]) => `${name} ${version}`)
    .filter((each) => !rows.has(each));
}

function linesWith({ path, text }: SourceFile, pattern: RegExp): string[] {
  return text.split('\n').flatMap((line, at) => {
    const what = pattern.exec(line)?.[0];
    return what === undefined ? [] : [`${path}:${at + 1}: ${what}`];
  });
}

function lineCount(text: string): number {
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}
