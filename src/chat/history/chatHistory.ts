import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { errorText, type Logger } from '../../base/logger.ts';
import type {
  ChatTurn,
  Conversation,
  ConversationPage,
  ConversationSummary,
  ListConversations,
} from '../../protocol/chatMessages.ts';
import { type Problem, ProblemError } from '../../protocol/problems.ts';
import { appendRecord, createFile, readFileOf } from './conversationFile.ts';
import { type ListedChat, Listing } from './listing.ts';
import { searchedText, searchWords } from './searchWords.ts';
import { mayHoldAll, signatureOf } from './signature.ts';

export interface HistoryOptions {
  readonly log: Logger;
  /** Hears of a conversation that was damaged. */
  readonly onProblem: (problem: Problem) => void;
}

const maxTitle = 200;
/** So many candidates of a search are read at once. */
const batch = 16;

/**
 * The conversations of one workspace folder, on the disk: `<chats>/<hash of the folder>/<id>.jsonl`. Several windows may
 * use it at once. Ids come over the wire; what is none is a conversation that is not there (`chat.gone`).
 */
export class ChatHistory {
  readonly #workspace: string;
  readonly #folder: string;
  readonly #options: HistoryOptions;
  readonly #listing: Listing;

  /** `chatsFolder` holds those of all workspace folders; `workspace` is the URI of one, '' for none. */
  constructor(chatsFolder: string, workspace: string, options: HistoryOptions) {
    const hash = createHash('sha256').update(workspace).digest('hex').slice(0, 16);
    this.#workspace = workspace;
    this.#folder = join(chatsFolder, hash);
    this.#options = options;
    this.#listing = new Listing(this.#folder, (id) => this.#readListed(id));
  }

  async create(title: string, nowMs: number): Promise<Conversation> {
    const id = newId(nowMs);
    const start = { title: oneLine(title), createdMs: nowMs };
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      await createFile(this.#pathOf(id), [{ kind: 'start', ...start }]);
    } catch (cause) {
      throw new ProblemError({ code: 'chat.notSaved', reason: errorText(cause) }, { cause });
    }
    return { folder: this.#workspace, id, ...start, changedMs: nowMs, turns: [], head: null };
  }

  /** Rejects with a `ProblemError` (`chat.gone`). */
  async open(id: string): Promise<Conversation> {
    const { conversation, damage, aside } = await readFileOf(this.#pathOf(id), { folder: this.#workspace, id });
    if (damage !== undefined && aside !== undefined) {
      this.#options.log.warn(`the conversation ${id} was damaged: ${damage}`);
      this.#options.onProblem({ code: 'chat.damaged', aside, reason: damage });
    }
    return conversation;
  }

  /** Keeps a turn, or again one that has grown. Rejects with a `ProblemError` (`chat.gone`, `chat.notSaved`), as all that write do. */
  async addTurn(id: string, turn: ChatTurn): Promise<void> {
    await appendRecord(this.#pathOf(id), { kind: 'turn', turn });
  }

  /** `head`: the last turn of the branch to show, as `withBranch` finds it. */
  async setHead(id: string, head: string): Promise<void> {
    await appendRecord(this.#pathOf(id), { kind: 'head', turn: head });
  }

  async rename(id: string, title: string): Promise<void> {
    await appendRecord(this.#pathOf(id), { kind: 'title', title: oneLine(title) });
  }

  /** Newest first. With a query, those of which title and turns hold all its words. */
  async list({ query = '', before, limit }: Omit<ListConversations, 'folder'>): Promise<ConversationPage> {
    const entries = [...(await this.#listing.current(idsAmong))]
      .map(([id, listed]) => ({ id, ...listed }))
      .filter((entry) => before === undefined || isNewer(before, entry))
      .toSorted((a, b) => (isNewer(a, b) ? -1 : 1));
    const found: Entry[] = [];
    for await (const entry of this.#matching(entries, searchWords(query))) if (found.push(entry) > limit) break;
    const page = found.slice(0, limit);
    const last = page.at(-1);
    return {
      conversations: page.map((entry) => summaryOf(this.#workspace, entry)),
      ...(found.length > limit && last !== undefined && { next: { changedMs: last.changedMs, id: last.id } }),
    };
  }

  /** For good: with what was damaged of it, and from the cache of the list. Nothing happens when it is gone already. */
  async delete(id: string): Promise<void> {
    if (!isId(id)) return;
    const names = await readdir(this.#folder).catch(() => []);
    for (const name of names) if (name.startsWith(`${id}.`)) await rm(join(this.#folder, name), { force: true });
    if (names.length > 0) await this.#listing.forget(id);
  }

  /** All of this workspace folder, for good. */
  deleteAll(): Promise<void> {
    return rm(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  async *#matching(entries: readonly Entry[], words: readonly string[]): AsyncGenerator<Entry> {
    if (words.length === 0) return yield* entries;
    const candidates = entries.filter(({ signature }) => mayHoldAll(signature, words));
    for (let at = 0; at < candidates.length; at += batch) {
      const some = candidates.slice(at, at + batch);
      const holds = await Promise.all(some.map(({ id }) => this.#says(id, words)));
      yield* some.filter((_, index) => holds[index]);
    }
  }

  async #says(id: string, words: readonly string[]): Promise<boolean> {
    const conversation = await this.open(id).catch(() => undefined);
    if (conversation === undefined) return false;
    const text = searchedText(conversation);
    return words.every((word) => text.includes(word));
  }

  async #readListed(id: string): Promise<ListedChat | undefined> {
    const conversation = await this.open(id).catch(() => undefined);
    if (conversation === undefined) return undefined;
    const { title, createdMs, changedMs, turns } = conversation;
    return { title, createdMs, changedMs, turns: turns.length, signature: signatureOf(searchedText(conversation)) };
  }

  #pathOf(id: string): string {
    if (!isId(id)) throw new ProblemError({ code: 'chat.gone' });
    return join(this.#folder, `${id}.jsonl`);
  }
}

/** A name that no conversation had or will have: the day, for people, and chance. */
function newId(nowMs: number): string {
  return `${new Date(nowMs).toISOString().slice(0, 10).replaceAll('-', '')}-${randomBytes(6).toString('hex')}`;
}

function isId(name: string): boolean {
  return /^\d{8}-[0-9a-f]{12}$/.test(name);
}

function idsAmong(names: readonly string[]): readonly string[] {
  return names.flatMap((name) => (name.endsWith('.jsonl') ? [name.slice(0, -'.jsonl'.length)] : [])).filter(isId);
}

interface Entry extends ListedChat {
  readonly id: string;
}

type Position = Pick<ConversationSummary, 'changedMs' | 'id'>;

function isNewer(a: Position, b: Position): boolean {
  return a.changedMs > b.changedMs || (a.changedMs === b.changedMs && a.id > b.id);
}

function summaryOf(folder: string, { id, title, createdMs, changedMs, turns }: Entry): ConversationSummary {
  return { folder, id, title, createdMs, changedMs, turns };
}

function oneLine(title: string): string {
  return title.replace(/\s+/gu, ' ').trim().slice(0, maxTitle);
}
