/**
 * How each model family writes fill-in-the-middle prompts. Quirks live here as columns, nowhere as branches.
 * The model host checks that every marker of a row is ONE token of the loaded vocabulary before the row is used:
 * a marker that falls apart into ordinary tokens would be read, and completed, as code.
 */
export interface FimFormat {
  readonly name: string;
  /** What comes first in the prompt: the prefix (PSM) or the suffix (SPM). */
  readonly order: 'prefixFirst' | 'suffixFirst';
  readonly prefix: string;
  readonly suffix: string;
  /** Absent where the prefix simply runs on into the middle (Codestral). */
  readonly middle?: string;
  /** Repo-level format: what stands before the path of each other file, and before the repository's name. */
  readonly fileSeparator?: string;
  readonly repository?: string;
}

export const fimFormats: readonly FimFormat[] = [
  // Qwen2.5-Coder technical report, section 3.2.
  {
    name: 'qwen',
    order: 'prefixFirst',
    prefix: '<|fim_prefix|>',
    suffix: '<|fim_suffix|>',
    middle: '<|fim_middle|>',
    fileSeparator: '<|file_sep|>',
    repository: '<|repo_name|>',
  },
  // The embedded starter: Qwen's markers, but the middle runs on from the prefix, which is easier for a small model.
  {
    name: 'starter',
    order: 'suffixFirst',
    prefix: '<|fim_prefix|>',
    suffix: '<|fim_suffix|>',
    middle: '<|fim_middle|>',
    fileSeparator: '<|file_sep|>',
    repository: '<|repo_name|>',
  },
  {
    name: 'codegemma',
    order: 'prefixFirst',
    prefix: '<|fim_prefix|>',
    suffix: '<|fim_suffix|>',
    middle: '<|fim_middle|>',
    fileSeparator: '<|file_separator|>',
  },
  {
    name: 'granite',
    order: 'prefixFirst',
    prefix: '<|fim_prefix|>',
    suffix: '<|fim_suffix|>',
    middle: '<|fim_middle|>',
    fileSeparator: '<|filename|>',
    repository: '<|reponame|>',
  },
  {
    name: 'starcoder',
    order: 'prefixFirst',
    prefix: '<fim_prefix>',
    suffix: '<fim_suffix>',
    middle: '<fim_middle>',
    fileSeparator: '<file_sep>',
    repository: '<repo_name>',
  },
  {
    name: 'mellum',
    order: 'suffixFirst',
    prefix: '<fim_prefix>',
    suffix: '<fim_suffix>',
    middle: '<fim_middle>',
    fileSeparator: '<filename>',
  },
  {
    name: 'seedcoder',
    order: 'suffixFirst',
    prefix: '<[fim-prefix]>',
    suffix: '<[fim-suffix]>',
    middle: '<[fim-middle]>',
  },
  {
    name: 'deepseek',
    order: 'prefixFirst',
    prefix: '<｜fim▁begin｜>',
    suffix: '<｜fim▁hole｜>',
    middle: '<｜fim▁end｜>',
  },
  { name: 'codestral', order: 'suffixFirst', prefix: '[PREFIX]', suffix: '[SUFFIX]' },
  { name: 'codellama', order: 'prefixFirst', prefix: '▁<PRE>', suffix: '▁<SUF>', middle: '▁<MID>' },
  // Any other vocabulary with the commonest three markers.
  {
    name: 'plain',
    order: 'prefixFirst',
    prefix: '<|fim_prefix|>',
    suffix: '<|fim_suffix|>',
    middle: '<|fim_middle|>',
  },
];

/** Every control marker of a format; each has to be one token. */
export function markersOf(format: FimFormat): readonly string[] {
  return [format.prefix, format.suffix, format.middle, format.fileSeparator, format.repository].filter(
    (marker) => marker !== undefined,
  );
}

export function fimFormatNamed(name: string | undefined): FimFormat | undefined {
  return fimFormats.find((format) => format.name === name);
}
