import {
  type CommentController,
  type CommentThread,
  Disposable,
  EventEmitter,
  l10n,
  type LogOutputChannel,
  OverviewRulerLane,
  Selection,
  type TextDocument,
  type TextDocumentChangeEvent,
  TextEditorRevealType,
  ThemeColor,
  Uri,
  window,
  workspace,
  WorkspaceEdit,
} from 'vscode';
import { errorText } from '../../base/logger.ts';
import type { EditPlanView, PlannedFileView } from '../../protocol/editMessages.ts';
import { tellStale, tellWhyNot } from './carryOut.ts';
import { confirmFiles } from './confirmFiles.ts';
import type { EditsClient } from './editsClient.ts';
import { hunkThread, showHunk } from './hunkThread.ts';
import { addHunks, rangeOf, unixText } from './planDocuments.ts';
import { movedHunks, type ReviewedHunk, reviewedHunks, withHunks } from './reviewedHunks.ts';

/** How a review ended. */
export interface Reviewed {
  readonly accepted: number;
  readonly rejected: number;
  /** The newest, when something was accepted. */
  readonly checkpoint?: string;
  /** The file could be parsed before, and cannot be now. */
  readonly isBroken: boolean;
}

export interface HunkReviewParts {
  readonly edits: EditsClient;
  readonly controller: CommentController;
  readonly log: LogOutputChannel;
}

/**
 * The change of one file, shown hunk by hunk in its own editor. The file stays as it is until a hunk is accepted; each
 * accepting is one step of undo. What the user types meanwhile moves the hunks, or makes them stale.
 */
export class HunkReview implements Disposable {
  readonly uri: Uri;
  /** Resolves when every hunk was decided, or the review was given up. */
  readonly done: Promise<Reviewed>;
  readonly #parts: HunkReviewParts;
  readonly #view: EditPlanView;
  readonly #file: PlannedFileView;
  readonly #threads = new Map<number, CommentThread>();
  readonly #goes = window.createTextEditorDecorationType({
    backgroundColor: new ThemeColor('diffEditor.removedLineBackground'),
    overviewRulerColor: new ThemeColor('editorOverviewRuler.deletedForeground'),
    overviewRulerLane: OverviewRulerLane.Left,
    isWholeLine: true,
  });
  readonly #listeners: Disposable;
  readonly #ended = new EventEmitter<Reviewed>();
  #hunks: readonly ReviewedHunk[];
  #confirmed: readonly string[] | undefined;
  #reviewed: Reviewed = { accepted: 0, rejected: 0, isBroken: false };
  /** Decisions are carried out one after the other. */
  #turn: Promise<void> = Promise.resolve();

  constructor(parts: HunkReviewParts, view: EditPlanView, file: PlannedFileView) {
    this.#parts = parts;
    this.#view = view;
    this.#file = file;
    this.uri = Uri.parse(file.uri, true);
    this.done = new Promise((resolve) => this.#ended.event(resolve));
    this.#hunks = reviewedHunks(file.hunks);
    for (const hunk of this.#hunks)
      this.#threads.set(hunk.id, hunkThread(parts.controller, this.uri, hunk, this.#hunks.length));
    this.#listeners = Disposable.from(
      workspace.onDidChangeTextDocument((event) => this.#follow(event)),
      window.onDidChangeVisibleTextEditors(() => this.#decorate()),
    );
    this.#decorate();
  }

  /** Goes to the first hunk. Resolves to false when the file is not what it was: then there is nothing to review. */
  async begin(): Promise<boolean> {
    const document = await workspace.openTextDocument(this.uri);
    if (unixText(document) !== this.#file.before) {
      tellStale([this.#file.path]);
      this.dispose();
      return false;
    }
    await this.goTo(this.#hunks[0]);
    return true;
  }

  has(thread: CommentThread): boolean {
    return [...this.#threads.values()].includes(thread);
  }

  /** The hunk of a thread; without one, the hunk at a line, or else the next below. */
  hunkAt(where: CommentThread | number): ReviewedHunk | undefined {
    if (typeof where !== 'number') return this.#hunks.find(({ id }) => this.#threads.get(id) === where);
    const ordered = this.#hunks.toSorted((a, b) => a.line - b.line);
    return ordered.find((hunk) => rangeOf(hunk).end.line >= where) ?? ordered[0];
  }

  /** The hunk below a line, from the top again after the last. */
  next(line: number): ReviewedHunk | undefined {
    const ordered = this.#hunks.toSorted((a, b) => a.line - b.line);
    return ordered.find((hunk) => hunk.line > line) ?? ordered[0];
  }

  async goTo(hunk: ReviewedHunk | undefined): Promise<void> {
    if (hunk === undefined) return;
    const { start } = rangeOf(hunk);
    const editor = await window.showTextDocument(this.uri, { preview: false, selection: new Selection(start, start) });
    editor.revealRange(rangeOf(hunk), TextEditorRevealType.InCenterIfOutsideViewport);
    this.#decorate();
  }

  accept(...hunks: readonly ReviewedHunk[]): Promise<void> {
    return this.#inTurn(() => this.#accept(hunks.map(({ id }) => id)));
  }

  acceptAll(): Promise<void> {
    return this.#inTurn(() => this.#accept(this.#hunks.map(({ id }) => id)));
  }

  reject(...hunks: readonly ReviewedHunk[]): Promise<void> {
    return this.#inTurn(async () =>
      this.#decide(
        hunks.map(({ id }) => id),
        'rejected',
      ),
    );
  }

  /** Rejects what was not decided. */
  dispose(): void {
    this.#decide(
      this.#hunks.map(({ id }) => id),
      'rejected',
    );
    this.#end();
  }

  async #accept(ids: readonly number[]): Promise<void> {
    const chosen = this.#hunks.filter(({ id }) => ids.includes(id));
    if (chosen.some(({ fits }) => !fits))
      void window.showWarningMessage(
        l10n.t('A change does not fit any more, because the text was changed there. Undo that, or reject the change.'),
      );
    if (chosen.every(({ fits }) => !fits)) return;
    this.#confirmed ??= await confirmFiles(this.#view);
    if (this.#confirmed === undefined) return;
    const document = await workspace.openTextDocument(this.uri);
    const hunks = this.#hunks.filter(({ id, fits }) => fits && ids.includes(id));
    if (hunks.length === 0) return;
    const before = unixText(document);
    const part = { uri: this.#file.uri, before, after: withHunks(before, hunks) };
    const checked = await this.#parts.edits.check({ plan: this.#view.id, confirmed: this.#confirmed, part });
    if (!checked.ok) return await tellWhyNot(checked);
    // The user may have typed, or rejected it, while the engine looked.
    const isWanted = unixText(document) === before && hunks.every(({ id }) => this.#threads.has(id));
    const isWritten = isWanted && (await this.#write(document, hunks));
    const told = { plan: this.#view.id, checkpoint: checked.checkpoint, isWritten };
    const { broken } = await this.#parts.edits.applied(told);
    if (!isWritten) return tellStale([this.#file.path]);
    this.#reviewed = { ...this.#reviewed, checkpoint: checked.checkpoint, isBroken: broken.length > 0 };
    this.#end();
  }

  /** The hunks are decided before the change comes back as an event, which would find them stale. */
  async #write(document: TextDocument, hunks: readonly ReviewedHunk[]): Promise<boolean> {
    const edit = new WorkspaceEdit();
    addHunks(edit, document.uri, hunks);
    const all = this.#hunks;
    const ids = hunks.map(({ id }) => id);
    this.#hunks = all.filter(({ id }) => !ids.includes(id));
    try {
      if (await workspace.applyEdit(edit)) {
        this.#decide(ids, 'accepted');
        return true;
      }
    } catch (cause) {
      this.#parts.log.error(`A change could not be made: ${errorText(cause)}`);
    }
    this.#hunks = movedHunks(all, [], unixText(document));
    return false;
  }

  #decide(ids: readonly number[], as: 'accepted' | 'rejected'): void {
    for (const id of ids) {
      const thread = this.#threads.get(id);
      if (thread === undefined) continue;
      thread.dispose();
      this.#threads.delete(id);
      this.#reviewed = { ...this.#reviewed, [as]: this.#reviewed[as] + 1 };
    }
    this.#hunks = this.#hunks.filter(({ id }) => !ids.includes(id));
    this.#decorate();
    if (as === 'rejected') this.#end();
  }

  #end(): void {
    if (this.#threads.size > 0) return;
    this.#listeners.dispose();
    this.#goes.dispose();
    this.#ended.fire(this.#reviewed);
  }

  #follow({ document, contentChanges }: TextDocumentChangeEvent): void {
    if (document.uri.toString() !== this.uri.toString() || contentChanges.length === 0) return;
    const changes = contentChanges.map(({ range: { start, end }, text }) => ({
      startLine: start.line,
      startCharacter: start.character,
      endLine: end.line,
      endCharacter: end.character,
      text,
    }));
    this.#hunks = movedHunks(this.#hunks, changes, unixText(document));
    for (const hunk of this.#hunks) {
      const thread = this.#threads.get(hunk.id);
      if (thread !== undefined) showHunk(thread, hunk);
    }
    this.#decorate();
  }

  #decorate(): void {
    const ranges = this.#hunks.filter(({ removed, fits }) => removed !== '' && fits).map((hunk) => linesOf(hunk));
    for (const editor of window.visibleTextEditors)
      if (editor.document.uri.toString() === this.uri.toString()) editor.setDecorations(this.#goes, ranges);
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => {});
    return done;
  }
}

/** Without the start of the line behind them. */
function linesOf(hunk: ReviewedHunk) {
  const range = rangeOf(hunk);
  return hunk.removed.endsWith('\n')
    ? range.with({ end: range.end.with(range.end.line - 1, Number.MAX_SAFE_INTEGER) })
    : range;
}
