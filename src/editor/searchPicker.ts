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
import type { IndexClient } from './indexClient.ts';
import { type NoIndex, stillIndexing } from './indexText.ts';
import { NewestSearch } from './newestSearch.ts';
import { SearchPreview } from './searchPreview.ts';
import { isSamePlace, noteRow, recentRows, resultRows, type SearchRow } from './searchRows.ts';

export interface SearchPickerOptions {
  readonly index: IndexClient;
  readonly log: LogOutputChannel;
  /** Queries to offer before anything is typed. */
  readonly recent: readonly string[];
  readonly initial: string;
  /** The document the user is in. */
  readonly fromUri: string | undefined;
  readonly whyNothing: () => NoIndex | undefined;
}

/** A query is asked once no key was pressed for this long. */
const typingRestMs = 150;
const maxHits = 50;

type Item = QuickPickItem & { readonly row: SearchRow };

/** One search, from opening the list until the user is at a result, or back. */
export class SearchPicker {
  /** The query whose result was chosen, once the result is shown; undefined once the user is back. */
  readonly over: Promise<string | undefined>;
  readonly #options: SearchPickerOptions;
  readonly #picker = window.createQuickPick<Item>();
  readonly #preview: SearchPreview;
  readonly #search: NewestSearch<SearchResult>;
  /** Whether the last answer was made from all files. */
  #complete = true;
  /** What happens when the list is gone. */
  #next: () => Promise<string | undefined>;

  constructor(options: SearchPickerOptions) {
    this.#options = options;
    this.#preview = new SearchPreview(options.log);
    this.#search = this.#createSearch();
    this.#next = async () => {
      await this.#preview.restore();
      return undefined;
    };
    const parts = this.#listen();
    this.over = new Promise((resolve, reject) => {
      this.#picker.onDidHide(() => {
        this.#search.cancel();
        parts.dispose();
        this.#next().then(resolve, reject);
      });
    });
    this.#open();
  }

  /** Resolves when the user is back, or at the result that was chosen already. */
  async close(): Promise<void> {
    this.#picker.hide();
    // Whoever opened it hears of failures.
    await this.over.catch(() => {});
  }

  #open(): void {
    const picker = this.#picker;
    picker.placeholder = l10n.t('What are you looking for? A question, a few words or a name');
    // The order is the engine's: VS Code would put names with the same letters first. Its typings lack the switch.
    Reflect.set(picker, 'sortByLabel', false);
    // The place behind the list can be scrolled and copied from; Escape leads back.
    picker.ignoreFocusOut = true;
    picker.matchOnDescription = false;
    picker.matchOnDetail = false;
    picker.value = this.#options.initial;
    this.#showProgress();
    this.#ask(0);
    picker.show();
  }

  #listen(): Disposable {
    const picker = this.#picker;
    return Disposable.from(
      picker,
      this.#preview,
      this.#options.index.onStatus(({ state }) => {
        this.#showProgress();
        if (picker.value.trim() === '') this.#ask();
        else if (!this.#complete && state === 'ready') this.#ask(0);
      }),
      picker.onDidChangeValue(() => this.#ask()),
      picker.onDidChangeActive(([item]) => {
        const hit = hitOf(item);
        if (hit) this.#preview.show(hit);
      }),
      picker.onDidAccept(() => {
        const row = picker.selectedItems[0]?.row;
        if (row) this.#accept(row, false);
      }),
      picker.onDidTriggerItemButton(({ item }) => this.#accept(item.row, true)),
    );
  }

  #createSearch(): NewestSearch<SearchResult> {
    const { index, log, fromUri, whyNothing } = this.#options;
    return new NewestSearch({
      delayMs: typingRestMs,
      run: (text, signal) => index.search({ text, limit: maxHits, ...(fromUri !== undefined && { fromUri }) }, signal),
      show: (result) => {
        this.#complete = result.complete;
        const nothing = result.hits.length === 0 && !result.problem ? whyNothing() : undefined;
        this.#show(nothing ? [noIndexRow(nothing)] : resultRows(result, shownPath, l10n.t));
      },
      fail: (cause) => {
        log.error(`search: ${errorText(cause)}`);
        this.#show([noteRow('warning', l10n.t('Hearth could not do that: {0}', errorText(cause)))]);
      },
    });
  }

  #ask(delayMs?: number): void {
    const query = this.#picker.value.trim();
    this.#complete = true;
    this.#search.cancel();
    this.#picker.busy = query !== '';
    if (query !== '') return this.#search.ask(query, delayMs);
    const nothing = this.#options.whyNothing();
    this.#show(nothing ? [noIndexRow(nothing)] : recentRows(this.#options.recent));
  }

  /** What was chosen stays chosen where it is found again. */
  #show(rows: readonly SearchRow[]): void {
    const picker = this.#picker;
    const chosen = hitOf(picker.activeItems[0]);
    picker.busy = false;
    picker.items = rows.map(itemOf);
    const again = chosen && picker.items.find((item) => isSamePlace(chosen, hitOf(item)));
    if (again) picker.activeItems = [again];
  }

  #showProgress(): void {
    const progress = stillIndexing(this.#options.index.status, l10n.t);
    this.#picker.title = [l10n.t('Search the Code by Meaning'), progress].filter(Boolean).join(' · ');
  }

  #accept(row: SearchRow, toSide: boolean): void {
    const picker = this.#picker;
    if (row.kind === 'recent') {
      picker.value = row.query;
      this.#ask(0);
    } else if (row.kind === 'hit') {
      const query = picker.value;
      this.#next = async () => {
        await this.#preview.goTo(row.hit, { toSide });
        return query;
      };
      picker.hide();
    } else if (row.command) {
      const back = this.#next;
      const { command } = row;
      this.#next = async () => {
        await back();
        await commands.executeCommand(...command);
        return undefined;
      };
      picker.hide();
    }
  }
}

function noIndexRow({ text, command }: NoIndex): SearchRow {
  return noteRow('info', text, command);
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
