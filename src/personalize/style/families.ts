import type { Translate } from '../../protocol/problems.ts';

/** Languages whose habits are one. */
export type Family = 'ecmascript' | 'python' | 'go' | 'rust' | 'java' | 'c' | 'csharp' | 'ruby' | 'php' | 'shell';

interface FamilyRow {
  readonly name: (t: Translate) => string;
  /** VS Code's language ids. */
  readonly languages: readonly string[];
  /** How files of the family end where none has been seen yet. */
  readonly ending: string;
}

const rows: Readonly<Record<Family, FamilyRow>> = {
  ecmascript: {
    name: (t) => t('TypeScript and JavaScript'),
    languages: ['typescript', 'typescriptreact', 'javascript', 'javascriptreact'],
    ending: 'ts',
  },
  python: { name: () => 'Python', languages: ['python'], ending: 'py' },
  go: { name: () => 'Go', languages: ['go'], ending: 'go' },
  rust: { name: () => 'Rust', languages: ['rust'], ending: 'rs' },
  java: { name: () => 'Java', languages: ['java'], ending: 'java' },
  c: { name: (t) => t('C and C++'), languages: ['c', 'cpp'], ending: 'cpp' },
  csharp: { name: () => 'C#', languages: ['csharp'], ending: 'cs' },
  ruby: { name: () => 'Ruby', languages: ['ruby'], ending: 'rb' },
  php: { name: () => 'PHP', languages: ['php'], ending: 'php' },
  shell: { name: (t) => t('Shell scripts'), languages: ['shellscript'], ending: 'sh' },
};

const byLanguage: ReadonlyMap<string, Family> = new Map(
  allFamilies().flatMap((family) => rows[family].languages.map((id) => [id, family] as const)),
);

export function allFamilies(): readonly Family[] {
  return Object.keys(rows).filter(isFamily);
}

export function isFamily(name: string): name is Family {
  return Object.hasOwn(rows, name);
}

/** Undefined for languages without a style profile: data, prose and all others. */
export function familyOf(languageId: string): Family | undefined {
  return byLanguage.get(languageId);
}

export function familyName(family: Family, t: Translate): string {
  return rows[family].name(t);
}

export function customaryEnding(family: Family): string {
  return rows[family].ending;
}
