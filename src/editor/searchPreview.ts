import {
  type Disposable,
  type LogOutputChannel,
  Range,
  Selection,
  type Tab,
  TabInputText,
  type TextEditor,
  TextEditorRevealType,
  ThemeColor,
  Uri,
  ViewColumn,
  window,
} from 'vscode';
import { errorText } from '../base/logger.ts';
import type { SearchHit } from '../protocol/indexMessages.ts';
import { hitLine } from './hitLine.ts';

/**
 * Shows hits in the editor while the user moves through a list, and goes back to where the user was. Make it before
 * anything is shown: it remembers what it finds.
 */
export class SearchPreview implements Disposable {
  readonly #log: LogOutputChannel;
  readonly #before = rememberPlace();
  readonly #highlight = window.createTextEditorDecorationType({
    backgroundColor: new ThemeColor('editor.rangeHighlightBackground'),
    isWholeLine: true,
  });
  #showing: SearchHit | undefined;
  #last: Promise<void> = Promise.resolve();

  constructor(log: LogOutputChannel) {
    this.#log = log;
  }

  /** Shows a hit and leaves the keyboard where it is. The newest wins; a file that is gone shows nothing. */
  show(hit: SearchHit): void {
    if (this.#showing === hit) return;
    this.#showing = hit;
    this.#last = this.#showAfter(this.#last, hit);
  }

  /** Goes to a hit for good. */
  async goTo(hit: SearchHit, where: { readonly toSide: boolean }): Promise<void> {
    this.#showing = undefined;
    await this.#last;
    if (where.toSide) await this.restore();
    await open(hit, { preview: false, ...(where.toSide && { viewColumn: ViewColumn.Beside }) });
  }

  /** Goes back to where the user was, and closes what only the preview had opened. */
  async restore(): Promise<void> {
    this.#showing = undefined;
    await this.#last;
    const { column, previewTab, editor, uris } = this.#before;
    const openTabs = () => window.tabGroups.all.find((group) => group.viewColumn === column)?.tabs ?? [];
    // A group has one preview tab: the user's was replaced.
    if (previewTab && !openTabs().some((tab) => uriOf(tab)?.toString() === previewTab.toString()))
      await window.showTextDocument(previewTab, { viewColumn: column, preview: true, preserveFocus: true });
    // A notebook's cell or one side of a diff is no tab of its own: closing the preview leads back to it.
    if (editor && uris.has(editor.document.uri.toString())) {
      const preview = previewTab?.toString() === editor.document.uri.toString();
      const shown = await window.showTextDocument(editor.document, { viewColumn: column, preview });
      shown.selections = editor.selections;
      if (editor.visible) shown.revealRange(editor.visible, TextEditorRevealType.AtTop);
    }
    const ours = openTabs().filter((tab) => tab.isPreview && uriOf(tab) && !uris.has(uriOf(tab)?.toString()));
    await window.tabGroups.close(ours, true);
  }

  dispose(): void {
    this.#showing = undefined;
    this.#highlight.dispose();
  }

  async #showAfter(last: Promise<void>, hit: SearchHit): Promise<void> {
    await last;
    if (this.#showing !== hit) return;
    try {
      const editor = await open(hit, { preserveFocus: true, preview: true });
      if (this.#showing === hit) editor.setDecorations(this.#highlight, [rangeOf(hit, editor)]);
    } catch (cause) {
      this.#log.debug(`No preview: ${errorText(cause)}`);
    }
  }
}

function rememberPlace() {
  const { viewColumn: column, tabs } = window.tabGroups.activeTabGroup;
  const preview = tabs.find((tab) => tab.isPreview);
  const active = window.activeTextEditor;
  return {
    column,
    uris: new Set(tabs.map((tab) => uriOf(tab)?.toString())),
    previewTab: preview && uriOf(preview),
    // As it is now: the editor itself moves on.
    editor: active && {
      document: active.document,
      selections: active.selections,
      visible: active.visibleRanges[0],
    },
  };
}

function uriOf({ input }: Tab): Uri | undefined {
  return input instanceof TabInputText ? input.uri : undefined;
}

async function open(
  hit: SearchHit,
  options: { readonly preview: boolean; readonly preserveFocus?: boolean; readonly viewColumn?: ViewColumn },
): Promise<TextEditor> {
  const editor = await window.showTextDocument(Uri.parse(hit.uri, true), options);
  const { range: line } = editor.document.lineAt(Math.min(hitLine(hit), editor.document.lineCount - 1));
  editor.selection = new Selection(line.start, line.start);
  // The list covers the upper half of the editor.
  editor.revealRange(line, TextEditorRevealType.InCenter);
  return editor;
}

/** The file may have changed since it was indexed. */
function rangeOf({ startLine, endLine }: SearchHit, { document }: TextEditor): Range {
  const last = document.lineCount - 1;
  const start = Math.min(startLine, last);
  return document.validateRange(new Range(start, 0, Math.max(start, Math.min(endLine - 1, last)), 0));
}
