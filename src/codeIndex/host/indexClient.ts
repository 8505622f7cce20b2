import { CancellationTokenSource, type MessageConnection } from 'vscode-jsonrpc/node';
import { delay } from '../../base/aborts.ts';
import { Emitter } from '../../base/emitter.ts';
import { errorText, type Logger } from '../../base/logger.ts';
import type { IndexStatus } from '../../protocol/indexMessages.ts';
import type { Problem } from '../../protocol/problems.ts';
import type { SearchRequest } from '../search/hit.ts';
import {
  type EmbedCall,
  type IndexHostPaths,
  IndexMessage,
  type IndexOrder,
  type IndexWishes,
  type RerankCall,
  type SearchAnswer,
} from './indexProtocol.ts';
import { cancelSignal } from './cancelSignal.ts';
import { type IndexProcess, type ProcessEnd, startIndexProcess } from './indexProcess.ts';
import { Restarts } from './restarts.ts';

export interface IndexClientOptions {
  /** Path of `indexHost.ts` or `dist/indexHost.js`. */
  readonly entry: string;
  readonly paths: IndexHostPaths;
  readonly log: Logger;
  readonly onProblem: (problem: Problem) => void;
  /** See `IndexMessage.embed`; rejects while no model can. */
  readonly embed: (call: EmbedCall, signal: AbortSignal) => Promise<readonly Float32Array[]>;
  /** See `IndexMessage.rerank`. */
  readonly rerank: (call: RerankCall, signal: AbortSignal) => Promise<readonly number[]>;
  /** Between a death of the host and its first new start. */
  readonly firstDelayMs?: number;
}

const noStatus: IndexStatus = { state: 'off', files: 0, chunks: 0 };
const noAnswer: SearchAnswer = { hits: [], complete: false };
/** A search waits this long for a host that is just starting. */
const waitForHostMs = 2_000;
/** What Windows calls SIGILL. */
const illegalInstruction = 0xc000001d;

/** The engine's side of the index host: keeps it as it is wished for, whatever happens to its process. */
export class IndexClient implements AsyncDisposable {
  readonly onStatus = new Emitter<IndexStatus>();
  readonly #options: IndexClientOptions;
  readonly #restarts: Restarts;
  readonly #onHost = new Emitter<void>();
  #wishes: IndexWishes | undefined;
  #status = noStatus;
  #host: IndexProcess | undefined;
  #reachesStorage = false;
  #restartTimer: NodeJS.Timeout | undefined;
  /** Why no host is started any more. */
  #gaveUp: Problem | undefined;
  /** Hosts that are leaving: the next one starts when they are gone. */
  #leaving: Promise<unknown> = Promise.resolve();

  constructor(options: IndexClientOptions) {
    this.#options = options;
    this.#restarts = new Restarts(options.firstDelayMs);
  }

  get status(): IndexStatus {
    return this.#status;
  }

  /** Process of the host; absent while there is none. */
  get pid(): number | undefined {
    return this.#host?.pid;
  }

  /** From now on the host does this; without wishes there is no host. */
  follow(wishes: IndexWishes | undefined): void {
    this.#wishes = wishes;
    if (wishes === undefined) {
      this.#stop();
      this.#enter(noStatus);
    } else if (this.#host !== undefined && reachesStorage(wishes) !== this.#reachesStorage) {
      // What a process may know of the environment is settled when it starts.
      this.#stop();
      this.#start();
    } else if (this.#host !== undefined) {
      this.#tell((connection) => connection.sendNotification(IndexMessage.wishes, wishes));
    } else this.#start();
  }

  changed(paths: readonly string[]): void {
    this.#tell((connection) => connection.sendNotification(IndexMessage.changed, paths));
  }

  activity(): void {
    this.#tell((connection) => connection.sendNotification(IndexMessage.activity));
  }

  /** Answers nothing while no host does; rejects only when the signal aborts. */
  async search(request: SearchRequest, signal: AbortSignal): Promise<SearchAnswer> {
    const host = await this.#liveHost(signal);
    if (host === undefined) return noAnswer;
    const cancel = new CancellationTokenSource();
    const answered = new AbortController();
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true, signal: answered.signal });
    });
    try {
      return await Promise.race([host.connection.sendRequest(IndexMessage.search, request, cancel.token), aborted]);
    } catch (cause) {
      cancel.cancel();
      signal.throwIfAborted();
      this.#options.log.debug(`No answer from the index: ${errorText(cause)}`);
      return noAnswer;
    } finally {
      answered.abort();
      cancel.dispose();
    }
  }

  /** Resolves when it is done, to false when there is no host to do it. Starts one again that had crashed too often. */
  async order(order: IndexOrder): Promise<boolean> {
    if (this.#gaveUp?.code === 'index.crashing') {
      this.#gaveUp = undefined;
      this.#restarts.forget();
      this.#start();
    }
    const host = await this.#liveHost(new AbortController().signal);
    if (host === undefined) await this.#leaving;
    else await host.connection.sendRequest(IndexMessage.order, order);
    return host !== undefined;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.follow(undefined);
    await this.#leaving;
  }

  #tell(say: (connection: MessageConnection) => Promise<void>): void {
    if (this.#host !== undefined) void say(this.#host.connection).catch(() => undefined);
  }

  #enter(status: IndexStatus): void {
    this.#status = status;
    this.onStatus.fire(status);
  }

  async #liveHost(signal: AbortSignal): Promise<IndexProcess | undefined> {
    if (this.#host !== undefined || this.#wishes === undefined || this.#gaveUp !== undefined) return this.#host;
    const waited = new AbortController();
    using _ = this.#onHost.on(() => waited.abort());
    await delay(waitForHostMs, AbortSignal.any([signal, waited.signal])).catch(() => undefined);
    signal.throwIfAborted();
    return this.#host;
  }

  #stop(): void {
    clearTimeout(this.#restartTimer);
    const host = this.#host;
    this.#host = undefined;
    if (host !== undefined) this.#leaving = Promise.all([this.#leaving, host[Symbol.asyncDispose]()]);
  }

  #start(): void {
    clearTimeout(this.#restartTimer);
    if (this.#gaveUp !== undefined) return;
    this.#enter({ ...noStatus, state: 'starting' });
    void this.#startAfterLast();
  }

  async #startAfterLast(): Promise<void> {
    await this.#leaving;
    if (this.#wishes === undefined || this.#host !== undefined || this.#gaveUp !== undefined) return;
    this.#adopt(this.#wishes);
  }

  #adopt(wishes: IndexWishes): void {
    const { entry, paths, log, embed, rerank } = this.#options;
    this.#reachesStorage = reachesStorage(wishes);
    const host = startIndexProcess({ entry, paths, reachesStorage: this.#reachesStorage });
    this.#host = host;
    const { connection } = host;
    connection.onNotification(IndexMessage.status, (status) => {
      if (this.#host === host) this.#enter(status);
    });
    connection.onNotification(IndexMessage.problem, (problem) => this.#onProblem(problem));
    connection.onNotification(IndexMessage.log, ({ level, message }) => log[level](message));
    connection.onRequest(IndexMessage.embed, (call, token) => embed(call, cancelSignal(token)));
    connection.onRequest(IndexMessage.rerank, (call, token) => rerank(call, cancelSignal(token)));
    this.#tell(() => connection.sendNotification(IndexMessage.wishes, wishes));
    void host.ended.then((end) => this.#onEnded(host, end));
    this.#onHost.fire();
  }

  #onProblem(problem: Problem): void {
    if (problem.code === 'index.unsupported') this.#giveUp(problem);
    else this.#options.onProblem(problem);
  }

  #onEnded(host: IndexProcess, end: ProcessEnd): void {
    if (this.#host !== host) return;
    this.#host = undefined;
    const how = end.signal ?? `exit code ${end.code}`;
    this.#options.log.warn(`The index process ${host.pid} ended with ${how}. ${end.lastWords}`);
    if (end.signal === 'SIGILL' || end.code === illegalInstruction) {
      this.#giveUp({ code: 'index.unsupported', reason: `the index process ended with ${how}` });
      return;
    }
    const next = this.#restarts.died(performance.now());
    if ('gaveUpAfter' in next) {
      this.#giveUp({ code: 'index.crashing', crashes: next.gaveUpAfter });
      return;
    }
    this.#enter({ ...this.#status, state: 'starting' });
    this.#restartTimer = setTimeout(() => this.#start(), next.delayMs);
  }

  #giveUp(problem: Problem): void {
    if (this.#gaveUp !== undefined) return;
    this.#gaveUp = problem;
    this.#stop();
    this.#enter({ ...noStatus, state: 'error', problem });
    this.#options.onProblem(problem);
    this.#onHost.fire();
  }
}

function reachesStorage({ teamIndex }: IndexWishes): boolean {
  return teamIndex.startsWith('s3://');
}
