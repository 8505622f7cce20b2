import { languageOf } from '../../codeIndex/discover/languages.ts';
import type { Syntax } from '../../syntax/syntax.ts';

/** Nobody types meanwhile. */
const parseBudgetMs = 2_000;

/** Whether a text that fits its grammar does not any more. False where there is no grammar to tell. */
export async function isBrokenBy(
  syntax: Syntax,
  path: string,
  before: string | undefined,
  after: string,
): Promise<boolean> {
  const isBroken = await hasError(syntax, path, after);
  return isBroken === true && (before === undefined || (await hasError(syntax, path, before)) === false);
}

/** Undefined where there is no grammar, or no time. */
async function hasError(syntax: Syntax, path: string, text: string): Promise<boolean | undefined> {
  const languageId = languageOf(path);
  if (languageId === undefined) return undefined;
  using parsed = await syntax.parse(languageId, text, parseBudgetMs);
  return parsed?.hasError;
}
