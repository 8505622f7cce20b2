import { readFile, stat } from 'node:fs/promises';

export const ignoreFileName = '.hearthignore';

/** A rule file larger than this is not one. */
const maxBytes = 1_000_000;

/** The text of a `.hearthignore`, '' when there is none. Throws when it is there but cannot be read or is no UTF-8 text. */
export async function readIgnoreFile(path: string): Promise<string> {
  try {
    const { size } = await statFile(path);
    if (size > maxBytes) throw new Error(`it has ${size} bytes`);
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path));
    if (text.includes('\0')) throw new Error('it is not text');
    return text;
  } catch (cause) {
    if (isMissing(cause)) return '';
    throw cause;
  }
}

export function isMissing(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'ENOTDIR');
}

/**
 * The rules of a `.hearthignore` as they would read in one at the root of the workspace folder. Added behind the rules
 * of the folders above, they give gitignore's order of precedence: the last rule that matches decides.
 *
 * @param directory Where the file lies, `/`-separated, relative to the root; '' is the root itself.
 */
export function rulesFromRoot(text: string, directory: string): string[] {
  const base = directory === '' ? '' : `/${directory.replace(/[\\*?[\]]/g, '\\$&')}`;
  const rules: string[] = [];
  for (const line of text.normalize('NFC').split(/\r?\n/)) {
    if (line.startsWith('#')) continue;
    const isNegated = line.startsWith('!');
    const rule = isNegated ? line.slice(1) : line;
    if (/^[/ ]*$/.test(rule)) continue;
    // A slash before the end ties a rule to its folder; without one it counts on every level below.
    const isTied = /\/(?! *$)/.test(rule);
    const fromRoot = isTied ? `${base}/${rule.replace(/^\//, '')}` : `${base}/**/${rule}`;
    rules.push(isNegated ? `!${fromRoot}` : fromRoot);
  }
  return rules;
}

/** Unlike `readFile`, never waits for a pipe or device that someone named `.hearthignore`. */
async function statFile(path: string): Promise<{ readonly size: number }> {
  const found = await stat(path);
  if (!found.isFile()) throw new Error('it is not a file');
  return found;
}
