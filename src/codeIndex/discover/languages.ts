/** VS Code's language id for the ending of a file name; what has none here is data rather than text that people write. */
const byEnding: Readonly<Record<string, string>> = {
  abap: 'abap',
  'ada adb ads': 'ada',
  'adoc asciidoc': 'asciidoc',
  'asm s nasm': 'asm',
  astro: 'astro',
  'bash sh zsh ksh bats envrc': 'shellscript',
  'bat cmd': 'bat',
  bicep: 'bicep',
  c: 'c',
  'cc cpp cxx hpp hxx hh h++ c++ ino inl ipp tpp ixx cppm': 'cpp',
  h: 'cpp',
  'clj cljs cljc edn': 'clojure',
  cmake: 'cmake',
  coffee: 'coffeescript',
  cr: 'crystal',
  'cs csx cake': 'csharp',
  'cshtml razor': 'razor',
  css: 'css',
  'cu cuh': 'cuda-cpp',
  d: 'd',
  dart: 'dart',
  dockerfile: 'dockerfile',
  elm: 'elm',
  'erl hrl': 'erlang',
  'ex exs heex': 'elixir',
  'f f90 f95 f03 for': 'fortran',
  fish: 'fish',
  'fs fsi fsx': 'fsharp',
  gd: 'gdscript',
  'glsl vert frag comp geom': 'glsl',
  go: 'go',
  'gql graphql': 'graphql',
  'gradle groovy': 'groovy',
  'hbs handlebars mustache': 'handlebars',
  'hcl nomad': 'hcl',
  'hlsl hlsli fx': 'hlsl',
  'hs lhs': 'haskell',
  'html htm xhtml': 'html',
  'ini cfg conf desktop': 'ini',
  ipynb: 'jupyter',
  java: 'java',
  jl: 'julia',
  'js mjs cjs es6': 'javascript',
  jsx: 'javascriptreact',
  'json webmanifest': 'json',
  'jsonc json5 code-workspace': 'jsonc',
  'kt kts': 'kotlin',
  less: 'less',
  liquid: 'liquid',
  'lisp lsp el cl': 'lisp',
  lua: 'lua',
  m: 'objective-c',
  mm: 'objective-cpp',
  'makefile mk mak': 'makefile',
  'markdown md mkd mdown': 'markdown',
  mdx: 'mdx',
  'ml mli': 'ocaml',
  move: 'move',
  nim: 'nim',
  nix: 'nix',
  'pas pp dpr': 'pascal',
  'php phtml inc': 'php',
  'pl pm': 'perl',
  prisma: 'prisma',
  properties: 'properties',
  proto: 'proto3',
  'ps1 psm1 psd1': 'powershell',
  'pug jade': 'jade',
  'py pyi pyw pyx pxd bzl star': 'python',
  qmd: 'quarto',
  qml: 'qml',
  r: 'r',
  rmd: 'rmd',
  'rake rb gemspec podspec erb ru': 'ruby',
  rs: 'rust',
  rst: 'restructuredtext',
  sass: 'sass',
  'scala sc sbt': 'scala',
  'scm ss rkt': 'scheme',
  scss: 'scss',
  sol: 'solidity',
  'sql ddl dml psql': 'sql',
  'sv svh': 'systemverilog',
  svelte: 'svelte',
  swift: 'swift',
  tcl: 'tcl',
  'tex sty cls ltx': 'latex',
  tf: 'terraform',
  thrift: 'thrift',
  toml: 'toml',
  'ts mts cts': 'typescript',
  tsx: 'typescriptreact',
  twig: 'twig',
  'txt text': 'plaintext',
  'v vh': 'verilog',
  'vb vbs bas': 'vb',
  'vhd vhdl': 'vhdl',
  vim: 'viml',
  vue: 'vue',
  wgsl: 'wgsl',
  'xml xsd xsl xslt wsdl csproj fsproj vbproj props targets plist resx xaml storyboard nuspec': 'xml',
  'yaml yml': 'yaml',
  zig: 'zig',
};

/** For whole names, in small letters. */
const byName: Readonly<Record<string, string>> = {
  'brewfile gemfile guardfile podfile rakefile vagrantfile fastfile appfile dangerfile capfile': 'ruby',
  'build build.bazel workspace workspace.bazel sconstruct sconscript snakefile wscript tiltfile buck': 'python',
  'cmakelists.txt': 'cmake',
  'compose.yml compose.yaml docker-compose.yml docker-compose.yaml': 'dockercompose',
  'containerfile dockerfile': 'dockerfile',
  jenkinsfile: 'groovy',
  justfile: 'just',
  'gnumakefile makefile': 'makefile',
  'authors changelog changes codeowners contributing contributors copying install license licence news notice readme todo version':
    'plaintext',
  '.bash_aliases .bash_logout .bash_profile .bashrc .envrc .profile .zprofile .zshenv .zshrc .xinitrc .xprofile pkgbuild':
    'shellscript',
  '.editorconfig .gitconfig .gitmodules .flake8 .pylintrc pipfile': 'ini',
  '.env.example .env.sample .env.template .env.dist': 'properties',
  '.dockerignore .gitattributes .gitignore .hearthignore .npmignore .prettierignore .eslintignore': 'ignore',
  '.babelrc .eslintrc .jshintrc .swcrc tsconfig.json jsconfig.json .devcontainer.json devcontainer.json': 'jsonc',
  '.prettierrc .clang-format .clang-tidy .yamllint': 'yaml',
  '.vimrc vimrc': 'viml',
  'go.mod': 'go.mod',
  'go.work': 'go.work',
  'requirements.txt constraints.txt': 'pip-requirements',
};

/** For the program that `#!` names, without its version. */
const byProgram: Readonly<Record<string, string>> = {
  'ash bash dash ksh sh zsh bats': 'shellscript',
  'awk gawk mawk': 'awk',
  'bun deno node nodejs': 'javascript',
  fish: 'fish',
  groovy: 'groovy',
  julia: 'julia',
  'lua luajit': 'lua',
  make: 'makefile',
  ocaml: 'ocaml',
  perl: 'perl',
  php: 'php',
  'powershell pwsh': 'powershell',
  'pypy python': 'python',
  'r rscript': 'r',
  'ruby jruby': 'ruby',
  'runghc runhaskell': 'haskell',
  scala: 'scala',
  swift: 'swift',
  'tclsh wish': 'tcl',
  'ts-node tsx': 'typescript',
};

const endings = table(byEnding);
const names = table(byName);
const programs = table(byProgram);

function table(rows: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(rows).flatMap(([keys, id]) => keys.split(' ').map((key) => [key, id] as const)));
}

/**
 * The language of a file by its name, else by its first line; undefined for what is not known to be text.
 *
 * @param path `/`-separated
 * @param firstLine only asked for files that `needsFirstLine`
 */
export function languageOf(path: string, firstLine = ''): string | undefined {
  const name = nameOf(path);
  const ending = endings.get(name.slice(name.lastIndexOf('.') + 1));
  const known = names.get(name) ?? (name.includes('.') ? ending : undefined);
  if (known !== undefined) return known;
  if (/^(?:docker|container)file[.-]/.test(name)) return 'dockerfile';
  if (/^makefile[.-]/.test(name)) return 'makefile';
  const program = /^#!\s*(?:\S*\/)?(?:env\s+(?:-\S+\s+|\w+=\S*\s+)*(?:\S*\/)?)?([a-z][a-z-]*[a-z]|r)/i.exec(
    firstLine,
  )?.[1];
  return program && programs.get(program.toLowerCase());
}

/** Whether only the first line can tell the language: the name has no ending, as scripts in `bin/`. */
export function needsFirstLine(path: string): boolean {
  return !nameOf(path).includes('.') && languageOf(path) === undefined;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).toLowerCase();
}
