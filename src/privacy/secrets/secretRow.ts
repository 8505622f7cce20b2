/** Something that looks like a secret. */
export interface SecretRow {
  readonly name: string;
  /** Global. The group `secret` is masked, or the whole match where there is none. */
  readonly pattern: RegExp;
  /** Holds a match against what harmless text also looks like. */
  readonly isSecret?: (secret: string) => boolean;
}

/** A secret known by what stands around it. */
export interface HintedRow extends SecretRow {
  /** Quick to look for: a text without a match of this has none of the pattern. */
  readonly hint: RegExp;
}

/** A pattern that matches neither in the middle of a word nor in base64. */
export function wholeWord(body: string): RegExp {
  return new RegExp(`(?<![A-Za-z0-9+/_-])${body}(?![A-Za-z0-9_-])`, 'g');
}
