import { type CancellationToken, l10n, ProgressLocation, type Uri, window } from 'vscode';
import type { Act } from '../../protocol/editMessages.ts';
import { diagnosticsNow, diagnosticsSettled, type EditorDiagnostic } from './diagnosticsNow.ts';
import type { EditsClient } from './editsClient.ts';
import { type FixVerdict, fixVerdict } from './fixVerdict.ts';
import type { ProposalOutcome, ProposedEdits } from './proposedEdits.ts';
import { tellWritten } from './rollBack.ts';
import { visibleCode } from './visibleCode.ts';
import { writeAction } from './writeAction.ts';

export interface FixParts {
  readonly edits: EditsClient;
  readonly proposed: ProposedEdits;
}

/**
 * Fixes problems: the model writes, the user accepts, then it is looked at whether they are gone, nothing new came and the
 * file can still be parsed. If not, one more round with what is wrong now; then what is left is said.
 */
export async function fixAndCheck(
  { edits, proposed }: FixParts,
  act: Act,
  wanted: readonly EditorDiagnostic[],
  uri: Uri,
): Promise<void> {
  const before = diagnosticsNow();
  const title = l10n.t('Hearth fixes {0}', shortMessage(wanted));
  const first = await writeAction(edits, act.action, title, (token) => edits.act(act, token));
  if (first === undefined) return;
  const outcome = await proposed.propose(first.plan, { isQuiet: true });
  if (outcome.checkpoint === undefined) return;
  const verdict = await judged(wanted, before);
  if (isWell(verdict, outcome)) return tellFixed(outcome.checkpoint);
  // What the user did not want is no reason to try again, and more than one more try is none either.
  if (outcome.rejected > 0 || first.isRepaired) return tellUnfixed(verdict, outcome, outcome.checkpoint);
  const order = {
    action: act.action,
    problems: [...verdict.remaining, ...verdict.fresh].filter((each) => each.uri === uri.toString()),
    isBroken: outcome.isBroken,
  };
  const second = await writeAction(edits, act.action, l10n.t('Hearth mends its change'), (token) =>
    edits.repair(order, token),
  );
  if (second === undefined) return tellUnfixed(verdict, outcome, outcome.checkpoint);
  const mended = await proposed.propose(second.plan, { isQuiet: true });
  const last = mended.checkpoint ?? outcome.checkpoint;
  const now = mended.checkpoint === undefined ? verdict : await judged(wanted, before);
  const end = mended.checkpoint === undefined ? outcome : mended;
  if (isWell(now, end)) tellFixed(last);
  else tellUnfixed(now, end, last);
}

type Verdict = FixVerdict<EditorDiagnostic>;

async function judged(wanted: readonly EditorDiagnostic[], before: readonly EditorDiagnostic[]): Promise<Verdict> {
  await window.withProgress(
    { location: ProgressLocation.Window, title: l10n.t('Hearth looks whether the problem is gone…') },
    (_, token: CancellationToken) => diagnosticsSettled(token),
  );
  return fixVerdict(wanted, before, diagnosticsNow());
}

function isWell({ remaining, fresh }: Verdict, { isBroken }: ProposalOutcome): boolean {
  return remaining.length + fresh.length === 0 && !isBroken;
}

function tellFixed(checkpoint: string): void {
  void tellWritten(l10n.t('The problem is gone, and there is no new one.'), checkpoint);
}

/** Says what is left, as it is. */
function tellUnfixed({ remaining, fresh }: Verdict, { isBroken }: ProposalOutcome, checkpoint: string): void {
  const parts = [
    ...(remaining.length > 0 ? [l10n.t('Still reported: {0}', listed(remaining))] : []),
    ...(fresh.length > 0 ? [l10n.t('New: {0}', listed(fresh))] : []),
    ...(isBroken ? [l10n.t('The file has a syntax error now.')] : []),
  ];
  void tellWritten(l10n.t('The change was made, but not all is well. {0}', parts.join(' ')), checkpoint);
}

const maxListed = 3;
const maxCharacters = 120;

function listed(problems: readonly EditorDiagnostic[]): string {
  const texts = problems.slice(0, maxListed).map(({ line, message }) => `${line}: ${shown(message)}`);
  return [...texts, ...(problems.length > maxListed ? ['…'] : [])].join('; ');
}

function shortMessage(problems: readonly EditorDiagnostic[]): string {
  const [first] = problems;
  return first === undefined ? l10n.t('the selected code') : shown(first.message);
}

function shown(message: string): string {
  const line = visibleCode(message.replace(/\s+/g, ' ').trim());
  return line.length > maxCharacters ? `${line.slice(0, maxCharacters)}…` : line;
}
