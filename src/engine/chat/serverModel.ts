import { Emitter } from '../../base/emitter.ts';
import { errorText, type Logger } from '../../base/logger.ts';
import { parseServerAddress, type ServerAddress } from '../../inference/server/serverAddress.ts';
import { cautiousContext, type ServedModel, ServerClient } from '../../inference/server/serverClient.ts';
import type { ServerStatus } from '../../protocol/messages.ts';
import { type Problem, ProblemError } from '../../protocol/problems.ts';
import type { Settings } from '../../protocol/settings.ts';
import type { LiveSettings } from '../liveSettings.ts';
import type { ChatModel, CurrentChatModel } from './chatModel.ts';
import { answerOfServer } from './serverAnswer.ts';

export interface ServerModelOptions {
  readonly settings: Pick<LiveSettings, 'now' | 'onChange'>;
  /** The key that the user keeps for a server, by its origin. */
  readonly keyFor: (origin: string) => Promise<string | undefined>;
  readonly log: Logger;
  readonly onProblem: (problem: Problem) => void;
}

export interface ServerModel extends Disposable {
  /** From now on the server is asked what it has. Before, the client could not be asked for a key. */
  start(): void;
  /** Undefined while `hearth.server` is empty, or no address. */
  readonly now: CurrentChatModel;
  /** Resolves once it is known what the server has, or that it cannot be reached; rejects with the signal's reason. */
  known(signal: AbortSignal): Promise<void>;
  readonly status: ServerStatus | undefined;
  readonly onStatus: Emitter<void>;
}

/** Another model may be loaded there meanwhile. */
const lookAgainMs = 30_000;
/** Tokenizers make tokens of 3 to 4 bytes of code. */
const bytesPerToken = 2.7;
/** What templates add around a message; known ones add 5 to 9 tokens. */
const perMessage = 12;
/** Whoever asks right after a failure is told the same: one question asks several times on its way. */
const sameFailureMs = 1_000;

/**
 * The model of the server that `hearth.server` names. Nothing is sent anywhere while that is empty; otherwise to this
 * server alone: what it has when it is set, at a start and before questions, and the questions.
 */
export function createServerModel({ settings, keyFor, log, onProblem }: ServerModelOptions): ServerModel {
  const onStatus = new Emitter<void>();
  let server: ServerInUse | undefined;

  function follow({ server: entered, serverModel }: Settings, isNew: boolean): void {
    server?.[Symbol.dispose]();
    server = entered.trim() === '' ? undefined : open(entered, serverModel);
    onStatus.fire();
    // At a start the server may come up later than the editor: whoever asks it is told.
    server?.look().catch((cause: unknown) => {
      if (isNew && cause instanceof ProblemError) onProblem(cause.problem);
    });
  }

  function open(entered: string, wanted: string): ServerInUse | undefined {
    try {
      const address = parseServerAddress(entered);
      if (address.isExposed) onProblem({ code: 'server.exposed', host: address.host });
      const client = new ServerClient({ address, key: () => keyFor(address.origin), log });
      return new ServerInUse({ address, client, wanted, log, onChange: () => onStatus.fire() });
    } catch (cause) {
      if (!(cause instanceof ProblemError)) throw cause;
      onProblem(cause.problem);
      return undefined;
    }
  }

  const following = settings.onChange.on(({ before, now }) => {
    if (before.server !== now.server || before.serverModel !== now.serverModel) follow(now, true);
  });
  return {
    start: () => follow(settings.now, false),
    now: () => server?.model,
    known: async (signal) => {
      await server?.known(signal);
    },
    get status() {
      return server?.status;
    },
    onStatus,
    [Symbol.dispose]() {
      following[Symbol.dispose]();
      server?.[Symbol.dispose]();
    },
  };
}

interface ServerInUseOptions {
  readonly address: ServerAddress;
  readonly client: ServerClient;
  readonly wanted: string;
  readonly log: Logger;
  readonly onChange: () => void;
}

/** A server that was entered, and what is known of it. */
class ServerInUse implements Disposable {
  readonly #options: ServerInUseOptions;
  readonly #life = new AbortController();
  #served: ServedModel | undefined;
  #problem: Problem | undefined;
  #lookedMs = Number.NEGATIVE_INFINITY;
  #failedMs = Number.NEGATIVE_INFINITY;
  #looking: Promise<ServedModel> | undefined;

  constructor(options: ServerInUseOptions) {
    this.#options = options;
  }

  get status(): ServerStatus {
    const { host } = this.#options.address;
    return {
      host,
      ...(this.#served === undefined ? {} : { model: shownName(this.#served.id) }),
      ...(this.#problem === undefined ? {} : { problem: this.#problem }),
    };
  }

  /** As it is known now; looks in the background when that is a while ago. */
  get model(): ChatModel {
    if (performance.now() - this.#lookedMs > lookAgainMs) this.look().catch(() => {});
    const { client, address } = this.#options;
    return {
      kind: 'server',
      name: this.#served === undefined ? address.host : shownName(this.#served.id),
      contextSize: this.#served?.contextSize ?? cautiousContext,
      perMessage,
      estimate,
      tokensOf: async (messages, signal) => {
        const estimated = messages.reduce((sum, { content }) => sum + estimate(content) + perMessage, perMessage);
        // A server that cannot be reached is the answer's to tell: the question is kept with it.
        const served = await this.#reached(signal).catch(nothingUnlessAborted(signal));
        return (served && (await client.count(served, messages, signal))) ?? estimated;
      },
      answer: async (question, onText, signal) => {
        const served = await this.#reached(signal);
        try {
          return await answerOfServer(client, served, question, onText, signal);
        } catch (cause) {
          // What is known may be what was wrong: a model that is not there any more, a smaller context.
          if (!signal.aborted) this.#lookedMs = Number.NEGATIVE_INFINITY;
          throw cause;
        }
      },
    };
  }

  async known(signal: AbortSignal): Promise<void> {
    if (this.#served === undefined || this.#looking !== undefined)
      await beforeAbort(this.look(), signal).catch(nothingUnlessAborted(signal));
  }

  /** Asks the server what it has; once for all who ask at the same time. */
  look(): Promise<ServedModel> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  [Symbol.dispose](): void {
    this.#life.abort();
  }

  /** Rejects with the `ProblemError` that says why it cannot be reached. */
  #reached(signal: AbortSignal): Promise<ServedModel> {
    const isWell = this.#problem === undefined && this.#looking === undefined;
    if (this.#served !== undefined && isWell) return Promise.resolve(this.#served);
    const isFresh = performance.now() - this.#failedMs < sameFailureMs;
    if (this.#problem !== undefined && isFresh) return Promise.reject(new ProblemError(this.#problem));
    return beforeAbort(this.look(), signal);
  }

  async #look(): Promise<ServedModel> {
    const { client, wanted, address, log, onChange } = this.#options;
    this.#lookedMs = performance.now();
    const before = JSON.stringify(this.status);
    try {
      this.#served = await client.identify(wanted, this.#life.signal);
      this.#problem = undefined;
      return this.#served;
    } catch (cause) {
      if (cause instanceof ProblemError) this.#problem = cause.problem;
      this.#failedMs = performance.now();
      if (!this.#life.signal.aborted) log.info(`The model server ${address.host}: ${errorText(cause)}`);
      throw cause;
    } finally {
      if (!this.#life.signal.aborted && JSON.stringify(this.status) !== before) onChange();
    }
  }
}

function estimate(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / bytesPerToken);
}

/** For what may fail; the reason is told elsewhere. */
function nothingUnlessAborted(signal: AbortSignal): (cause: unknown) => undefined {
  return (cause) => {
    signal.throwIfAborted();
    if (!(cause instanceof ProblemError)) throw cause;
    return undefined;
  };
}

/** llama-server names a model by its file. */
function shownName(id: string): string {
  return /\.gguf$/i.test(id) ? id.replace(/^.*[/\\]/, '').replace(/\.gguf$/i, '') : id;
}

/** The promise, or a rejection with the signal's reason as soon as it aborts. */
function beforeAbort<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    void promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
