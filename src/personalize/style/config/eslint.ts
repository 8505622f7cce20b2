import { isSettings, type Saying, type Sayings, type Settings } from './configRule.ts';
import { isKnownRule, presetSayings, ruleSayings } from './eslintRules.ts';
import { literalsNamed } from './literals.ts';

/** Of `.eslintrc`, `.oxlintrc.json` and `eslintConfig` in `package.json`. `overrides` for all of a language count too. */
export function eslintSayings(config: unknown): readonly Sayings[] {
  if (!isSettings(config)) return [];
  const overrides = Array.isArray(config['overrides'])
    ? config['overrides'].filter(isSettings).filter(isForSources)
    : [];
  return said([config, ...overrides].flatMap((each) => [...fromPresets(each['extends']), ...fromRules(each['rules'])]));
}

/** Of a configuration that is a program: presets by the packages that it imports, rules where they are written down. */
export function eslintProgramSayings(text: string): readonly Sayings[] {
  const packages = [...text.matchAll(/(?:from|require\()\s*['"]([^'"\n]+)['"]/g)].map(([, name = '']) => name);
  const rules = literalsNamed(text, isKnownRule);
  return said([...packages.flatMap(presetSayings), ...[...rules].flatMap(([name, value]) => ruleSayings(name, value))]);
}

/** What is said later holds. */
function said(sayings: readonly Saying[]): readonly Sayings[] {
  return [{ family: 'ecmascript', authority: 'linter', sayings: [...new Map(sayings)] }];
}

function fromPresets(names: unknown): readonly Saying[] {
  const list: readonly unknown[] = Array.isArray(names) ? names : [names];
  return list.flatMap((name) => (typeof name === 'string' ? presetSayings(name) : []));
}

function fromRules(rules: unknown): readonly Saying[] {
  return isSettings(rules) ? Object.entries(rules).flatMap(([name, value]) => ruleSayings(name, value)) : [];
}

/** `*.ts`, `**\/*.{js,ts}`; not `test/**`. */
function isForSources({ files }: Settings): boolean {
  const globs: readonly unknown[] = Array.isArray(files) ? files : [files];
  return globs.some((glob) => typeof glob === 'string' && /^(?:\*\*\/)?\*\.(?:[cm]?[jt]sx?|\{[\w,]+\})$/.test(glob));
}
