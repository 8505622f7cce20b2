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
  /**
   * The token that a model of this family writes when its middle is finished. Checked by itself: a vocabulary without
   * it merely has no end (`LoadedModel.fimEnd`).
   */
  readonly end?: string;
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
    end: '<|endoftext|>',
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
    end: '<|endoftext|>',
  },
  {
    name: 'codegemma',
    order: 'prefixFirst',
    prefix: '<|fim_prefix|>',
    suffix: '<|fim_suffix|>',
    middle: '<|fim_middle|>',
    fileSeparator: '<|file_separator|>',
    end: '<|file_separator|>',
  },
  {
    name: 'granite',
    order: 'prefixFirst',
    prefix: '<|fim_prefix|>',
    suffix: '<|fim_suffix|>',
    middle: '<|fim_middle|>',
    fileSeparator: '<|filename|>',
    repository: '<|reponame|>',
    end: '<|end_of_text|>',
  },
  {
    name: 'starcoder',
    order: 'prefixFirst',
    prefix: '<fim_prefix>',
    suffix: '<fim_suffix>',
    middle: '<fim_middle>',
    fileSeparator: '<file_sep>',
    repository: '<repo_name>',
    end: '<|endoftext|>',
  },
  {
    name: 'mellum',
    order: 'suffixFirst',
    prefix: '<fim_prefix>',
    suffix: '<fim_suffix>',
    middle: '<fim_middle>',
    fileSeparator: '<filename>',
    end: '<|endoftext|>',
  },
  {
    name: 'seedcoder',
    order: 'suffixFirst',
    prefix: '<[fim-prefix]>',
    suffix: '<[fim-suffix]>',
    middle: '<[fim-middle]>',
    end: '<[end▁of▁sentence]>',
  },
  {
    name: 'deepseek',
    order: 'prefixFirst',
    prefix: '<｜fim▁begin｜>',
    suffix: '<｜fim▁hole｜>',
    middle: '<｜fim▁end｜>',
    end: '<｜end▁of▁sentence｜>',
  },
  { name: 'codestral', order: 'suffixFirst', prefix: '[PREFIX]', suffix: '[SUFFIX]', end: '</s>' },
  { name: 'codellama', order: 'prefixFirst', prefix: '▁<PRE>', suffix: '▁<SUF>', middle: '▁<MID>', end: '▁<EOT>' },
  // Any other vocabulary with the commonest three markers. How it ends a middle nobody knows.
  {
    name: 'plain',
    order: 'prefixFirst',
    prefix: '<|fim_prefix|>',
    suffix: '<|fim_suffix|>',
    middle: '<|fim_middle|>',
  },
];

/** What the model host looks up in a vocabulary, to say whether the format fits it. */
export function lookUpOf(format: FimFormat) {
  const { name, end } = format;
  return { name, markers: markersOf(format), ...(end === undefined ? {} : { end }) };
}

/** Every control marker of a format; each has to be one token. */
export function markersOf(format: FimFormat): readonly string[] {
  return [format.prefix, format.suffix, format.middle, format.fileSeparator, format.repository].filter(
    (marker) => marker !== undefined,
  );
}

export function fimFormatNamed(name: string | undefined): FimFormat | undefined {
  return fimFormats.find((format) => format.name === name);
}
