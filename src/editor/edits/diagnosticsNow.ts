import { type Diagnostic, DiagnosticSeverity, type Disposable, languages, type Uri } from 'vscode';
import type { EditorProblem } from '../../protocol/chatMessages.ts';
import type { ReportedProblem } from './fixVerdict.ts';

/** A problem as both sides name it. */
export interface EditorDiagnostic extends ReportedProblem, EditorProblem {
  readonly uri: string;
  readonly message: string;
  readonly source: string;
  readonly severity: EditorProblem['severity'];
}

export function problemOf(uri: Uri, { message, source, severity, range }: Diagnostic): EditorDiagnostic {
  return {
    uri: uri.toString(),
    line: range.start.line + 1,
    message,
    source: source ?? '',
    severity: severityOf(severity),
  };
}

/** All that is reported, in every file: a fix of one may break another. */
export function diagnosticsNow(): readonly EditorDiagnostic[] {
  return languages.getDiagnostics().flatMap(([uri, all]) => all.map((each) => problemOf(uri, each)));
}

const quietMs = 1_500;
const firstMs = 5_000;
const longestMs = 20_000;

/**
 * Resolves when diagnostics have come to rest after a change: quiet for 1.5 s after the last, and at most 20 s. Language
 * servers that say nothing within 5 s have nothing new to say.
 */
export function diagnosticsSettled(isOver: { readonly isCancellationRequested: boolean }): Promise<void> {
  return new Promise((resolve) => {
    let waiting: NodeJS.Timeout;
    let listener: Disposable;
    const end = () => {
      clearTimeout(waiting);
      clearTimeout(bound);
      listener.dispose();
      resolve();
    };
    const bound = setTimeout(end, longestMs);
    waiting = setTimeout(end, firstMs);
    listener = languages.onDidChangeDiagnostics(() => {
      clearTimeout(waiting);
      waiting = setTimeout(end, isOver.isCancellationRequested ? 0 : quietMs);
    });
  });
}

function severityOf(severity: DiagnosticSeverity): EditorProblem['severity'] {
  switch (severity) {
    case DiagnosticSeverity.Error:
      return 'error';
    case DiagnosticSeverity.Warning:
      return 'warning';
    case DiagnosticSeverity.Information:
      return 'information';
    case DiagnosticSeverity.Hint:
      return 'hint';
  }
}
