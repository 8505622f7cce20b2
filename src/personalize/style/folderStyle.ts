import { type ConfiguredFiles, configRules, isStyleConfig, type ReadConfig, readConfig } from './config/readConfig.ts';
import type { StyleEdits } from './edits.ts';
import { customaryEnding, type Family, familyOf } from './families.ts';
import { measureFile } from './measureFile.ts';
import { MeasuredStyle } from './measuredStyle.ts';
import { profileOf, type StyleProfile } from './profile.ts';
import type { SourceText } from './sourceCode.ts';

/** A file of a workspace folder as it is now. */
export interface StyledFile extends SourceText {
  /** When it was changed last, ms since 1970. */
  readonly modifiedMs: number;
}

/** The style of one workspace folder in memory: what was measured and configured, and the profile that follows. */
export class FolderStyle {
  readonly measured: MeasuredStyle;
  readonly #configs = new Map<string, ReadConfig>();
  #known: { readonly edits: StyleEdits; readonly profile: StyleProfile } | undefined;
  /** Counts changed since they were written. */
  isDirty = false;

  constructor(measured = new MeasuredStyle()) {
    this.measured = measured;
  }

  profile(edits: StyleEdits): StyleProfile {
    if (this.#known?.edits !== edits) {
      const configs = [...this.#configs.values()];
      const rules = configRules(configs, configuredFiles(this.measured));
      const notes = configs.flatMap(({ note }) => note ?? []);
      this.#known = { edits, profile: profileOf({ measured: this.measured, rules, notes, edits }) };
    }
    return this.#known.profile;
  }

  /** Takes in a source file or a configuration, in place of what was known of its path. */
  add(file: StyledFile): void {
    if (isStyleConfig(file.path)) this.#addConfig(file);
    const found = measureFile(file);
    if (found !== undefined) this.measured.addFile({ path: file.path, modifiedMs: file.modifiedMs, ...found });
    else this.measured.removeFile(file.path);
    this.#changed();
  }

  remove(path: string): void {
    this.#configs.delete(path);
    this.measured.removeFile(path);
    this.#changed();
  }

  /** Whether reading the file would tell anything new. */
  wants(path: string, languageId: string, modifiedMs: number): boolean {
    if (isStyleConfig(path)) return !this.#configs.has(path);
    const family = familyOf(languageId);
    return family !== undefined && !this.measured.has(path, modifiedMs) && this.measured.wants(family, modifiedMs);
  }

  #addConfig({ path, text }: StyledFile): void {
    const config = readConfig(path, text);
    if (config !== undefined) this.#configs.set(path, config);
  }

  #changed(): void {
    this.#known = undefined;
    this.isDirty = true;
  }
}

function configuredFiles(measured: MeasuredStyle): ConfiguredFiles {
  return {
    sample: (family) => `sample.${commonEnding(measured, family)}`,
    areIn: (folder, family) => {
      const files = measured.filesOf(family);
      return folder === '' || files.filter(({ path }) => path.startsWith(`${folder}/`)).length * 2 > files.length;
    },
  };
}

function commonEnding(measured: MeasuredStyle, family: Family): string {
  const endings = Map.groupBy(measured.filesOf(family), ({ path }) => path.slice(path.lastIndexOf('.') + 1));
  const [common] = [...endings].toSorted(([a, { length: m }], [b, { length: n }]) => n - m || (a < b ? -1 : 1));
  return common?.[0] ?? customaryEnding(family);
}
