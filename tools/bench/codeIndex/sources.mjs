import { copyFileSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, extname, join, relative } from 'node:path';
import { integer, uniform } from '../random.mjs';

const extensions = new Set(
  '.ts .tsx .mts .cts .js .jsx .mjs .cjs .py .go .rs .java .c .h .cc .cpp .hpp .cs .rb .php .sh .css .html .md .json .yaml .yml'.split(
    ' ',
  ),
);
const maxBytes = 1_000_000;
/** Beside these, folders such as `dist` are what a build made and are left out: here they are what we index. */
const marks = new Set(['package.json', 'composer.json']);

/**
 * Source files below some folders, package by package in an order that the seed decides, up to a total size.
 * @returns {{ from: string, path: string, bytes: number }[]} where each lies, and where it belongs in a workspace
 */
export function findSources(folders, limitBytes, seed) {
  const packages = folders.flatMap((folder) => packagesIn(folder));
  const next = uniform(seed);
  for (let at = packages.length - 1; at > 0; at--) {
    const other = integer(next, 0, at + 1);
    [packages[at], packages[other]] = [packages[other], packages[at]];
  }
  const files = [];
  let bytes = 0;
  for (const { folder, base } of packages)
    for (const file of filesIn(folder, base)) {
      if (bytes + file.bytes > limitBytes) return files;
      files.push(file);
      bytes += file.bytes;
    }
  return files;
}

/** Copies sources into a workspace; `salt` makes other contents of them, and puts them into a folder of its own. */
export function copySources(files, workspace, salt = 0) {
  const paths = [];
  for (const { from, path } of files) {
    const to = join(workspace, salt === 0 ? '' : `again${salt}`, path);
    mkdirSync(dirname(to), { recursive: true });
    if (salt === 0) copyFileSync(from, to);
    else writeFileSync(to, readFileSync(from, 'utf8') + '\n'.repeat(salt));
    paths.push(to);
  }
  return paths;
}

/** The folders right below, those of scopes one deeper: as large a part of a folder as is taken at once. */
function packagesIn(base) {
  return readdirSync(base, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => {
      const folder = join(base, name);
      if (!name.startsWith('@')) return [{ folder, base }];
      return readdirSync(folder).map((each) => ({ folder: join(folder, each), base }));
    });
}

function* filesIn(folder, base) {
  let entries = [];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    // Not a folder, or not ours to read.
  }
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const from = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesIn(from, base);
    else if (entry.isFile() && extensions.has(extname(entry.name)) && !marks.has(entry.name)) {
      const { size } = statSync(from);
      // Installed packages are what we index here, so nothing may say that they are left out.
      const path = relative(dirname(base), from).replaceAll('node_modules', 'packages');
      if (size > 0 && size <= maxBytes) yield { from, path, bytes: size };
    }
  }
}
