import { randomUUID } from 'node:crypto';
import {
  Disposable,
  l10n,
  languages,
  type LogOutputChannel,
  Range,
  type TextDocument,
  Uri,
  window,
  workspace,
} from 'vscode';
import type { Act, ActKind } from '../../protocol/editMessages.ts';
import { registerCommand } from '../command.ts';
import { focusedDocument } from '../focusedDocument.ts';
import { showProblem } from '../problems.ts';
import { type EditorDiagnostic, problemOf } from './diagnosticsNow.ts';
import type { EditsClient } from './editsClient.ts';
import { fixAndCheck } from './fixAndCheck.ts';
import type { ProposedEdits } from './proposedEdits.ts';
import { writeAction } from './writeAction.ts';

export interface ActionParts {
  readonly edits: EditsClient;
  readonly proposed: ProposedEdits;
  readonly log: LogOutputChannel;
}

/** What a code action passes to its command; the palette passes nothing, and the cursor says where. */
export interface ActionPlace {
  readonly uri: Uri;
  readonly range: Range;
}

/** Fix, document, generate tests, refactor: from the lightbulb, the context menu and the palette. */
export function offerActions(parts: ActionParts): Disposable {
  const { log } = parts;
  return Disposable.from(
    registerCommand('hearth.fixThis', log, (place) =>
      at(place, parts, (document, range) => fix(parts, document, range)),
    ),
    registerCommand('hearth.document', log, (place) =>
      at(place, parts, (document, range) =>
        write(parts, document, range, 'document', l10n.t('Hearth writes documentation')),
      ),
    ),
    registerCommand('hearth.generateTests', log, (place) =>
      at(place, parts, (document, range) => write(parts, document, range, 'tests', l10n.t('Hearth writes tests'))),
    ),
    registerCommand('hearth.refactor', log, (place) =>
      at(place, parts, (document, range) => refactor(parts, document, range)),
    ),
  );
}

/** Works code that has no place of its own into a file. */
export async function applyWithModel(parts: ActionParts, uri: Uri, code: string): Promise<void> {
  if (!(await isThereModel(parts))) return;
  const document = await workspace.openTextDocument(uri);
  const range = new Range(0, 0, document.lineCount - 1, 0);
  await write(parts, document, range, 'apply', l10n.t('Hearth works the code in'), { code });
}

type Work = (document: TextDocument, range: Range) => Promise<void>;

async function at(given: unknown, parts: ActionParts, work: Work): Promise<void> {
  const place = isPlace(given) ? given : undefined;
  const document = place === undefined ? focusedDocument() : await workspace.openTextDocument(place.uri);
  const range = place?.range ?? window.activeTextEditor?.selection;
  if (document === undefined || range === undefined) {
    void window.showInformationMessage(l10n.t('Put the cursor into the code that is meant, then try again.'));
    return;
  }
  if (await isThereModel(parts)) await work(document, range);
}

/** Says why not, with what can be done, when no model can be asked. */
async function isThereModel({ edits }: ActionParts): Promise<boolean> {
  const can = await edits.canAct();
  if ('problem' in can) await showProblem(can.problem);
  else if (can.model === undefined) await showProblem({ code: 'edits.noModel' });
  else return true;
  return false;
}

async function fix(parts: ActionParts, document: TextDocument, range: Range): Promise<void> {
  const wanted = problemsAt(document, range);
  if (wanted.length === 0) {
    void window.showInformationMessage(l10n.t('No problem is reported here.'));
    return;
  }
  await fixAndCheck(parts, { ...actOf(document, range, 'fix'), problems: wanted }, wanted, document.uri);
}

async function refactor(parts: ActionParts, document: TextDocument, range: Range): Promise<void> {
  const instruction = await window.showInputBox({
    title: l10n.t('Refactor with Hearth'),
    prompt: l10n.t('What should become of it? Leave it empty to make it simpler.'),
  });
  if (instruction === undefined) return;
  await write(parts, document, range, 'refactor', l10n.t('Hearth refactors'), { instruction });
}

async function write(
  { edits, proposed }: ActionParts,
  document: TextDocument,
  range: Range,
  kind: ActKind,
  title: string,
  more: Pick<Act, 'instruction' | 'code'> = {},
): Promise<void> {
  const act = { ...actOf(document, range, kind), ...more };
  const result = await writeAction(edits, act.action, title, (token) => edits.act(act, token));
  if (result !== undefined) await proposed.propose(result.plan);
}

function actOf({ uri }: TextDocument, { start, end }: Range, kind: ActKind): Act {
  // A selection that ends at the start of a line has nothing of that line.
  const last = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
  return { action: randomUUID(), kind, uri: uri.toString(), range: { startLine: start.line + 1, endLine: last + 1 } };
}

/** Reported in the range; where it is only a cursor, in its line. */
function problemsAt(document: TextDocument, range: Range): readonly EditorDiagnostic[] {
  const all = languages.getDiagnostics(document.uri);
  const touching = all.filter((each) => each.range.intersection(range) !== undefined);
  const found = touching.length > 0 ? touching : all.filter((each) => each.range.start.line === range.start.line);
  return found.map((each) => problemOf(document.uri, each));
}

function isPlace(value: unknown): value is ActionPlace {
  return (
    typeof value === 'object' &&
    value !== null &&
    'uri' in value &&
    value.uri instanceof Uri &&
    'range' in value &&
    value.range instanceof Range
  );
}
