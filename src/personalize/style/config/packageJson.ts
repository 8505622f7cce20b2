import { isSettings, type Saying, type Sayings, settingAt } from './configRule.ts';
import { eslintSayings } from './eslint.ts';
import { presetSayings } from './eslintRules.ts';
import { prettierSayings } from './prettier.ts';

/** Test frameworks by the package that brings them. */
const frameworks = ['vitest', 'jest', 'mocha', 'ava', 'tap', 'jasmine'] as const;

/** Of `package.json`: tools that are configured in it, and what its dependencies imply. */
export function packageJsonSayings(config: unknown, samplePath: string): readonly Sayings[] {
  if (!isSettings(config)) return [];
  const has = (name: string) => settingAt(config, 'devDependencies', name) !== undefined;
  const used = frameworks.filter(has);
  const [framework] = used;
  const implied: Saying[] = [];
  if (framework !== undefined && used.length === 1) implied.push(['testFramework', framework]);
  if (config['type'] === 'module') implied.push(['modules', 'import']);
  const linter = ['standard', 'semistandard', 'xo'].find((name) => has(name));
  return [
    ...prettierSayings(config['prettier'], samplePath),
    ...eslintSayings(config['eslintConfig']),
    ...(linter === undefined ? [] : [ecmaScript('linter', presetSayings(linter))]),
    ecmaScript('implied', implied),
  ];
}

function ecmaScript(authority: Sayings['authority'], sayings: readonly Saying[]): Sayings {
  return { family: 'ecmascript', authority, sayings };
}
