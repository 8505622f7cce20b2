import { configRules, type ReadConfig, readConfig } from '../../../../src/personalize/style/config/readConfig.ts';
import { noEdits, type StyleEdits } from '../../../../src/personalize/style/edits.ts';
import { customaryEnding } from '../../../../src/personalize/style/families.ts';
import { measureFile } from '../../../../src/personalize/style/measureFile.ts';
import { MeasuredStyle } from '../../../../src/personalize/style/measuredStyle.ts';
import { profileOf, type StyleProfile } from '../../../../src/personalize/style/profile.ts';

const languages: Readonly<Record<string, string>> = {
  ts: 'typescript',
  tsx: 'typescriptreact',
  js: 'javascript',
  py: 'python',
  rs: 'rust',
  go: 'go',
};

/** The profile of files, configurations among them, by their paths. */
export function profileFrom(files: Readonly<Record<string, string>>, edits: StyleEdits = noEdits): StyleProfile {
  const measured = new MeasuredStyle();
  const configs: ReadConfig[] = [];
  for (const [path, text] of Object.entries(files)) {
    const config = readConfig(path, text);
    if (config !== undefined) configs.push(config);
    const languageId = languages[path.slice(path.lastIndexOf('.') + 1)] ?? 'plaintext';
    const found = measureFile({ path, languageId, text });
    if (found !== undefined) measured.addFile({ path, modifiedMs: 0, ...found });
  }
  const rules = configRules(configs, { sample: (family) => `a.${customaryEnding(family)}`, areIn: () => true });
  return profileOf({ measured, rules, notes: configs.flatMap(({ note }) => note ?? []), edits });
}

/** Code in which every habit shows often enough to be clear. */
export function often(text: string): string {
  return text.repeat(20);
}
