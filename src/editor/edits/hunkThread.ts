import {
  type CommentController,
  CommentMode,
  type CommentThread,
  CommentThreadCollapsibleState,
  l10n,
  MarkdownString,
  Range,
  type Uri,
} from 'vscode';
import { visibleCode } from './visibleCode.ts';
import { diffOf, type ReviewedHunk } from './reviewedHunks.ts';

/** A comment thread that shows one hunk where it stands in the real editor. Nothing in it is trusted, or HTML. */
export function hunkThread(controller: CommentController, uri: Uri, hunk: ReviewedHunk, total: number): CommentThread {
  const thread = controller.createCommentThread(uri, threadRange(hunk), []);
  thread.canReply = false;
  thread.label = l10n.t('Hearth: change {0} of {1}', hunk.id + 1, total);
  thread.collapsibleState = CommentThreadCollapsibleState.Expanded;
  showHunk(thread, hunk);
  return thread;
}

/** Moves the thread to where its hunk is now, and says whether it still fits. */
export function showHunk(thread: CommentThread, hunk: ReviewedHunk): void {
  thread.range = threadRange(hunk);
  thread.contextValue = hunk.fits ? 'fits' : 'stale';
  thread.comments = [{ author: { name: 'Hearth' }, mode: CommentMode.Preview, body: bodyOf(hunk) }];
}

function bodyOf(hunk: ReviewedHunk): MarkdownString {
  const body = new MarkdownString();
  body.isTrusted = false;
  body.supportHtml = false;
  if (!hunk.fits) body.appendText(l10n.t('The text was changed here, so this does not fit any more.'));
  body.appendCodeblock(visibleCode(diffOf(hunk)), 'diff');
  return body;
}

/** The last of the lines that go, so that the thread stands below them; where lines only come, the line before. */
function threadRange({ line, removed }: ReviewedHunk): Range {
  const lines = removed.split('\n').length - (removed.endsWith('\n') ? 1 : 0);
  const first = removed === '' ? Math.max(0, line - 1) : line;
  const last = removed === '' ? first : line + Math.max(0, lines - 1);
  return new Range(first, 0, last, 0);
}
