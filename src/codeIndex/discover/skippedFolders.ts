/** A folder of dependencies, of what a build made, or of a tool's own. */
interface SkippedFolder {
  readonly names: string;
  /** Only beside one of these: the names are names of source folders too. `*.x` is any name with that ending. */
  readonly beside?: string;
}

/**
 * Skipped without a `.gitignore`. Names that people give to sources as well (`build`, `target`, `out`, `vendor`, ...) count
 * only beside the file that makes a tool fill them; `out`, and `build` beside a `package.json`, never: both hold sources
 * often enough, and where they do not, a `.gitignore` says so.
 */
const skippedFolders: readonly SkippedFolder[] = [
  { names: '.git .hg .svn .bzr .jj .sl CVS _darcs' },
  { names: 'node_modules bower_components jspm_packages .yarn .pnpm-store .npm' },
  { names: '__pycache__ .venv .tox .nox .eggs .mypy_cache .pytest_cache .ruff_cache .hypothesis .ipynb_checkpoints' },
  {
    names:
      '.next .nuxt .output .svelte-kit .astro .angular .docusaurus .turbo .parcel-cache .vite .nx .cache .nyc_output',
  },
  {
    names:
      '.gradle .mvn .bloop .metals .bsp .dart_tool .stack-work .cabal .bundle .cargo .zig-cache .terraform .serverless',
  },
  {
    names:
      'Pods DerivedData .build xcuserdata elm-stuff cdk.out .aws-sam .vagrant .idea .vs .history .vscode-test .fleet',
  },
  { names: 'venv env', beside: 'requirements.txt setup.py pyproject.toml Pipfile manage.py' },
  { names: 'build dist', beside: 'setup.py pyproject.toml' },
  { names: 'site-packages htmlcov', beside: 'pyvenv.cfg setup.py pyproject.toml' },
  { names: 'dist coverage storybook-static', beside: 'package.json' },
  { names: 'target', beside: 'Cargo.toml pom.xml build.sbt project.clj' },
  { names: 'build', beside: 'build.gradle build.gradle.kts settings.gradle pubspec.yaml' },
  { names: 'vendor', beside: 'go.mod composer.json Gemfile' },
  { names: 'bin obj', beside: '*.csproj *.fsproj *.vbproj' },
  { names: '_build deps', beside: 'mix.exs rebar.config dune-project' },
  { names: 'dist dist-newstyle', beside: '*.cabal cabal.project' },
  { names: 'Library Temp Logs', beside: 'ProjectSettings' },
  { names: 'Binaries Intermediate Saved DerivedDataCache', beside: '*.uproject' },
];

/** A folder that holds one of these was made by a tool, whatever its name. */
const toolMarks = ['CACHEDIR.TAG', 'pyvenv.cfg', 'CMakeCache.txt', 'project.assets.json'];

const rowsByName = new Map<string, SkippedFolder[]>();
for (const row of skippedFolders) {
  for (const name of row.names.split(' ')) rowsByName.set(name, [...(rowsByName.get(name) ?? []), row]);
}

/** @param siblings the names of all that lies in the same folder */
export function isSkippedFolder(name: string, siblings: ReadonlySet<string>): boolean {
  const rows = rowsByName.get(name);
  return (
    rows?.some(({ beside }) => beside === undefined || beside.split(' ').some((mark) => has(siblings, mark))) ?? false
  );
}

/** @param names the names of all that lies in the folder */
export function isMadeByTool(names: ReadonlySet<string>): boolean {
  return toolMarks.some((mark) => names.has(mark));
}

function has(names: ReadonlySet<string>, mark: string): boolean {
  if (!mark.startsWith('*')) return names.has(mark);
  const ending = mark.slice(1);
  return [...names].some((name) => name.endsWith(ending));
}
