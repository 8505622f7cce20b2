import { DiagnosticSeverity, languages, type Range, type TextDocument, type TextEditor, window } from 'vscode';
import type { EditorProblem, EditorState } from '../../protocol/chatMessages.ts';
import { servedDocuments } from '../servedDocuments.ts';

/** More would be cut by any model's context. */
const maxSelectedCharacters = 200_000;
const maxProblems = 100;

/** What the editor in front shows: documents that people write, and nothing of panels and settings that hold secrets. */
export function editorState(editor: TextEditor | undefined = frontEditor()): EditorState {
  if (!editor || languages.match(servedDocuments, editor.document) === 0) return {};
  const { document, selection } = editor;
  return stateAt(document, selection.isEmpty ? undefined : selection);
}

/** The same as if `range` were selected. */
export function stateAt(document: TextDocument, range: Range | undefined): EditorState {
  const problems = problemsOf(document, range);
  return {
    uri: document.uri.toString(),
    languageId: document.languageId,
    ...(range && { selection: selectionOf(document, range) }),
    ...(problems.length > 0 && { problems }),
  };
}

function selectionOf(document: TextDocument, range: Range): NonNullable<EditorState['selection']> {
  // A selection that ends at the start of a line has nothing of that line.
  const endsBefore = range.end.character === 0 && range.end.line > range.start.line;
  return {
    startLine: range.start.line + 1,
    endLine: range.end.line + (endsBefore ? 0 : 1),
    text: document.getText(range).slice(0, maxSelectedCharacters),
  };
}

function problemsOf({ uri }: TextDocument, range: Range | undefined): readonly EditorProblem[] {
  return languages
    .getDiagnostics(uri)
    .filter((each) => !range || each.range.intersection(range))
    .slice(0, maxProblems)
    .map(({ range: place, severity, message, source }) => ({
      uri: uri.toString(),
      line: place.start.line + 1,
      severity: severities[severity],
      message,
      ...(source !== undefined && { source }),
    }));
}

const severities = {
  [DiagnosticSeverity.Error]: 'error',
  [DiagnosticSeverity.Warning]: 'warning',
  [DiagnosticSeverity.Information]: 'information',
  [DiagnosticSeverity.Hint]: 'hint',
} as const;

/** While the keyboard is in the view, no editor may be active: then the only one that is seen. */
function frontEditor(): TextEditor | undefined {
  return window.activeTextEditor ?? (window.visibleTextEditors.length === 1 ? window.visibleTextEditors[0] : undefined);
}
