/** `░` stands for an identifier of 300 characters: what holds one is not small, what holds four is cut. */
export interface LanguageFixture {
  readonly code: string;
  /** `kind names lines`, lines counted from 1. */
  readonly chunks: readonly string[];
}
