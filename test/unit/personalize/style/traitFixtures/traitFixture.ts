import { measureFile, type Votes } from '../../../../../src/personalize/style/measureFile.ts';

/** A text, and the places that a trait finds in it. */
export interface TraitFixture {
  readonly trait: string;
  readonly languageId: string;
  readonly text: string;
  /** By value. */
  readonly votes: Readonly<Record<string, number>>;
  readonly path?: string;
}

export const ts = (trait: string, text: string, votes: TraitFixture['votes'], path?: string): TraitFixture =>
  inLanguage('typescript', trait, text, votes, path);

export const py = (trait: string, text: string, votes: TraitFixture['votes'], path?: string): TraitFixture =>
  inLanguage('python', trait, text, votes, path);

export function inLanguage(
  languageId: string,
  trait: string,
  text: string,
  votes: TraitFixture['votes'],
  path?: string,
): TraitFixture {
  return { trait, languageId, text, votes, ...(path === undefined ? {} : { path }) };
}

export function votesIn(languageId: string, text: string, path = 'src/a'): Votes {
  return measureFile({ path, languageId, text })?.votes ?? {};
}
