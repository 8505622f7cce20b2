import type { ConversationSummary, ListPosition } from '../../protocol/chatMessages.ts';
import type { ChatDesk } from './chatDesk.ts';
import type { ChatEngine } from './chatEngine.ts';
import type { PageAction, ShownHistory } from './messages.ts';

type HistoryAction = Extract<
  PageAction,
  { do: 'leaveHistory' | 'find' | 'showMore' | 'rename' | 'delete' | 'export' | 'deleteAll' }
>;

const actions: readonly string[] = [
  'leaveHistory',
  'find',
  'showMore',
  'rename',
  'delete',
  'export',
  'deleteAll',
] satisfies readonly HistoryAction['do'][];

export function isHistoryAction(action: PageAction): action is HistoryAction {
  return actions.includes(action.do);
}

interface HistoryOptions {
  readonly engine: Pick<ChatEngine, 'list' | 'rename' | 'delete' | 'deleteAll' | 'export'>;
  readonly desk: Pick<ChatDesk, 'askTitle' | 'confirmDeletion' | 'saveExport'>;
  /** Undefined: the list is closed. */
  readonly show: (history: ShownHistory | undefined) => void;
  readonly renamed: (id: string, title: string) => void;
  /** Undefined: all of them. */
  readonly deleted: (id: string | undefined) => void;
}

const pageSize = 40;

/** The conversations of a folder as a list to search in, and what can be done with each. */
export class HistoryList {
  readonly #options: HistoryOptions;
  #folder = '';
  #shown: ShownHistory | undefined;
  #next: ListPosition | undefined;
  /** The newest question: older answers are not shown. */
  #asked = 0;

  constructor(options: HistoryOptions) {
    this.#options = options;
  }

  async open(folder: string, current: string | undefined): Promise<void> {
    this.#folder = folder;
    this.#set({ query: '', list: [], state: 'loading', hasMore: false, ...(current !== undefined && { current }) });
    await this.#ask();
  }

  close(): void {
    if (this.#shown) this.#set(undefined);
  }

  /** For a page that was loaded anew. */
  tell(): void {
    this.#options.show(this.#shown);
  }

  async receive(action: HistoryAction): Promise<void> {
    const { engine, desk } = this.#options;
    switch (action.do) {
      case 'leaveHistory':
        return this.close();
      case 'find':
        if (this.#shown) this.#set({ ...this.#shown, query: action.query, state: 'loading' });
        return await this.#ask();
      case 'showMore':
        return await this.#ask(this.#next);
      case 'export':
        return await this.export(this.#folder, action.id, this.#titleOf(action.id));
      case 'rename': {
        const title = await desk.askTitle(this.#titleOf(action.id));
        if (title === undefined) return;
        await engine.rename({ folder: this.#folder, id: action.id, title });
        this.#options.renamed(action.id, title);
        return await this.#ask();
      }
      case 'delete':
        if (!(await desk.confirmDeletion(this.#titleOf(action.id)))) return;
        await engine.delete({ folder: this.#folder, id: action.id });
        this.#options.deleted(action.id);
        return await this.#ask();
      case 'deleteAll':
        if (!(await desk.confirmDeletion(undefined))) return;
        await engine.deleteAll({ folder: this.#folder });
        this.#options.deleted(undefined);
        return await this.#ask();
    }
  }

  async export(folder: string, id: string, title: string): Promise<void> {
    const { markdown } = await this.#options.engine.export({ folder, id });
    await this.#options.desk.saveExport(title, markdown);
  }

  #titleOf(id: string): string {
    return this.#shown?.list.find((each) => each.id === id)?.title ?? '';
  }

  async #ask(before?: ListPosition): Promise<void> {
    const shown = this.#shown;
    if (!shown) return;
    const asked = ++this.#asked;
    const query = shown.query.trim();
    try {
      const page = await this.#options.engine.list({
        folder: this.#folder,
        limit: pageSize,
        ...(query !== '' && { query }),
        ...(before && { before }),
      });
      if (asked !== this.#asked || !this.#shown) return;
      const list: readonly ConversationSummary[] = before ? [...shown.list, ...page.conversations] : page.conversations;
      this.#next = page.next;
      this.#set({ ...this.#shown, list, state: 'shown', hasMore: page.next !== undefined });
    } catch (cause) {
      if (asked === this.#asked && this.#shown) this.#set({ ...this.#shown, state: 'failed' });
      throw cause;
    }
  }

  #set(shown: ShownHistory | undefined): void {
    this.#shown = shown;
    this.#options.show(shown);
  }
}
