import {
  type CancellationToken,
  type Disposable,
  type Event,
  EventEmitter,
  type LogOutputChannel,
  l10n,
  type TextDocument,
  workspace,
} from 'vscode';
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  type LanguageClientOptions,
  type NodeModule,
  RevealOutputChannelOn,
  TransportKind,
} from 'vscode-languageclient/node';
import { errorText } from '../base/logger.ts';
import {
  type ChatBegan,
  type ChatDelta,
  ChatMessage,
  type CompletionDelta,
  type ServerKeyQuery,
} from '../protocol/chatMessages.ts';
import { type ActProgress, EditMessage } from '../protocol/editMessages.ts';
import type { IndexStatus } from '../protocol/indexMessages.ts';
import {
  type CursorMoved,
  type DownloadModel,
  type DownloadModelResult,
  type DownloadProgress,
  type EngineStatus,
  type InitializationOptions,
  type ListModels,
  Message,
  type ModelList,
  type SelectModel,
  type SelectModelResult,
  type Statistics,
} from '../protocol/messages.ts';
import type { PersonalStatus } from '../protocol/personalMessages.ts';
import { describeProblem, type Problem } from '../protocol/problems.ts';
import { isEnabledFor, type Settings } from '../protocol/settings.ts';
import { ChatClient } from './chat/chatClient.ts';
import { maxCrashes, recentCrashes } from './crashes.ts';
import { currentSettings, rawSettings } from './currentSettings.ts';
import { IndexClient } from './indexClient.ts';
import { EditsClient } from './edits/editsClient.ts';
import { CompletionClient } from './languageModel/completionClient.ts';
import { PersonalClient } from './personal/personalClient.ts';
import { servedDocuments } from './servedDocuments.ts';

const readAtStart = ['gpu', 'threads', 'modelsFolder'] satisfies (keyof Settings)[];

/**
 * The engine as the rest of the editor side sees it. It keeps one engine process running: each start has a language
 * client of its own, and a client that lost its process is thrown away, so no state of a failed start survives.
 */
export class EngineClient implements Disposable {
  readonly #serverModule: string;
  readonly #workingFolder: string;
  readonly #serverKey: (origin: string) => Promise<string | undefined>;
  readonly #log: LogOutputChannel;
  readonly #statusChanged = new EventEmitter<EngineStatus>();
  readonly #problemFound = new EventEmitter<Problem>();
  readonly #downloadProgressed = new EventEmitter<DownloadProgress>();
  readonly #gaveUp = new EventEmitter<number>();
  readonly #listeners: Disposable[];
  #client: LanguageClient | undefined;
  #crashTimesMs: readonly number[] = [];
  #status: EngineStatus = { state: 'loading' };

  /**
   * `serverModule`: path of the engine's entry. `workingFolder`: never the user's, which must stay free to be deleted.
   * `serverKey`: the key that the user keeps for a server, by its origin.
   */
  constructor(options: {
    serverModule: string;
    workingFolder: string;
    serverKey: (origin: string) => Promise<string | undefined>;
    log: LogOutputChannel;
  }) {
    this.#serverModule = options.serverModule;
    this.#workingFolder = options.workingFolder;
    this.#serverKey = options.serverKey;
    this.#log = options.log;
    this.#listeners = [
      workspace.onDidChangeConfiguration((change) => {
        // These shape the model process and the store, which are made at the engine's start.
        if (readAtStart.some((key) => change.affectsConfiguration(`hearth.${key}`))) void this.restart();
        else if (change.affectsConfiguration('hearth')) this.#sendSettings();
      }),
    ];
  }

  /** The engine's workspace index. */
  readonly index = new IndexClient((method, params, token) => this.#request(method, params, token));

  /** What the engine learns from the user. */
  readonly personal = new PersonalClient((method, params, token) => this.#request(method, params, token));

  /** What others in the editor ask its chat model. */
  readonly completion = new CompletionClient((method, params, token) => this.#request(method, params, token));

  /** Changes that a model proposes. */
  readonly edits = new EditsClient((method, params, token) => this.#request(method, params, token));

  /** Conversations. */
  readonly chat = new ChatClient((method, params, token) => this.#request(method, params, token));

  readonly onStatus: Event<EngineStatus> = this.#statusChanged.event;
  readonly onProblem: Event<Problem> = this.#problemFound.event;
  readonly onDownloadProgress: Event<DownloadProgress> = this.#downloadProgressed.event;
  /** The engine crashed too often and stays down until `restart`; the value is how often. */
  readonly onGaveUp: Event<number> = this.#gaveUp.event;

  get status(): EngineStatus {
    return this.#status;
  }

  /** Process id of the engine; undefined while there is none. */
  get pid(): number | undefined {
    return this.#client?.serverProcess?.pid;
  }

  /** Resolves when completions are served, or switched off; rejects when the engine reports an error instead. */
  whenReady(): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = ({ state, problem }: EngineStatus) => {
        if (state === 'loading') return;
        listener.dispose();
        if (state !== 'error') resolve();
        else reject(new Error(problem ? describeProblem(problem).message : 'The engine keeps crashing.'));
      };
      const listener = this.onStatus(settle);
      settle(this.#status);
    });
  }

  /** Starts the engine and returns at once; `onStatus` tells how it went. */
  start(): void {
    const onLost = () => {
      if (this.#client === client) this.#handleCrash();
    };
    const client = new QuietLanguageClient('hearth', 'Hearth', this.#server(), this.#clientOptions(onLost));
    client.onNotification(Message.status, (status: EngineStatus) => this.#setStatus(status));
    client.onNotification(Message.indexStatus, (status: IndexStatus) => this.index.receive(status));
    client.onNotification(Message.personalStatus, (status: PersonalStatus) => this.personal.receive(status));
    client.onNotification(EditMessage.progress, (step: ActProgress) => this.edits.receive(step));
    client.onNotification(ChatMessage.began, (began: ChatBegan) => this.chat.receive({ began }));
    client.onNotification(ChatMessage.delta, (delta: ChatDelta) => this.chat.receive({ delta }));
    client.onNotification(Message.problem, (problem: Problem) => this.#problemFound.fire(problem));
    client.onNotification(Message.downloadProgress, (step: DownloadProgress) => this.#downloadProgressed.fire(step));
    client.onNotification(ChatMessage.completionDelta, (delta: CompletionDelta) => this.completion.receive(delta));
    client.onRequest(
      ChatMessage.serverKey,
      async ({ origin }: ServerKeyQuery) => (await this.#serverKey(origin)) ?? null,
    );
    this.#client = client;
    this.index.engineIs('starting');
    client.start().catch(onLost);
    // Whoever asks at once is answered once it has started.
    this.personal.receive(undefined);
  }

  /** Ends the engine, when there is one, and forgets its crashes. Resolves when it has ended or 2 s have passed. */
  async stop(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    this.#crashTimesMs = [];
    this.index.engineIs('off');
    this.personal.receive(undefined);
    try {
      await client?.stop();
    } catch (cause) {
      this.#log.debug(`The engine did not end in order: ${errorText(cause)}`);
    }
  }

  async restart(): Promise<void> {
    this.#setStatus({ state: 'loading' });
    await this.stop();
    // Two restarts at once (trust granted during one) must not leave two engines.
    if (this.#client === undefined) this.start();
  }

  /** What completes code, unless another use is asked for. */
  models(asked?: ListModels): Promise<ModelList> {
    return this.#request(Message.models, asked);
  }

  selectModel(params: SelectModel): Promise<SelectModelResult> {
    return this.#request(Message.selectModel, params);
  }

  downloadModel(params: DownloadModel, token: CancellationToken): Promise<DownloadModelResult> {
    return this.#request(Message.downloadModel, params, token);
  }

  statistics(): Promise<Statistics> {
    return this.#request(Message.statistics);
  }

  deleteEvents(): Promise<void> {
    return this.#request(Message.deleteEvents);
  }

  /** Only a hint: nothing is said when it does not arrive. */
  cursorMoved({ uri, position: { line, character } }: CursorMoved): void {
    if (!this.#client?.isRunning()) return;
    const params: CursorMoved = { uri, position: { line, character } };
    this.#client.sendNotification(Message.cursorMoved, params).catch(() => {});
  }

  /** Starts the model process again; the whole engine where that is down too. */
  async restartModel(): Promise<void> {
    if (this.#client === undefined) await this.restart();
    else await this.#request(Message.restartModel);
  }

  dispose(): void {
    for (const listener of this.#listeners) listener.dispose();
    void this.stop();
    const emitters = [this.#statusChanged, this.#problemFound, this.#downloadProgressed, this.#gaveUp];
    for (const each of [...emitters, this.index, this.personal, this.edits, this.chat]) each.dispose();
  }

  async #request<Result>(method: string, params?: object, token?: CancellationToken): Promise<Result> {
    if (this.#client === undefined) throw new Error(l10n.t('The Hearth engine is not running.'));
    // An undefined token would be sent as one parameter more, and the engine would look for its own behind it.
    if (params === undefined) return await this.#client.sendRequest<Result>(method, ...(token ? [token] : []));
    return await (token
      ? this.#client.sendRequest<Result>(method, params, token)
      : this.#client.sendRequest<Result>(method, params));
  }

  #setStatus(status: EngineStatus): void {
    this.#status = status;
    this.#statusChanged.fire(status);
  }

  #handleCrash(): void {
    const nowMs = Date.now();
    this.#crashTimesMs = recentCrashes([...this.#crashTimesMs, nowMs], nowMs);
    const crashes = this.#crashTimesMs.length;
    this.#client = undefined;
    this.index.engineIs('off');
    this.personal.receive(undefined);
    if (crashes < maxCrashes) {
      this.#log.warn(`The engine ended unexpectedly (${crashes} of ${maxCrashes} in 3 minutes); starting it again.`);
      this.#setStatus({ state: 'loading' });
      this.start();
      return;
    }
    this.#log.error(`The engine ended unexpectedly ${crashes} times in 3 minutes and stays down.`);
    this.#setStatus({ state: 'error' });
    this.#gaveUp.fire(crashes);
  }

  #sendSettings(): void {
    if (!this.#client?.isRunning()) return; // A start reads them afresh.
    this.#client
      .sendNotification('workspace/didChangeConfiguration', { settings: rawSettings() })
      .catch((cause: unknown) => this.#log.warn(`The engine did not get the settings: ${errorText(cause)}`));
  }

  #server(): { run: NodeModule; debug: NodeModule } {
    // node:sqlite announces itself as experimental on stderr, which would show as an error in the log.
    const execArgv = ['--disable-warning=ExperimentalWarning'];
    const run = {
      module: this.#serverModule,
      transport: TransportKind.ipc,
      options: { cwd: this.#workingFolder, execArgv },
    };
    return { run, debug: { ...run, options: { ...run.options, execArgv: [...execArgv, '--inspect=6019'] } } };
  }

  #clientOptions(onLost: () => void): LanguageClientOptions {
    return {
      documentSelector: servedDocuments,
      outputChannel: this.#log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      initializationOptions: (): InitializationOptions => ({ settings: rawSettings(), translations: l10n.bundle }),
      initializationFailedHandler: () => false,
      errorHandler: {
        // A broken pipe is followed by `closed`, which decides.
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => {
          onLost();
          return { action: CloseAction.DoNotRestart, handled: true, message: 'The connection to the engine closed.' };
        },
      },
      middleware: {
        provideInlineCompletionItems: (document, position, context, token, next) =>
          isWanted(document) ? next(document, position, context, token) : null,
      },
    };
  }
}

/** What goes wrong with the connection is told in our own words, with buttons; the library's text goes to the log. */
class QuietLanguageClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

function isWanted(document: TextDocument): boolean {
  return isEnabledFor(currentSettings(), document.languageId);
}
