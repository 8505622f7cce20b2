import { posix } from 'node:path';

/** The importing file: its language and its path, relative to the workspace folder. */
export interface Importer {
  readonly languageId: string;
  readonly path: string;
}

/**
 * Where an import may be found, likeliest first, relative to the workspace folder. A path that ends with `/` stands
 * for all files of that folder with the importer's extension. Packages, system headers and everything outside of the
 * workspace folder give nothing; many of the paths do not exist.
 */
export function importPaths(importer: Importer, specifier: string, name: string): readonly string[] {
  const candidates = layouts[importer.languageId]?.(importer.path, specifier, name) ?? [];
  const inside = candidates.map((path) => posix.normalize(path)).filter((path) => !/^(\.\.(\/|$)|\/)/.test(path));
  return [...new Set(inside)].filter((path) => path !== importer.path);
}

type Layout = (from: string, specifier: string, name: string) => readonly string[];

const ecmaScriptEndings = ['.ts', '.tsx', '.d.ts', '.js', '.jsx', '.mts', '.mjs', '.cjs', '/index.ts', '/index.js'];

/** `./x`, `./x.ts`, and `./x.js` for a file that is `x.ts` before compilation. */
const ecmaScript: Layout = (from, specifier) => {
  if (!/^\.\.?(\/|$)/.test(specifier)) return [];
  const base = posix.join(posix.dirname(from), specifier).replace(/\/$/, '');
  const written = /\.[cm]?[jt]sx?$/.test(base) ? [base] : [];
  const source = base.replace(/\.([cm]?)jsx?$/, '.$1ts');
  const beforeCompiling = source === base ? [] : [source, `${source}x`];
  return [...written, ...beforeCompiling, ...ecmaScriptEndings.map((ending) => base + ending)];
};

/** Module files and packages, relative (`..a.b`) or absolute, from the file's own folder outwards and below `src`. */
const python: Layout = (from, specifier, name) => {
  const dots = /^\.*/.exec(specifier)?.[0].length ?? 0;
  const module = specifier.slice(dots).replaceAll('.', '/');
  const own = posix.dirname(from);
  const roots = dots > 0 ? [posix.join(own, ...Array<string>(dots - 1).fill('..'))] : outwards(own, 'src');
  return roots.flatMap((root) => {
    const base = posix.join(root, module);
    return [...(name === '*' ? [] : [posix.join(base, `${name}.py`)]), `${base}.py`, posix.join(base, '__init__.py')];
  });
};

/** An import path names a folder; which part of it is the module's name is not known here, so all suffixes count. */
const go: Layout = (_from, specifier) => {
  const segments = specifier.split('/');
  if (!segments[0]?.includes('.')) return [];
  return segments.slice(1).map((_, skipped) => `${segments.slice(skipped + 1).join('/')}/`);
};

/** `crate::a::b` lies below the nearest `src`; `self` and `super` start from the file's own module. */
const rust: Layout = (from, specifier, name) => {
  const [start, ...rest] = specifier.split('::');
  const folder = posix.dirname(from);
  const isFolderModule = /\/?(mod|lib|main)\.rs$/.test(from);
  const own = isFolderModule ? folder : from.replace(/\.rs$/, '');
  const sources = from.split('/').lastIndexOf('src');
  const starts: Readonly<Record<string, string>> = {
    crate: from
      .split('/')
      .slice(0, sources + 1)
      .join('/'),
    self: own,
    super: posix.dirname(own),
  };
  const root = starts[start ?? ''];
  if (root === undefined) return [];
  while (rest[0] === 'super') rest.splice(0, 1, '..');
  const module = posix.join(root, ...rest);
  const submodule = name === '*' ? [] : [`${module}/${name}.rs`, `${module}/${name}/mod.rs`];
  const itself = rest.length > 0 ? [`${module}.rs`, `${module}/mod.rs`] : [`${module}/lib.rs`, `${module}.rs`];
  return [...itself, ...submodule];
};

/** Quoted headers: beside the file, then from the usual include folders. */
const c: Layout = (from, specifier) => {
  if (specifier.startsWith('<')) return [];
  return [posix.dirname(from), '', 'include', 'src'].map((folder) => posix.join(folder, specifier));
};

const layouts: Readonly<Record<string, Layout>> = {
  typescript: ecmaScript,
  typescriptreact: ecmaScript,
  javascript: ecmaScript,
  javascriptreact: ecmaScript,
  python,
  go,
  rust,
  c,
  cpp: c,
  java: (from, specifier) =>
    outwards(posix.dirname(from), 'src/main/java').map((root) =>
      posix.join(root, `${specifier.replaceAll('.', '/')}.java`),
    ),
  php: (from, specifier) => {
    if (specifier.startsWith('./')) return [posix.join(posix.dirname(from), specifier)];
    // PSR-4: the first part of the namespace stands for a folder, usually one of these.
    const [first = '', ...rest] = specifier.split('\\');
    return ['src', 'app', 'lib', first, first.toLowerCase()].map((folder) => `${folder}/${rest.join('/')}.php`);
  },
  ruby: (from, specifier) =>
    specifier.startsWith('.') ? [posix.join(posix.dirname(from), `${specifier}.rb`)] : [`lib/${specifier}.rb`],
};

/** A folder and those above it up to the workspace folder, then one of its usual source folders. */
function outwards(folder: string, sourceFolder: string): readonly string[] {
  const segments = folder === '.' ? [] : folder.split('/');
  const above = segments.map((_, skipped) => segments.slice(0, segments.length - skipped).join('/'));
  return [...above, '', sourceFolder];
}
