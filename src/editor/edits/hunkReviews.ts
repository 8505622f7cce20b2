import { commands, type CommentThread, comments, Disposable, l10n, type LogOutputChannel, window } from 'vscode';
import type { EditPlanView, PlannedFileView } from '../../protocol/editMessages.ts';
import { registerCommand } from '../command.ts';
import type { EditsClient } from './editsClient.ts';
import { HunkReview, type Reviewed } from './hunkReview.ts';

/** For `when` clauses: whether there is a review, and of which files. */
const contextKey = 'hearth.reviewsHunks';
const filesKey = 'hearth.reviewedFiles';

/** Larger hunks are better read in a diff editor. */
const maxHunkLines = 100;
const maxHunks = 50;

/** The reviews under way, one per file, and the commands that decide about their hunks: by mouse, keys or palette. */
export class HunkReviews implements Disposable {
  readonly #edits: EditsClient;
  readonly #log: LogOutputChannel;
  readonly #controller = comments.createCommentController('hearth.edits', 'Hearth');
  readonly #reviews = new Map<string, HunkReview>();
  readonly #registered: Disposable;

  constructor(edits: EditsClient, log: LogOutputChannel) {
    this.#edits = edits;
    this.#log = log;
    this.#registered = Disposable.from(
      registerCommand('hearth.acceptHunk', log, (thread) =>
        this.#decide(thread, (review, hunk) => review.accept(hunk)),
      ),
      registerCommand('hearth.rejectHunk', log, (thread) =>
        this.#decide(thread, (review, hunk) => review.reject(hunk)),
      ),
      registerCommand('hearth.acceptAllHunks', log, () => this.#current()?.acceptAll()),
      registerCommand('hearth.rejectAllHunks', log, () => this.#current()?.dispose()),
      registerCommand('hearth.nextHunk', log, () => {
        const review = this.#current();
        const isHere = window.activeTextEditor?.document.uri.toString() === review?.uri.toString();
        return review?.goTo(review.next(isHere ? (window.activeTextEditor?.selection.active.line ?? -1) : -1));
      }),
    );
  }

  /** Resolves when the review ended; undefined when the file is not what it was. A review of the same file ends. */
  async review(view: EditPlanView, file: PlannedFileView): Promise<Reviewed | undefined> {
    this.#reviews.get(file.uri)?.dispose();
    const parts = { edits: this.#edits, controller: this.#controller, log: this.#log };
    const review = new HunkReview(parts, view, file);
    this.#reviews.set(file.uri, review);
    await this.#tell();
    try {
      return (await review.begin()) ? await review.done : undefined;
    } finally {
      if (this.#reviews.get(file.uri) === review) this.#reviews.delete(file.uri);
      await this.#tell();
    }
  }

  dispose(): void {
    for (const review of this.#reviews.values()) review.dispose();
    Disposable.from(this.#registered, this.#controller).dispose();
  }

  async #decide(
    given: unknown,
    decide: (review: HunkReview, hunk: NonNullable<ReturnType<HunkReview['hunkAt']>>) => Promise<void>,
  ): Promise<void> {
    const thread = threadOf(given);
    const review = thread === undefined ? this.#current() : this.#reviewOf(thread);
    const hunk = review?.hunkAt(thread ?? window.activeTextEditor?.selection.active.line ?? 0);
    if (review === undefined || hunk === undefined) {
      void window.showInformationMessage(l10n.t('There is no proposed change here.'));
      return;
    }
    await decide(review, hunk);
    // By keys, one goes on to the next; by mouse, one is where one looks.
    if (thread === undefined) await review.goTo(review.next(hunk.line - 1));
  }

  #reviewOf(thread: CommentThread): HunkReview | undefined {
    return [...this.#reviews.values()].find((review) => review.has(thread));
  }

  /** That of the file in front, or else the newest. */
  #current(): HunkReview | undefined {
    const uri = window.activeTextEditor?.document.uri.toString();
    const reviews = [...this.#reviews.values()];
    return reviews.find((review) => review.uri.toString() === uri) ?? reviews.at(-1);
  }

  async #tell(): Promise<void> {
    await commands.executeCommand('setContext', contextKey, this.#reviews.size > 0);
    // Paths: on a remote machine the window knows these files by other URIs.
    const paths = [...this.#reviews.values()].flatMap(({ uri }) => [uri.fsPath, uri.path]);
    await commands.executeCommand('setContext', filesKey, paths);
  }
}

/** The file of a plan that is best reviewed hunk by hunk: the only one, and not written anew. */
export function reviewable({ files }: EditPlanView): PlannedFileView | undefined {
  const [file, ...others] = files;
  if (file?.kind !== 'change' || others.length > 0 || file.hunks.length > maxHunks) return undefined;
  const isShort = file.hunks.every(({ removed, added }) => `${removed}${added}`.split('\n').length <= maxHunkLines);
  return isShort ? file : undefined;
}

/** Menus of threads pass the thread; the palette passes nothing, and other extensions whatever they like. */
function threadOf(given: unknown): CommentThread | undefined {
  return isThread(given) ? given : undefined;
}

function isThread(value: unknown): value is CommentThread {
  return typeof value === 'object' && value !== null && 'comments' in value && 'uri' in value;
}
