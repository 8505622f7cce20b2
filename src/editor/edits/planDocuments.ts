import { Range, type TextDocument, Uri, workspace, WorkspaceEdit } from 'vscode';
import type { HunkView, PlannedFileView } from '../../protocol/editMessages.ts';

/** A planned file with the document that it was found in. */
export interface PlannedDocument {
  readonly file: PlannedFileView;
  /** Undefined for one that is to be created. */
  readonly document: TextDocument | undefined;
}

/** Opens what a plan changes, so that the editor's text is what counts. Rejects when one cannot be opened. */
export async function openPlanned(files: readonly PlannedFileView[]): Promise<readonly PlannedDocument[]> {
  return Promise.all(
    files.map(async (file) => ({
      file,
      document: file.kind === 'create' ? undefined : await workspace.openTextDocument(Uri.parse(file.uri, true)),
    })),
  );
}

/** Files whose text is not that of the plan. At once: whoever asks writes before anything else happens. */
export function changedUnder(planned: readonly PlannedDocument[]): readonly PlannedFileView[] {
  return planned
    .filter(({ file, document }) => document !== undefined && unixText(document) !== file.before)
    .map(({ file }) => file);
}

/** All of a plan as one edit, which one undo takes back. */
export function editOf(planned: readonly PlannedDocument[]): WorkspaceEdit {
  const edit = new WorkspaceEdit();
  for (const { file, document } of planned) {
    const uri = document?.uri ?? Uri.parse(file.uri, true);
    switch (file.kind) {
      case 'create':
        edit.createFile(uri, { contents: new TextEncoder().encode(file.after ?? '') });
        break;
      case 'delete':
        edit.deleteFile(uri);
        break;
      case 'change':
        addHunks(edit, uri, file.hunks);
        break;
      case 'rename':
        addHunks(edit, uri, file.hunks);
        edit.renameFile(uri, Uri.parse(file.to?.uri ?? '', true));
    }
  }
  return edit;
}

export function addHunks(edit: WorkspaceEdit, uri: Uri, hunks: readonly HunkView[]): void {
  for (const hunk of hunks) edit.replace(uri, rangeOf(hunk), hunk.added);
}

/** The lines that a hunk takes away; where it only adds, the place before a line. */
export function rangeOf({ line, removed }: HunkView): Range {
  const lines = removed.split('\n');
  return new Range(line, 0, line + lines.length - 1, lines.at(-1)?.length ?? 0);
}

/** With `\n` line ends, as the engine has it. */
export function unixText(document: TextDocument): string {
  return document.getText().replaceAll('\r\n', '\n');
}
