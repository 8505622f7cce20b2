// What may be in the .vsix, and what must be. Anything else stops the packaging with its name.

const required = [
  'package.json',
  'package.nls.json',
  'package.nls.ko.json',
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
  'ThirdPartyNotices.txt',
  'ThirdPartyNotices.LanceDB.html',
  'l10n/bundle.l10n.ko.json',
  'models/starter.gguf',
  'models/starter-embedder.safetensors',
  'models/general-code.jsonl',
  'dist/extension.cjs',
  'dist/webview/personal.js',
  'media/personal/personal.css',
  'dist/webview/chat/chat.js',
  'media/chat/chat.css',
  'media/chat.svg',
  'dist/server.js',
  'dist/modelHost.js',
  'dist/indexHost.js',
  'dist/fileWorker.js',
  'dist/indexFolder.js',
  'dist/trainer.js',
  'dist/grammars/web-tree-sitter.wasm',
  'dist/grammars/tree-sitter-typescript.wasm',
  'dist/grammars/tree-sitter-python.wasm',
  'dist/node_modules/node-llama-cpp/dist/index.js',
  'dist/node_modules/node-llama-cpp/dist/bindings/utils/testBindingBinary.js',
  'dist/node_modules/koffi/index.js',
];

const allowed = [
  ...required.map((path) => new RegExp(`^${path.replaceAll('.', '\\.')}$`)),
  /^l10n\/bundle\.l10n(\.[a-z-]+)?\.json$/,
  /^media\/.+\.(svg|png|md)$/,
  /^models\/[\w.-]+\.md$/,
  /^dist\/chunk-\w+\.js$/,
  /^dist\/\w+\.(js|cjs)\.LEGAL\.txt$/,
  /^dist\/webview\/chat\/chat\.js\.LEGAL\.txt$/,
  /^dist\/grammars\/[\w-]+\.wasm$/,
];

/** What node-llama-cpp and koffi load at run time; a package that is new here was not looked at yet. */
const packages = new Set(
  `@huggingface/jinja @kwsites/file-exists @kwsites/promise-deferred @simple-git/args-pathspec @simple-git/argv-parser
  @tinyhttp/content-disposition ansi-escapes ansi-regex ansi-styles async-retry bytes chalk chmodrp ci-info cli-cursor
  cli-spinners cross-spawn debug emoji-regex env-var eventemitter3 filename-reserved-regex filenamify fs-extra
  get-east-asian-width graceful-fs has-flag ipull is-fullwidth-code-point is-interactive is-unicode-supported isexe
  jsonfile koffi lifecycle-utils lodash.debounce log-symbols mimic-function ms nanoid node-llama-cpp onetime ora parse-ms
  path-key pretty-bytes pretty-ms proper-lockfile restore-cursor retry semver shebang-command shebang-regex signal-exit
  simple-git sleep-promise slice-ansi stdin-discarder stdout-update string-width strip-ansi supports-color universalify
  which yoctocolors`.split(/\s+/),
);
const moduleFile = /\.(js|cjs|mjs|json)$|(^|\/)(licen[cs]e|notice)[\w.-]*$/i;
const llamaFile =
  /^(package\.json|LICENSE|dist\/index\.js|bins\/[\w-]+\/(_nlcBuildMetadata\.json|llama-addon\.node|[\w.-]+\.(so|dylib|dll|metal)))$/;

const lanceFile = /^(package\.json|lancedb\.[\w-]+\.node)$/;
const koffiFile = /^(package\.json|index\.js|\w+\/koffi\.node)$/;

/**
 * Holds the files of a package for `target` against the list. Pure.
 * @returns sentences that name each unexpected and each missing file; empty when all is well
 */
export function contentProblems(files, { binaries }) {
  const present = new Set(files);
  const isAllowed = (file) => allowed.some((pattern) => pattern.test(file)) || isAllowedModule(file, binaries);
  const addons = binaries.map((name) => `dist/node_modules/${name}/${addonOf(name)}`);
  return [
    ...files.filter((file) => !isAllowed(file)).map((file) => `Unexpected file in the package: ${file}`),
    ...[...required, ...addons].filter((file) => !present.has(file)).map((file) => `Missing from the package: ${file}`),
  ];
}

function isAllowedModule(file, binaries) {
  const [, name, path] = file.match(/^dist\/(?:.+\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\/(.+)$/) ?? [];
  if (name === undefined || path === undefined) return false;
  if (binaries.includes(name)) return (isLance(name) ? lanceFile : isKoffi(name) ? koffiFile : llamaFile).test(path);
  return packages.has(name) && moduleFile.test(path);
}

function addonOf(name) {
  const [, platform] = name.split('/');
  // `koffi-linux-x64` has `linux_x64/koffi.node`, and the same for musl.
  if (isKoffi(name)) return `${platform.replace('koffi-', '').replace('-', '_')}/koffi.node`;
  return isLance(name) ? `${platform.replace('-', '.')}.node` : `bins/${platform}/llama-addon.node`;
}

function isKoffi(name) {
  return name.startsWith('@koromix/');
}

function isLance(name) {
  return name.startsWith('@lancedb/');
}
