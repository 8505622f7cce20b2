import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  CancellationToken,
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import type { InlineCompletionItem } from 'vscode-languageserver';
import type { ControlIndex, IndexStatus, LastContext, SearchResult } from '../../src/protocol/indexMessages.ts';
import { type EngineStatus, Message } from '../../src/protocol/messages.ts';
import type { PersonalStatus } from '../../src/protocol/personalMessages.ts';
import type { Problem } from '../../src/protocol/problems.ts';

const serverFile = fileURLToPath(new URL('../../dist/server.js', import.meta.url));

export interface BareClientOptions {
  /** Workspace folder; a new empty one when absent. */
  readonly folder?: string;
  /** HEARTH_HOME; a new empty one, deleted at the end, when absent. */
  readonly home?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Beside what this process has. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The plainest LSP client there can be, over stdio: what any editor would do, and nothing of VS Code. */
export class BareClient implements AsyncDisposable {
  readonly folder: string;
  readonly home: string;
  readonly server: ChildProcess;
  readonly connection: MessageConnection;
  readonly statuses: EngineStatus[] = [];
  readonly indexStatuses: IndexStatus[] = [];
  readonly personalStatuses: PersonalStatus[] = [];
  readonly problems: Problem[] = [];
  readonly log: string[] = [];
  capabilities: Record<string, unknown> = {};
  /** The workspace folders that are open now. */
  #folders: readonly string[];
  /** Folders made here, deleted at the end. */
  readonly #own: readonly string[];
  readonly #texts = new Map<string, { text: string; version: number }>();
  #onStatus: (() => void)[] = [];

  constructor(options: BareClientOptions = {}) {
    this.folder = options.folder ?? mkdtempSync(join(tmpdir(), 'hearth-workspace-'));
    this.home = options.home ?? mkdtempSync(join(tmpdir(), 'hearth-home-'));
    this.#own = [...(options.folder ? [] : [this.folder]), ...(options.home ? [] : [this.home])];
    this.#folders = [this.folder];
    this.server = spawn(process.execPath, [serverFile, '--stdio'], {
      env: { ...process.env, ...options.env, HEARTH_HOME: this.home, HEARTH_LINGER_MS: '500' },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const { stdin, stdout } = this.server;
    if (stdin === null || stdout === null) throw new Error('the server has no pipes');
    this.connection = createMessageConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin));
    this.connection.onNotification(Message.status, (status: EngineStatus) => {
      this.statuses.push(status);
      for (const wake of this.#onStatus.splice(0)) wake();
    });
    this.connection.onNotification(Message.indexStatus, (status: IndexStatus) => {
      this.indexStatuses.push(status);
      for (const wake of this.#onStatus.splice(0)) wake();
    });
    this.connection.onNotification(
      Message.personalStatus,
      (status: PersonalStatus) => void this.personalStatuses.push(status),
    );
    this.connection.onNotification(Message.problem, (problem: Problem) => void this.problems.push(problem));
    this.connection.onNotification(
      'window/logMessage',
      ({ message }: { message: string }) => void this.log.push(message),
    );
    this.connection.onRequest('workspace/workspaceFolders', () => this.#folders.map(folderItem));
    this.connection.onRequest('client/registerCapability', () => null);
    this.connection.listen();
  }

  static async start(options: BareClientOptions = {}): Promise<BareClient> {
    const client = new BareClient(options);
    const died = new Promise<never>((_, reject) => {
      client.server.once('exit', (code, signal) => reject(new Error(`the engine ended: ${code ?? signal}`)));
    });
    const initialize = client.connection.sendRequest<{ capabilities: Record<string, unknown> }>('initialize', {
      processId: process.pid,
      rootUri: pathToFileURL(client.folder).href,
      workspaceFolders: [folderItem(client.folder)],
      capabilities: { workspace: { workspaceFolders: true } },
      initializationOptions: { settings: options.settings ?? {} },
    });
    died.catch(() => {});
    client.capabilities = (await Promise.race([initialize, died])).capabilities;
    await client.connection.sendNotification('initialized', {});
    return client;
  }

  /** Waits for a status that fits; throws with what came instead. */
  async until(fits: (status: EngineStatus) => boolean, timeoutMs = 15_000): Promise<EngineStatus> {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const last = this.statuses.at(-1);
      if (last !== undefined && fits(last)) return last;
      if (Date.now() > deadline)
        throw new Error(`no such status within ${timeoutMs} ms: ${JSON.stringify(this.statuses)}`);
      await Promise.race([
        new Promise<void>((resolve) => this.#onStatus.push(resolve)),
        new Promise<void>((resolve) => setTimeout(resolve, 200)),
      ]);
    }
  }

  ready(): Promise<EngineStatus> {
    return this.until((status) => status.state === 'ready' && status.model !== undefined);
  }

  /** Waits until the index is in a state that fits. */
  async untilIndex(fits: (status: IndexStatus) => boolean, timeoutMs = 30_000): Promise<IndexStatus> {
    for (const deadline = Date.now() + timeoutMs; ; await new Promise((resolve) => setTimeout(resolve, 20))) {
      const last = this.indexStatuses.at(-1);
      if (last !== undefined && fits(last)) return last;
      if (Date.now() > deadline)
        throw new Error(
          `no such index within ${timeoutMs} ms: ${JSON.stringify([this.indexStatuses.slice(-5), this.problems])}\n${this.log.slice(-10).join('\n')}`,
        );
    }
  }

  /** Waits until what is being learned is in a state that fits. */
  async untilPersonal(fits: (status: PersonalStatus) => boolean, timeoutMs = 240_000): Promise<PersonalStatus> {
    for (const deadline = Date.now() + timeoutMs; ; await new Promise((resolve) => setTimeout(resolve, 20))) {
      const last = this.personalStatuses.at(-1);
      if (last !== undefined && fits(last)) return last;
      if (Date.now() > deadline)
        throw new Error(
          `no such training within ${timeoutMs} ms: ${JSON.stringify([this.personalStatuses.slice(-3), this.problems])}\n${this.log.slice(-10).join('\n')}`,
        );
    }
  }

  indexed(): Promise<IndexStatus> {
    return this.untilIndex(({ state, files }) => state === 'ready' && files > 0);
  }

  search(text: string, options: { limit?: number; fromUri?: string } = {}): Promise<SearchResult> {
    return this.connection.sendRequest(Message.search, { text, limit: 10, ...options });
  }

  controlIndex(order: ControlIndex): Promise<void> {
    return this.connection.sendRequest(Message.controlIndex, order);
  }

  lastContext(): Promise<LastContext> {
    return this.connection.sendRequest(Message.lastContext);
  }

  /** Changes the settings, all of them. */
  async configure(settings: Readonly<Record<string, unknown>>): Promise<void> {
    await this.connection.sendNotification('workspace/didChangeConfiguration', { settings: { hearth: settings } });
  }

  /** Opens and closes workspace folders. */
  async setFolders(...folders: readonly string[]): Promise<void> {
    const before = this.#folders;
    this.#folders = folders;
    const added = folders.filter((folder) => !before.includes(folder)).map(folderItem);
    const removed = before.filter((folder) => !folders.includes(folder)).map(folderItem);
    await this.connection.sendNotification('workspace/didChangeWorkspaceFolders', { event: { added, removed } });
  }

  /** Tells the engine of files that changed on the disk. */
  async changed(...names: readonly string[]): Promise<void> {
    await this.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: names.map((name) => ({ uri: this.uri(name), type: 2 })),
    });
  }

  uri(name: string): string {
    return pathToFileURL(join(this.folder, name)).href;
  }

  /** Opens `name` with the text around the cursor mark █ and returns the cursor's position. */
  async open(name: string, languageId: string, marked: string) {
    const text = marked.replace('█', '');
    const uri = name.includes(':') ? name : this.uri(name);
    this.#texts.set(uri, { text, version: 1 });
    await this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId, version: 1, text },
    });
    return { uri, position: positionOf(text, marked.indexOf('█')) };
  }

  /** Inserts `text` as an editor does after each keystroke; returns the position behind it. */
  async type(uri: string, position: { line: number; character: number }, text: string) {
    const document = this.#texts.get(uri);
    if (document === undefined) throw new Error(`${uri} is not open`);
    const offset = offsetOf(document.text, position);
    document.text = document.text.slice(0, offset) + text + document.text.slice(offset);
    document.version++;
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: document.version },
      contentChanges: [{ range: { start: position, end: position }, text }],
    });
    return positionOf(document.text, offset + text.length);
  }

  async complete(
    uri: string,
    position: { line: number; character: number },
    options: { triggerKind?: 1 | 2; token?: CancellationToken; selectedCompletionInfo?: unknown } = {},
  ): Promise<readonly InlineCompletionItem[]> {
    const { triggerKind = 2, selectedCompletionInfo } = options;
    const params = { textDocument: { uri }, position, context: { triggerKind, selectedCompletionInfo } };
    type Answer = { items: InlineCompletionItem[] } | InlineCompletionItem[] | null;
    const answer = await this.connection.sendRequest<Answer>(
      'textDocument/inlineCompletion',
      params,
      options.token ?? CancellationToken.None,
    );
    if (answer === null) return [];
    return Array.isArray(answer) ? answer : answer.items;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = new Promise((resolve) => this.server.once('exit', resolve));
    if (this.server.exitCode === null && this.server.signalCode === null) {
      await this.connection.sendRequest('shutdown').catch(() => {});
      await this.connection.sendNotification('exit').catch(() => {});
      const killer = setTimeout(() => this.server.kill('SIGKILL'), 5_000);
      await ended;
      clearTimeout(killer);
    }
    this.connection.dispose();
    for (const folder of this.#own) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function folderItem(folder: string) {
  return { uri: pathToFileURL(folder).href, name: basename(folder) };
}

function positionOf(text: string, offset: number) {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

function offsetOf(text: string, { line, character }: { line: number; character: number }): number {
  const lines = text.split('\n').slice(0, line);
  return lines.reduce((offset, each) => offset + each.length + 1, 0) + character;
}
