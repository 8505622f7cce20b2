import type { How } from '../../../../src/edits/match/block.ts';
import { matchBlock, type MatchTools } from '../../../../src/edits/match/matchBlock.ts';
import { describeRefusal, isRefusal } from '../../../../src/edits/refusal.ts';
import { applyEdits } from '../../../../src/edits/text/fileText.ts';

/** How the place was found, and the file afterwards; or the reason why it stays. */
export type Edited = { readonly how: How; readonly text: string } | { readonly refused: string };

/** Search and replacement as an answer shows them: with a line end behind each line. */
export async function edit(file: string, search: string, replace: string, tools: MatchTools = {}): Promise<Edited> {
  const block = { search: linesOf(search), replace: linesOf(replace) };
  const found = await matchBlock(file, block, tools);
  return isRefusal(found)
    ? { refused: describeRefusal(found) }
    : { how: found.how, text: applyEdits(file, found.edits) };
}

function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}
