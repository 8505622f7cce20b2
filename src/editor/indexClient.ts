import { type CancellationToken, CancellationTokenSource, type Disposable, type Event, EventEmitter } from 'vscode';
import type { ControlIndex, IndexStatus, LastContext, SearchParams, SearchResult } from '../protocol/indexMessages.ts';
import { Message } from '../protocol/messages.ts';

/** Rejects while there is no engine. */
export type EngineRequest = <Result>(method: string, params?: object, token?: CancellationToken) => Promise<Result>;

const empty = { files: 0, chunks: 0 };

/** The workspace index as the rest of the editor side sees it: what it is asked, and how it is doing. */
export class IndexClient implements Disposable {
  readonly #request: EngineRequest;
  readonly #statusChanged = new EventEmitter<IndexStatus>();
  #status: IndexStatus = { state: 'off', ...empty };

  constructor(request: EngineRequest) {
    this.#request = request;
  }

  readonly onStatus: Event<IndexStatus> = this.#statusChanged.event;

  get status(): IndexStatus {
    return this.#status;
  }

  /** Rejects when it is aborted. */
  async search(params: SearchParams, signal: AbortSignal): Promise<SearchResult> {
    const source = new CancellationTokenSource();
    const cancel = () => source.cancel();
    signal.addEventListener('abort', cancel);
    try {
      return await this.#request(Message.search, params, source.token);
    } finally {
      signal.removeEventListener('abort', cancel);
      source.dispose();
    }
  }

  /** Resolves when it is done; what was to be deleted is gone then. */
  control(params: ControlIndex): Promise<void> {
    return this.#request(Message.controlIndex, params);
  }

  lastContext(): Promise<LastContext> {
    return this.#request(Message.lastContext);
  }

  /** What the engine says. */
  receive(status: IndexStatus): void {
    this.#status = status;
    this.#statusChanged.fire(status);
  }

  /** An engine was started, and says more later; or it is gone. */
  engineIs(state: 'starting' | 'off'): void {
    this.receive({ state, ...empty });
  }

  dispose(): void {
    this.#statusChanged.dispose();
  }
}
