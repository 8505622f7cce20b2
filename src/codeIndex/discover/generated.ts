/** Files that a program wrote, by name. In small letters; `*` is any text. */
const generatedNames: readonly string[] = [
  // What package managers resolved.
  'package-lock.json',
  'npm-shrinkwrap.json',
  'yarn.lock',
  'pnpm-lock.yaml',
  'bun.lock',
  'deno.lock',
  'composer.lock',
  'cargo.lock',
  'gemfile.lock',
  'poetry.lock',
  'pdm.lock',
  'uv.lock',
  'pipfile.lock',
  'go.sum',
  'go.work.sum',
  'flake.lock',
  'podfile.lock',
  'pubspec.lock',
  'mix.lock',
  'packages.lock.json',
  'package.resolved',
  'gradle.lockfile',
  'chart.lock',
  // Bundles and their maps.
  '*.min.js',
  '*.min.mjs',
  '*.min.cjs',
  '*.min.css',
  '*.min.html',
  '*.bundle.js',
  '*.chunk.js',
  '*-min.js',
  '*.map',
  // Wrappers that build tools copy into every repository.
  'gradlew',
  'gradlew.bat',
  'mvnw',
  'mvnw.cmd',
  '.pnp.cjs',
  '.pnp.loader.mjs',
  // Interface definitions and annotations, compiled.
  '*.pb.go',
  '*.pb.gw.go',
  '*.pb.cc',
  '*.pb.h',
  '*.pb.ts',
  '*_pb.js',
  '*_pb.ts',
  '*_pb.d.ts',
  '*_pb2.py',
  '*_pb2.pyi',
  '*_pb2_grpc.py',
  '*_grpc_pb.js',
  '*.g.dart',
  '*.freezed.dart',
  '*.gr.dart',
  '*.g.cs',
  '*.g.i.cs',
  '*.designer.cs',
  '*.generated.*',
  '*_generated.*',
  '*.gen.go',
  '*.gen.ts',
  'zz_generated.*',
  'bindata.go',
  '*_string.go',
  'mock_*.go',
  '*.tsbuildinfo',
  '*.snap',
  '*.ambr',
]; // prettier-ignore

const generatedName = new RegExp(
  `^(?:${generatedNames.map((name) => name.replaceAll('.', String.raw`\.`).replaceAll('*', '.*')).join('|')})$`,
);

/** What generators write into the first lines of what they make. */
const marks: readonly RegExp[] = [
  /@generated\b/,
  /^.{0,20}\bCode generated\b.{0,200}\bDO NOT EDIT\b/im,
  /<auto-?generated/i,
  /\b(?:this|the) (?:file|code|class|module) (?:is|was|has been) (?:auto(?:matically)?[- ]?)?generated\b/i,
  /\bauto(?:matically)?[- ]?generated (?:by|from|file|code)\b(?=[^]{0,300}?\b(?:do not|don't|not be) (?:edit|modif|change))/i,
];

/** Prose has its lines as long as its paragraphs; a notebook's lines are of its format. */
const longLined = /\.(?:md|mdx|markdown|mdown|mkd|txt|text|rst|adoc|asciidoc|tex|ltx|qmd|rmd|ipynb)$/i;
const headCharacters = 1_500;
const longLine = 300;
const longestLine = 20_000;

/**
 * Whether a program wrote the file, so that searching it helps nobody: lock files, bundles, compiled interfaces.
 *
 * @param path `/`-separated
 * @param text with `\n` line ends; without it, the name decides
 */
export function isGenerated(path: string, text = ''): boolean {
  if (generatedName.test(path.slice(path.lastIndexOf('/') + 1).toLowerCase())) return true;
  const head = text.slice(0, headCharacters);
  if (marks.some((mark) => mark.test(head))) return true;
  return !longLined.test(path) && text.length > longLine * 2 && isMinified(text);
}

function isMinified(text: string): boolean {
  let lines = 0;
  for (let start = 0; start < text.length; lines++) {
    const end = text.indexOf('\n', start);
    const next = end < 0 ? text.length : end;
    if (next - start > longestLine) return true;
    start = next + 1;
  }
  return text.length / lines > longLine;
}
