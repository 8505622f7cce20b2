import {
  commands,
  Disposable,
  l10n,
  type LogOutputChannel,
  type QuickPickItem,
  ThemeIcon,
  Uri,
  window,
  workspace,
} from 'vscode';
import { errorText } from '../base/logger.ts';
import type { SearchHit, SearchResult } from '../protocol/indexMessages.ts';
import { registerCommand } from './command.ts';
import { currentSettings } from './currentSettings.ts';
import type { IndexClient } from './indexClient.ts';
import { type NoIndex, stillIndexing, whyNoIndex } from './indexText.ts';
import { NewestSearch } from './newestSearch.ts';
import { queryOfSelection, rememberQuery } from './recentQueries.ts';
import { SearchPreview } from './searchPreview.ts';
import { isSamePlace, noteRow, recentRows, resultRows, type SearchRow } from './searchRows.ts';

/** A query is asked once no key was pressed for this long. */
const typingRestMs = 150;
const maxHits = 50;

type Item = QuickPickItem & { readonly row: SearchRow };

/** The search by meaning: a list that fills while the user types, with the chosen place shown behind it. */
export function offerSearch(index: IndexClient, log: LogOutputChannel): Disposable {
  let recent: readonly string[] = [];
  const remember = (query: string) => {
    recent = rememberQuery(recent, query);
  };
  return registerCommand('hearth.searchCode', log, () => {
    const selected = window.activeTextEditor?.document.getText(window.activeTextEditor.selection) ?? '';
    openSearch({ index, log, recent: () => recent, remember, initial: queryOfSelection(selected) });
  });
}

interface Search {
  readonly index: IndexClient;
  readonly log: LogOutputChannel;
  readonly recent: () => readonly string[];
  readonly remember: (query: string) => void;
  readonly initial: string;
}

function openSearch({ index, log, recent, remember, initial }: Search): void {
  const picker = window.createQuickPick<Item>();
  const preview = new SearchPreview(log);
  const fromUri = window.activeTextEditor?.document.uri.toString();
  let complete = true;
  let leaving = false;

  const show = (rows: readonly SearchRow[]) => {
    const chosen = hitOf(picker.activeItems[0]);
    picker.busy = false;
    picker.items = rows.map(itemOf);
    const again = picker.items.find((item) => chosen && isSamePlace(chosen, hitOf(item)));
    if (again) picker.activeItems = [again];
  };
  const search = new NewestSearch<SearchResult>({
    delayMs: typingRestMs,
    run: (text, signal) => index.search({ text, limit: maxHits, ...(fromUri !== undefined && { fromUri }) }, signal),
    show: (result) => {
      complete = result.complete;
      const reason = result.hits.length === 0 && !result.problem ? reasonForNothing(index) : undefined;
      show(
        reason === undefined ? resultRows(result, shownPath, l10n.t) : [noteRow('info', reason.text, reason.command)],
      );
    },
    fail: (cause) => {
      log.error(`search: ${errorText(cause)}`);
      show([noteRow('warning', l10n.t('Hearth could not do that: {0}', errorText(cause)))]);
    },
  });
  const ask = (delayMs?: number) => {
    const query = picker.value.trim();
    complete = true;
    search.cancel();
    picker.busy = query !== '';
    if (query === '') show(emptyRows(index, recent()));
    else search.ask(query, delayMs);
  };
  const go = async (hit: SearchHit, toSide: boolean) => {
    leaving = true;
    remember(picker.value);
    picker.hide();
    try {
      await preview.goTo(hit, { toSide });
    } catch (cause) {
      log.error(`search: ${errorText(cause)}`);
      void window.showErrorMessage(l10n.t('Hearth could not do that: {0}', errorText(cause)));
    }
  };
  const showProgress = () => {
    const progress = stillIndexing(index.status, l10n.t);
    picker.title = [l10n.t('Search the Code by Meaning'), progress].filter(Boolean).join(' · ');
  };

  picker.placeholder = l10n.t('What are you looking for? A question, a few words or a name');
  // The order is the engine's. VS Code would put names that match the letters first; this switch is not in its typings.
  Reflect.set(picker, 'sortByLabel', false);
  // The place behind the list can be scrolled and copied from; Escape leads back.
  picker.ignoreFocusOut = true;
  picker.matchOnDescription = false;
  picker.matchOnDetail = false;
  picker.value = initial;
  const parts = Disposable.from(
    picker,
    preview,
    index.onStatus(({ state }) => {
      showProgress();
      if (picker.value.trim() === '') ask();
      else if (!complete && state === 'ready') ask(0);
    }),
    picker.onDidChangeValue(() => ask()),
    picker.onDidChangeActive(([item]) => {
      const hit = hitOf(item);
      if (hit) preview.show(hit);
    }),
    picker.onDidAccept(() => {
      const row = picker.selectedItems[0]?.row;
      if (row?.kind === 'hit') void go(row.hit, false);
      if (row?.kind === 'note' && row.command) {
        picker.hide();
        void commands.executeCommand(...row.command);
      }
      if (row?.kind !== 'recent') return;
      picker.value = row.query;
      ask(0);
    }),
    picker.onDidTriggerItemButton(({ item }) => {
      if (item.row.kind === 'hit') void go(item.row.hit, true);
    }),
    picker.onDidHide(() => {
      search.cancel();
      if (!leaving) void preview.restore();
      parts.dispose();
    }),
  );
  showProgress();
  ask(0);
  picker.show();
}

/** What the list says before anything is typed. */
function emptyRows(index: IndexClient, recent: readonly string[]): readonly SearchRow[] {
  const reason = reasonForNothing(index);
  return reason === undefined ? recentRows(recent) : [noteRow('info', reason.text, reason.command)];
}

function reasonForNothing({ status }: IndexClient): NoIndex | undefined {
  const folders = workspace.workspaceFolders?.length ?? 0;
  return whyNoIndex(status, { enabled: currentSettings().index, folders }, l10n.t);
}

function itemOf(row: SearchRow): Item {
  // What was found was not found by its letters: VS Code must not leave it out.
  if (row.kind !== 'hit') return { label: row.label, alwaysShow: true, row };
  const { label, detail } = row;
  const buttons = [{ iconPath: new ThemeIcon('split-horizontal'), tooltip: l10n.t('Open to the Side') }];
  return { label, detail, alwaysShow: true, buttons, row };
}

function hitOf(item: Item | undefined): SearchHit | undefined {
  return item?.row.kind === 'hit' ? item.row.hit : undefined;
}

/** With the folder's name in front where there are several. */
function shownPath(hit: SearchHit): string {
  return workspace.asRelativePath(Uri.parse(hit.uri));
}
