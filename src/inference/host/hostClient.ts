import type { Socket } from 'node:net';
import {
  type CancellationToken,
  CancellationTokenSource,
  createMessageConnection,
  ErrorCodes,
  type MessageConnection,
  ResponseError,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import { unpackVectors } from '../../base/packedVectors.ts';
import type { EmbedRequest, RankRequest } from '../embed.ts';
import {
  AdapterUnavailable,
  type GenerateChunk,
  type GenerateRequest,
  type GenerateStats,
  ModelUnavailable,
  type PromptPart,
  PromptTooLong,
} from '../generate.ts';
import type { EncodedSample, EncodeRequest, ScoreRequest, ScoreResult } from '../score.ts';
import {
  type AdapterFaultData,
  adapterFaultCode,
  chunkProgress,
  type FimMarkers,
  type FittingFormat,
  type HostInfo,
  HostMessage,
  type LoadResult,
  type PromptTooLongData,
  promptTooLongCode,
} from './hostProtocol.ts';

/** One connection to a model host. */
export class HostClient implements Disposable {
  /** Resolves when the connection ends, whoever ended it. */
  readonly lost: Promise<void>;
  readonly #connection: MessageConnection;
  readonly #socket: Socket;
  readonly #ended = new AbortController();
  #nextCall = 1;

  constructor(socket: Socket) {
    this.#socket = socket;
    this.#connection = createMessageConnection(new StreamMessageReader(socket), new StreamMessageWriter(socket));
    this.lost = new Promise((resolve) => {
      socket.once('close', () => {
        this.#ended.abort();
        // Rejects every request that still waits.
        this.#connection.dispose();
        resolve();
      });
    });
    this.#connection.listen();
  }

  load(): Promise<LoadResult> {
    return this.#connection.sendRequest(HostMessage.load);
  }

  fittingFormats(formats: readonly FimMarkers[]): Promise<readonly FittingFormat[]> {
    return this.#connection.sendRequest(HostMessage.fittingFormats, formats);
  }

  info(): Promise<HostInfo> {
    return this.#connection.sendRequest(HostMessage.info);
  }

  /** See `Generate`. */
  async *generate(request: GenerateRequest, signal: AbortSignal): AsyncGenerator<GenerateChunk, GenerateStats> {
    signal.throwIfAborted();
    const call = this.#nextCall++;
    const cancel = new CancellationTokenSource();
    const arrived: GenerateChunk[] = [];
    let wake = nothing;
    let outcome: { readonly stats: GenerateStats } | { readonly error: unknown } | undefined;
    const settle = (how: NonNullable<typeof outcome>) => {
      outcome ??= how;
      wake();
    };
    // The host is told at once: the next request, which may follow without a pause, wants the same KV cache.
    const onAbort = () => {
      cancel.cancel();
      settle({ error: signal.reason });
    };
    const onEnded = () => settle({ error: gone() });
    const progress = this.#connection.onProgress(chunkProgress, call, (chunk) => {
      arrived.push(chunk);
      wake();
    });
    signal.addEventListener('abort', onAbort, { once: true });
    this.#ended.signal.addEventListener('abort', onEnded, { once: true });
    if (this.#ended.signal.aborted) onEnded();
    else
      this.#connection.sendRequest(HostMessage.generate, { request, chunks: call }, cancel.token).then(
        (stats) => settle({ stats }),
        (error: unknown) => settle({ error: meaningOf(error) }),
      );
    try {
      for (;;) {
        if (outcome !== undefined && 'error' in outcome) throw outcome.error;
        const chunk = arrived.shift();
        if (chunk !== undefined) yield chunk;
        else if (outcome !== undefined) return outcome.stats;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      // Harmless when the answer is complete; stops the model when the caller left early.
      if (outcome === undefined) cancel.cancel();
      cancel.dispose();
      progress.dispose();
      signal.removeEventListener('abort', onAbort);
      this.#ended.signal.removeEventListener('abort', onEnded);
    }
  }

  /** See `Score`. */
  score(request: ScoreRequest, signal: AbortSignal): Promise<ScoreResult> {
    return this.#ask(signal, (token) => this.#connection.sendRequest(HostMessage.score, request, token));
  }

  /** See `CountTokens`. */
  countTokens(prompts: readonly (readonly PromptPart[])[], signal: AbortSignal): Promise<readonly number[]> {
    return this.#ask(signal, (token) => this.#connection.sendRequest(HostMessage.countTokens, prompts, token));
  }

  /** See `Encode`. */
  encode(request: EncodeRequest, signal: AbortSignal): Promise<readonly EncodedSample[]> {
    return this.#ask(signal, (token) => this.#connection.sendRequest(HostMessage.encode, request, token));
  }

  /** See `Embed`. */
  async embed(request: EmbedRequest, signal: AbortSignal): Promise<readonly Float32Array[]> {
    return unpackVectors(
      await this.#ask(signal, (token) => this.#connection.sendRequest(HostMessage.embed, request, token)),
    );
  }

  /** See `Rank`. */
  rank(request: RankRequest, signal: AbortSignal): Promise<readonly number[]> {
    return this.#ask(signal, (token) => this.#connection.sendRequest(HostMessage.rank, request, token));
  }

  /** Rejects at once when the signal aborts or the connection ends, and tells the host. */
  async #ask<R>(signal: AbortSignal, send: (token: CancellationToken) => Promise<R>): Promise<R> {
    signal.throwIfAborted();
    if (this.#ended.signal.aborted) throw gone();
    const cancel = new CancellationTokenSource();
    let onAbort = nothing;
    let onEnded = nothing;
    const stopped = new Promise<never>((_, reject) => {
      onAbort = () => {
        cancel.cancel();
        reject(signal.reason);
      };
      onEnded = () => reject(gone());
    });
    signal.addEventListener('abort', onAbort, { once: true });
    this.#ended.signal.addEventListener('abort', onEnded, { once: true });
    const answer = send(cancel.token).catch((error: unknown) => {
      throw meaningOf(error);
    });
    try {
      return await Promise.race([answer, stopped]);
    } finally {
      signal.removeEventListener('abort', onAbort);
      this.#ended.signal.removeEventListener('abort', onEnded);
      cancel.dispose();
    }
  }

  /** Ends the connection and says that the host need not linger for us. */
  async leave(): Promise<void> {
    await this.#connection.sendNotification(HostMessage.leave).catch(() => undefined);
    this[Symbol.dispose]();
  }

  /** Ends the connection; the host stays for a while, in case the window comes back. */
  [Symbol.dispose](): void {
    this.#socket.end();
    this.#socket.destroySoon();
  }
}

/** The host's answer, where an error is one, as against a connection that is no more. */
function meaningOf(error: unknown): unknown {
  if (!(error instanceof ResponseError)) return gone();
  if (error.code === adapterFaultCode) {
    const { fault, path, reason }: AdapterFaultData = error.data;
    return new AdapterUnavailable(fault, path, reason);
  }
  if (error.code === promptTooLongCode) {
    const { promptTokens, contextSize }: PromptTooLongData = error.data;
    return new PromptTooLong(promptTokens, contextSize);
  }
  return error.code === ErrorCodes.InternalError ? error : gone();
}

function gone(): ModelUnavailable {
  return new ModelUnavailable('The model process ended.');
}

function nothing(): void {}
