import { parseEditorconfig } from '../../../formats/editorconfig.ts';
import { allFamilies, type Family } from '../families.ts';
import { biomeSayings, denoSayings } from './biome.ts';
import { authorities, type ConfigNote, type ConfigRule, type Sayings } from './configRule.ts';
import { editorconfigSayings } from './editorconfig.ts';
import { eslintProgramSayings, eslintSayings } from './eslint.ts';
import { clangFormatSayings, rubocopSayings, rustfmtSayings } from './otherFormatters.ts';
import { packageJsonSayings } from './packageJson.ts';
import { parseJson, parseToml, parseYaml } from './parsers.ts';
import { prettierProgramSayings, prettierSayings } from './prettier.ts';
import { flake8Sayings, pyprojectSayings, ruffSayings } from './python.ts';

/** The files that configurations are asked about. */
export interface ConfiguredFiles {
  /** A file of a family, relative to the configuration's folder: what a configuration says may differ by path. */
  readonly sample: SamplePath;
  /** Whether most files of a family lie in a folder (`/`-separated, relative; `` for the workspace folder itself). */
  readonly areIn: (folder: string, family: Family) => boolean;
}

type SamplePath = (family: Family) => string;

interface Tool {
  /** Files of one tool are alternatives to each other; those nearest to the workspace folder count. */
  readonly name: string;
  readonly files: RegExp;
  readonly isProgram?: true;
  /** Parses; what it returns does no more of that. */
  readonly read: (text: string) => (sample: SamplePath) => readonly Sayings[];
}

const ecmaScript = (sample: SamplePath) => sample('ecmascript');
const parsed =
  <T>(parse: (text: string) => T, say: (config: T, sample: SamplePath) => readonly Sayings[]): Tool['read'] =>
  (text) => {
    const config = parse(text);
    return (sample) => say(config, sample);
  };

const tools: readonly Tool[] = [
  {
    name: 'editorconfig',
    files: /^\.editorconfig$/,
    read: parsed(parseEditorconfig, (file, sample) =>
      allFamilies().flatMap((family) => editorconfigSayings(file, family, sample(family))),
    ),
  },
  {
    name: 'prettier',
    files: /^\.prettierrc(?:\.json|\.ya?ml)?$/,
    read: parsed(parseYaml, (config, sample) => prettierSayings(config ?? {}, ecmaScript(sample))),
  },
  {
    name: 'prettier',
    files: /^\.prettierrc\.toml$/,
    read: parsed(parseToml, (config, sample) => prettierSayings(config, ecmaScript(sample))),
  },
  {
    name: 'prettier',
    files: /^(?:prettier\.config|\.prettierrc)\.[cm]?[jt]s$/,
    isProgram: true,
    read: parsed(prettierProgramSayings, (sayings) => sayings),
  },
  { name: 'prettier', files: /^\.prettierrc\.json5$/, read: parsed(prettierProgramSayings, (sayings) => sayings) },
  { name: 'eslint', files: /^(?:\.eslintrc(?:\.json)?|\.oxlintrc\.json)$/, read: parsed(parseEither, eslintSayings) },
  { name: 'eslint', files: /^\.eslintrc\.ya?ml$/, read: parsed(parseYaml, eslintSayings) },
  {
    name: 'eslint',
    files: /^(?:\.eslintrc|eslint\.config)\.[cm]?[jt]s$/,
    isProgram: true,
    read: parsed(eslintProgramSayings, (sayings) => sayings),
  },
  { name: 'biome', files: /^biome\.jsonc?$/, read: parsed(parseJson, biomeSayings) },
  { name: 'deno', files: /^deno\.jsonc?$/, read: parsed(parseJson, denoSayings) },
  {
    name: 'npm',
    files: /^package\.json$/,
    read: parsed(parseJson, (config, sample) => packageJsonSayings(config, ecmaScript(sample))),
  },
  { name: 'pyproject', files: /^pyproject\.toml$/, read: parsed(parseToml, pyprojectSayings) },
  { name: 'ruff', files: /^\.?ruff\.toml$/, read: parsed(parseToml, ruffSayings) },
  { name: 'flake8', files: /^(?:setup\.cfg|tox\.ini|\.flake8)$/, read: parsed(flake8Sayings, (sayings) => sayings) },
  { name: 'rustfmt', files: /^\.?rustfmt\.toml$/, read: parsed(parseToml, rustfmtSayings) },
  { name: 'clang-format', files: /^[._]clang-format$/, read: parsed(parseYaml, clangFormatSayings) },
  { name: 'rubocop', files: /^\.rubocop\.yml$/, read: parsed(parseYaml, rubocopSayings) },
];

/** Larger ones are not read: the workspace may hold anything under these names. */
const maxCharacters = 100_000;

/** A configuration file that was parsed. */
export interface ReadConfig {
  readonly path: string;
  readonly tool: string;
  readonly note: ConfigNote | undefined;
  readonly sayings: (sample: SamplePath) => readonly Sayings[];
}

/** Whether a file, by its name, may say something about style. */
export function isStyleConfig(path: string): boolean {
  return toolOf(path) !== undefined;
}

/** Undefined for files of no tool. One that makes no sense says nothing, and why. */
export function readConfig(path: string, text: string): ReadConfig | undefined {
  const tool = toolOf(path);
  if (tool === undefined) return undefined;
  const read = { path, tool: tool.name };
  const note = tool.isProgram ? ({ file: path, reason: 'program' } as const) : undefined;
  try {
    if (text.length > maxCharacters) throw new RangeError('too long');
    return { ...read, note, sayings: tool.read(text) };
  } catch {
    return { ...read, note: { file: path, reason: 'damaged' }, sayings: () => [] };
  }
}

/** One rule per family and trait: of the highest authority. What files of equal rank do not agree on is left open. */
export function configRules(configs: readonly ReadConfig[], files: ConfiguredFiles): readonly ConfigRule[] {
  const rules = outermost(configs).flatMap(({ path, sayings }) =>
    sayings(files.sample)
      .filter(({ family }) => files.areIn(folderOf(path), family))
      .flatMap(({ family, authority, sayings: said }) =>
        said.map(([trait, value]): ConfigRule => ({ family, trait, value, authority, file: path })),
      ),
  );
  return [...Map.groupBy(rules, ({ family, trait }) => `${family} ${trait}`).values()].flatMap((said) => {
    const highest = Math.max(...said.map(rankOf));
    const best = said.filter((rule) => rankOf(rule) === highest);
    const [first] = best;
    return first !== undefined && best.every(({ value }) => value === first.value) ? [first] : [];
  });
}

function rankOf({ authority }: ConfigRule): number {
  return authorities.indexOf(authority);
}

/** Of each tool, the files nearest to the workspace folder: those further inside are for parts of it. */
function outermost(configs: readonly ReadConfig[]): readonly ReadConfig[] {
  return [...Map.groupBy(configs, ({ tool }) => tool).values()].flatMap((files) => {
    const least = Math.min(...files.map(depthOf));
    return files.filter((file) => depthOf(file) === least).toSorted((a, b) => (a.path < b.path ? -1 : 1));
  });
}

function toolOf(path: string): Tool | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return tools.find(({ files }) => files.test(name));
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function depthOf({ path }: ReadConfig): number {
  return path.split('/').length;
}

/** JSON with comments, or YAML: `.eslintrc` may be either. */
function parseEither(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return parseYaml(text);
  }
}
