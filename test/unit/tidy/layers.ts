import { posix } from 'node:path';
import { importsOf, type SourceFile } from './sourceFile.ts';

/**
 * Who may import whom inside src/, as docs/architecture.md says. A file belongs to the longest prefix that fits;
 * its own prefix is always allowed.
 */
const layers: Readonly<Record<string, readonly string[]>> = {
  'base/': [],
  'formats/': ['base/'],
  'protocol/': ['base/'],
  'syntax/': ['base/', 'protocol/'],
  'privacy/': ['base/', 'protocol/'],
  'inference/': ['base/', 'formats/', 'protocol/', 'syntax/', 'privacy/'],
  'personalize/': ['base/', 'formats/', 'protocol/', 'syntax/', 'privacy/'],
  'codeIndex/': ['base/', 'formats/', 'protocol/', 'syntax/', 'privacy/'],
  'edits/': ['base/', 'protocol/', 'syntax/', 'privacy/'],
  'chat/': ['base/', 'formats/', 'protocol/', 'syntax/', 'privacy/'],
  'engine/': [
    'base/',
    'protocol/',
    'syntax/',
    'privacy/',
    'inference/',
    'personalize/',
    'codeIndex/',
    'edits/',
    'chat/',
  ],
  'server.ts': [
    'base/',
    'protocol/',
    'syntax/',
    'privacy/',
    'inference/',
    'personalize/',
    'codeIndex/',
    'edits/',
    'chat/',
    'engine/',
  ],
  'editor/': ['base/', 'protocol/'],
  'extension.ts': ['base/', 'protocol/', 'editor/'],
};

/** Modules with a price (native code, megabytes, an editor) and the only places that may load them. */
const homes: readonly {
  readonly module: RegExp;
  readonly in: RegExp;
  /** Where its types may be imported as well. */
  readonly typesIn?: RegExp;
  /** Must not be loaded before it is known to exist. */
  readonly dynamicOnly?: true;
}[] = [
  { module: /^node-llama-cpp$/, in: /^src\/inference\/modelHost\.ts$/, typesIn: /^src\/inference\// },
  { module: /^web-tree-sitter$/, in: /^src\/syntax\// },
  {
    module: /^@lancedb\/lancedb$/,
    in: /^src\/codeIndex\/store\/lance\.ts$/,
    typesIn: /^src\/codeIndex\/store\//,
    dynamicOnly: true,
  },
  { module: /^apache-arrow$/, in: /^src\/codeIndex\/store\// },
  { module: /^vscode$/, in: /^src\/(editor\/|extension\.ts$)/ },
  { module: /^vscode-languageclient/, in: /^src\/(editor\/|extension\.ts$)/ },
  { module: /^vscode-languageserver($|\/)/, in: /^src\/(engine\/|server\.ts$)/ },
  { module: /^koffi$/, in: /^src\/personalize\/trainer\/ggml\.ts$/ },
  { module: /^node:sqlite$/, in: /^src\/personalize\/events\//, dynamicOnly: true },
];

export function layerNames(): readonly string[] {
  return Object.keys(layers);
}

/** `file -> file` for every import that goes up or sideways, and every file outside the table. */
export function layerViolations(files: readonly SourceFile[]): string[] {
  return sources(files).flatMap((file) => {
    const own = layerOf(file.path);
    if (own === undefined) return [`${file.path} belongs to no layer`];
    const allowed = [own, ...(layers[own] ?? [])];
    return targetsOf(file)
      .filter((target) => !allowed.includes(layerOf(target) ?? ''))
      .map((target) => `${file.path} -> ${target}`);
  });
}

/** One line per import cycle, types included: files that cannot be understood one at a time. */
export function cycles(files: readonly SourceFile[]): string[] {
  const edges = new Map(sources(files).map((file) => [file.path, targetsOf(file)]));
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) found.push([...trail.slice(trail.indexOf(path)), path].join(' -> '));
    if (done.has(path)) return;
    done.add(path);
    for (const target of edges.get(path) ?? []) visit(target, [...trail, path]);
  };
  for (const path of edges.keys()) visit(path, []);
  return found;
}

/** `file: module` for every import of a heavy module outside its home. */
export function strayHeavyImports(files: readonly SourceFile[]): string[] {
  return sources(files).flatMap((file) =>
    importsOf(file)
      .filter(({ from, kind }) =>
        homes.some((home) => {
          if (!home.module.test(from)) return false;
          if (kind === 'type') return !home.in.test(file.path) && !home.typesIn?.test(file.path);
          return !home.in.test(file.path) || (home.dynamicOnly === true && kind !== 'dynamic');
        }),
      )
      .map(({ from }) => `${file.path}: ${from}`),
  );
}

function sources(files: readonly SourceFile[]): readonly SourceFile[] {
  return files.filter(({ path }) => path.startsWith('src/') && path.endsWith('.ts'));
}

function targetsOf(file: SourceFile): string[] {
  return importsOf(file)
    .filter(({ from }) => from.startsWith('.'))
    .map(({ from }) => posix.join(posix.dirname(file.path), from));
}

function layerOf(path: string): string | undefined {
  return Object.keys(layers)
    .filter((layer) => path.startsWith(`src/${layer}`))
    .toSorted((a, b) => b.length - a.length)[0];
}
