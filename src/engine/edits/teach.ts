import { languageOf } from '../../codeIndex/discover/languages.ts';
import type { PlannedFile } from '../../edits/plan/editPlan.ts';
import { hunksOf } from '../../edits/text/hunks.ts';
import type { TaughtEdit } from '../../personalize/events/taughtEdit.ts';
import { URI } from 'vscode-uri';
import { folderOf } from './editSources.ts';

/** A rewritten file is not a hundred habits. */
const maxHunks = 20;
/** Longer texts are files rather than edits. */
const maxCharacters = 4_000;

/** What an accepted change teaches, hunk by hunk: the text as it stands in the file that was written. */
export function taughtEdits(file: PlannedFile, model: string, folders: readonly string[]): readonly TaughtEdit[] {
  if (file.kind === 'delete') return [];
  const { path, inside } = file.kind === 'rename' ? file.to : file.target;
  const languageId = languageOf(path);
  if (languageId === undefined) return [];
  const folder = folderOf(path, folders);
  const before = file.kind === 'create' ? '' : file.before.text;
  const at = { uri: URI.file(path).toString(), path: inside, languageId, model, ...(folder && { folder }) };
  let moved = 0;
  return hunksOf(before, file.after)
    .map(({ start, removed, added }) => {
      const from = start + moved;
      moved += added.length - removed.length;
      return { from, text: added };
    })
    .filter(({ text }) => text.trim() !== '' && text.length <= maxCharacters)
    .slice(0, maxHunks)
    .map(({ from, text }) => ({
      ...at,
      prefix: file.after.slice(0, from),
      text,
      suffix: file.after.slice(from + text.length),
    }));
}
