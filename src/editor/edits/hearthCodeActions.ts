import {
  CodeAction,
  type CodeActionContext,
  CodeActionKind,
  type CodeActionProvider,
  CodeActionTriggerKind,
  type Command,
  type Diagnostic,
  DiagnosticSeverity,
  type Disposable,
  l10n,
  languages,
  type Range,
  type TextDocument,
} from 'vscode';
import { describeProblem } from '../../protocol/problems.ts';
import type { CanAct } from '../../protocol/editMessages.ts';
import { stateAt } from '../chat/editorState.ts';
import type { ActionPlace } from './actionCommands.ts';
import type { EditsClient } from './editsClient.ts';

const explainCommand = 'hearth.chat.ask';
const rewrite = CodeActionKind.RefactorRewrite.append('hearth');

/** The lightbulb's rows. They only say what could be done: no model is asked before one is chosen. */
export function offerCodeActions(edits: EditsClient): Disposable {
  const provider: CodeActionProvider = {
    async provideCodeActions(document, range, context) {
      const wanted = wantedActions(document, range, context);
      if (wanted.length === 0) return [];
      const can = await edits.canAct().catch((): CanAct => ({}));
      return wanted.map((each) => withReason(each, can));
    },
  };
  return languages.registerCodeActionsProvider({ scheme: 'file' }, provider, {
    providedCodeActionKinds: [CodeActionKind.QuickFix, rewrite],
  });
}

function wantedActions(document: TextDocument, range: Range, context: CodeActionContext): readonly CodeAction[] {
  const problems = context.diagnostics.filter(isProblem);
  const isAsked = context.triggerKind === CodeActionTriggerKind.Invoke || !range.isEmpty;
  const isWanted = (kind: CodeActionKind) => context.only === undefined || context.only.contains(kind);
  return [
    ...(problems.length > 0 && isWanted(CodeActionKind.QuickFix)
      ? [
          action(l10n.t('Fix This with Hearth'), 'hearth.fixThis', CodeActionKind.QuickFix, document, range, problems),
          explanation(document, problems[0]?.range ?? range, CodeActionKind.QuickFix),
        ]
      : []),
    // A lightbulb at every word would only be in the way.
    ...(isAsked && isWanted(rewrite)
      ? [
          ...(problems.length > 0 ? [] : [explanation(document, range, rewrite)]),
          action(l10n.t('Document with Hearth'), 'hearth.document', rewrite, document, range),
          action(l10n.t('Generate Tests with Hearth'), 'hearth.generateTests', rewrite, document, range),
          action(l10n.t('Refactor with Hearth…'), 'hearth.refactor', rewrite, document, range),
        ]
      : []),
  ];
}

function action(
  title: string,
  command: string,
  kind: CodeActionKind,
  { uri }: TextDocument,
  range: Range,
  problems: readonly Diagnostic[] = [],
): CodeAction {
  const made = new CodeAction(title, kind);
  const place: ActionPlace = { uri, range: problems[0]?.range ?? range };
  made.command = { title, command, arguments: [place] } satisfies Command;
  if (problems.length > 0) made.diagnostics = [...problems];
  return made;
}

/** Explaining is a question to the chat. */
function explanation(document: TextDocument, range: Range, kind: CodeActionKind): CodeAction {
  const made = new CodeAction(l10n.t('Explain with Hearth'), kind);
  const attachments = kind === CodeActionKind.QuickFix ? [{ kind: 'problems' }] : [];
  const question = { text: '/explain ', attachments, editor: stateAt(document, range.isEmpty ? undefined : range) };
  made.command = { title: made.title, command: explainCommand, arguments: [question] };
  return made;
}

/** A row that cannot be chosen says why; VS Code shows it where there are no others. */
function withReason(made: CodeAction, can: CanAct): CodeAction {
  // Explaining does without a model: it shows what the index finds.
  if ('problem' in can && made.command?.command !== explainCommand)
    made.disabled = { reason: describeProblem(can.problem, l10n.t).message };
  return made;
}

function isProblem({ severity }: Diagnostic): boolean {
  return severity === DiagnosticSeverity.Error || severity === DiagnosticSeverity.Warning;
}
