import type { Socket } from 'node:net';
import {
  type CancellationToken,
  createMessageConnection,
  ResponseError,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import { packVectors } from '../../base/packedVectors.ts';
import { AdapterUnavailable, type GenerateChunk, PromptTooLong } from '../generate.ts';
import { ChunkBatch } from './chunkBatch.ts';
import { admit } from './handshake.ts';
import {
  type AdapterFaultData,
  adapterFaultCode,
  chunkProgress,
  HostMessage,
  type LoadResult,
  type PromptTooLongData,
  promptTooLongCode,
  type Purpose,
} from './hostProtocol.ts';
import type { HostWork } from './hostWork.ts';
import type { LoadedHost } from './loadModel.ts';

/** Whoever started this host connects within this time, or has died. */
const firstClientMs = 10_000;

export interface HostServerOptions {
  readonly key: string;
  readonly level: number;
  readonly lingerMs: number;
  /** Ends the process. */
  readonly exit: () => void;
}

/** Serves any number of clients with one model, and ends the process when it is no longer needed. */
export class HostServer {
  readonly #options: HostServerOptions;
  readonly #loaded: Promise<LoadedHost>;
  #resolveLoaded: (host: LoadedHost) => void = () => {};
  readonly #clients = new Set<Socket>();
  #ready = false;
  #linger: NodeJS.Timeout;

  constructor(options: HostServerOptions) {
    this.#options = options;
    this.#loaded = new Promise((resolve) => {
      this.#resolveLoaded = resolve;
    });
    this.#linger = setTimeout(options.exit, Math.max(options.lingerMs, firstClientMs));
  }

  /** Called once, when loading has ended; until then clients wait. */
  loaded(host: LoadedHost): void {
    this.#ready = host.result.ok;
    this.#resolveLoaded(host);
  }

  async accept(socket: Socket): Promise<void> {
    socket.on('error', () => socket.destroy());
    if (!(await admit(socket, this.#options.key))) return;
    clearTimeout(this.#linger);
    this.#clients.add(socket);
    let lingerMs = this.#options.lingerMs;
    const connection = createMessageConnection(new StreamMessageReader(socket), new StreamMessageWriter(socket));
    const abandoned = new AbortController();
    const signalFor = (token: CancellationToken) => AbortSignal.any([abandoned.signal, signalOf(token)]);
    socket.once('close', () => {
      abandoned.abort();
      connection.dispose();
      this.#clients.delete(socket);
      if (this.#clients.size > 0) return;
      // A model that is still loading, or has failed to load, is of no use to anyone.
      this.#linger = setTimeout(this.#options.exit, this.#ready ? lingerMs : 0);
    });
    connection.onNotification(HostMessage.leave, () => {
      lingerMs = 0;
      socket.end();
    });
    connection.onRequest(HostMessage.load, async (): Promise<LoadResult> => (await this.#loaded).result);
    connection.onRequest(HostMessage.fittingFormats, async (formats) =>
      (await this.#work('generate')).fittingFormats(formats),
    );
    connection.onRequest(HostMessage.info, () => ({
      pid: process.pid,
      level: this.#options.level,
      clients: this.#clients.size,
      residentBytes: process.memoryUsage.rss(),
    }));
    connection.onRequest(HostMessage.generate, async ({ request, chunks }, token) => {
      const { session } = await this.#work('generate');
      const send = (chunk: GenerateChunk) => void connection.sendProgress(chunkProgress, chunks, chunk);
      const batch = new ChunkBatch(send, request.priority);
      try {
        return await session.generate(request, (chunk) => batch.add(chunk), signalFor(token)).catch(keepKind);
      } finally {
        // Also of an answer that was stopped: what was written was written.
        batch.flush();
      }
    });
    connection.onRequest(HostMessage.score, async (request, token) => {
      const { session } = await this.#work('generate');
      return session.score(request, signalFor(token)).catch(keepKind);
    });
    connection.onRequest(HostMessage.countTokens, async (prompts, token) => {
      const { session } = await this.#work('generate');
      return session.countTokens(prompts, signalFor(token));
    });
    connection.onRequest(HostMessage.encode, async (request, token) => {
      const { session } = await this.#work('generate');
      return session.encode(request, signalFor(token));
    });
    connection.onRequest(HostMessage.embed, async (request, token) => {
      const { session } = await this.#work('embed');
      return packVectors(await session.embed(request, signalFor(token)), session.dimensions);
    });
    connection.onRequest(HostMessage.rank, async (request, token) => {
      const { session } = await this.#work('rank');
      return session.rank(request, signalFor(token));
    });
    connection.listen();
    // The handshake left it paused, so that nothing was lost before this.
    socket.resume();
  }

  async #work<P extends Purpose>(purpose: P): Promise<Extract<HostWork, { purpose: P }>> {
    const host = await this.#loaded;
    if (!('work' in host)) throw new Error('The model could not be loaded.');
    if (!isFor(host.work, purpose)) throw new Error(`This model was loaded to ${host.work.purpose}.`);
    return host.work;
  }
}

function isFor<P extends Purpose>(work: HostWork, purpose: P): work is Extract<HostWork, { purpose: P }> {
  return work.purpose === purpose;
}

/** What callers tell apart keeps its kind on the way to the client. */
function keepKind(cause: unknown): never {
  if (cause instanceof PromptTooLong) {
    const { message, promptTokens, contextSize } = cause;
    throw new ResponseError<PromptTooLongData>(promptTooLongCode, message, { promptTokens, contextSize });
  }
  if (!(cause instanceof AdapterUnavailable)) throw cause;
  const { message, fault, path, reason } = cause;
  throw new ResponseError<AdapterFaultData>(adapterFaultCode, message, { fault, path, reason });
}

function signalOf(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}
