import { open } from 'node:fs/promises';
import { decodeSource } from '../../codeIndex/discover/decodeSource.ts';
import type { FoundFile } from '../../codeIndex/discover/fileRules.ts';
import { isGenerated } from '../../codeIndex/discover/generated.ts';
import { firstLines } from '../../inference/completion/context/firstLines.ts';
import { isStyleConfig } from '../../personalize/style/config/readConfig.ts';
import type { StyledFile } from '../../personalize/style/folderStyle.ts';

/** Larger files are data. */
const maxBytes = 500_000;
/** A few hundred lines show every habit, and to measure more of them takes too long for one stretch. */
const maxCharacters = 20_000;

/**
 * As much of a file as its style is measured by; a configuration is read whole. Undefined for what cannot be read, is no
 * text, or was written by a program.
 */
export async function readStyleSample({ path, absolutePath, languageId }: FoundFile): Promise<StyledFile | undefined> {
  try {
    await using file = await open(absolutePath);
    const { size, mtimeMs } = await file.stat();
    if (size > maxBytes) return undefined;
    const text = decodeSource(await file.readFile());
    if (text === undefined || isGenerated(path, text)) return undefined;
    const sample = isStyleConfig(path) ? text : firstLines(text, maxCharacters);
    return { path, languageId, text: sample, modifiedMs: mtimeMs };
  } catch {
    return undefined;
  }
}
