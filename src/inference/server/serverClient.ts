import { isAbort } from '../../base/aborts.ts';
import { errorText, type Logger } from '../../base/logger.ts';
import { ProblemError } from '../../protocol/problems.ts';
import { type AnswerChunk, readChunk } from './answerChunk.ts';
import { EventStreamFault, eventsOf } from './eventStream.ts';
import { exchange, type Patience, type Reply } from './exchange.ts';
import { chosenModel, readModelList } from './servedModels.ts';
import type { ServerAddress } from './serverAddress.ts';
import { refusalProblem } from './serverFaults.ts';
import type { AskServer, ServerKind, ServerMessage } from './serverKinds.ts';

export interface ServerClientOptions {
  readonly address: ServerAddress;
  /** Asked for before each request, and kept nowhere. */
  readonly key: () => Promise<string | undefined>;
  readonly log: Logger;
  readonly patience?: Partial<Patience>;
}

/** A model that the server has, and what is known of it. */
export interface ServedModel {
  readonly id: string;
  readonly kind: ServerKind;
  /** Tokens that a prompt and its answer may have together; `cautiousContext` where the server does not tell. */
  readonly contextSize: number;
}

export interface ServerQuestion {
  readonly messages: readonly ServerMessage[];
  readonly maxTokens: number;
  readonly temperature: number;
}

/** Where a server does not tell: what the smallest of them give a request by default. */
export const cautiousContext = 4_096;

const patience: Patience = { connectMs: 10_000, answerMs: 600_000, silenceMs: 120_000 };
/** For whatever is no answer of a model. */
const quickPatience: Pick<Patience, 'answerMs' | 'silenceMs'> = { answerMs: 15_000, silenceMs: 15_000 };
const maxJsonBytes = 8_000_000;
const maxRefusalBytes = 100_000;

/** Talks to a server with an API like OpenAI's. All methods reject with the signal's reason or with a `ProblemError`. */
export class ServerClient {
  readonly #options: ServerClientOptions;

  constructor(options: ServerClientOptions) {
    this.#options = options;
  }

  /** The model named `wanted`; '' takes the first. */
  async identify(wanted: string, signal: AbortSignal): Promise<ServedModel> {
    const { host } = this.#options.address;
    const list = readModelList(await this.#ask('/v1/models', undefined, signal));
    if (list === undefined) throw new ProblemError({ code: 'server.noApi', host });
    const model = chosenModel(list.models, wanted);
    if (model === undefined) throw new ProblemError({ code: 'server.noModel', host, model: wanted });
    const { id } = model;
    const { kind } = list;
    const told = model.contextSize ?? (await this.#tried(() => kind.contextSize?.(this.#asker(signal), id), signal));
    return { id, kind, contextSize: told || cautiousContext };
  }

  /** Tokens of the prompt that the server would make of these messages; undefined where it cannot count. */
  async count(
    { id, kind }: ServedModel,
    messages: readonly ServerMessage[],
    signal: AbortSignal,
  ): Promise<number | undefined> {
    for (const way of kind.count) {
      const tokens = await this.#tried(() => way(this.#asker(signal), id, messages), signal);
      if (tokens !== undefined) return tokens;
    }
    return undefined;
  }

  /** Streams the answer. Ending the loop, or the signal, closes the connection, and a server stops then. */
  async *answer(
    { id, kind }: ServedModel,
    { messages, maxTokens, temperature }: ServerQuestion,
    signal: AbortSignal,
  ): AsyncGenerator<AnswerChunk, void> {
    const { host } = this.#options.address;
    const body = {
      ...kind.options,
      model: id,
      messages,
      max_tokens: maxTokens,
      temperature,
      stream: true,
      stream_options: { include_usage: true },
    };
    const reply = await this.#send('/v1/chat/completions', body, signal, patience);
    if (reply.status !== 200) throw refusalProblem(reply.status, await bodyOf(reply, maxRefusalBytes), host, id);
    let ended = false;
    try {
      for await (const data of eventsIn(reply)) {
        if (data.trim() === '[DONE]') {
          ended = true;
          break;
        }
        const chunk = readChunk(data);
        if (chunk.error !== undefined) throw refusalProblem(0, chunk.error, host, id);
        ended ||= chunk.end !== undefined;
        yield chunk;
      }
    } catch (cause) {
      if (!(cause instanceof SyntaxError || cause instanceof EventStreamFault)) throw cause;
      throw new ProblemError({ code: 'server.malformed', host, reason: errorText(cause) }, { cause });
    }
    if (!ended) throw new ProblemError({ code: 'server.brokeOff', host });
  }

  #asker(signal: AbortSignal): AskServer {
    return (path, body) => this.#ask(path, body, signal);
  }

  /** The JSON that answers. */
  async #ask(path: string, body: object | undefined, signal: AbortSignal): Promise<unknown> {
    const { host } = this.#options.address;
    const reply = await this.#send(path, body, signal, { ...patience, ...quickPatience });
    const text = await bodyOf(reply, maxJsonBytes);
    if (reply.status !== 200) throw refusalProblem(reply.status, text, host, '');
    try {
      return JSON.parse(text);
    } catch (cause) {
      throw new ProblemError({ code: 'server.malformed', host, reason: errorText(cause) }, { cause });
    }
  }

  async #send(path: string, body: object | undefined, signal: AbortSignal, usual: Patience): Promise<Reply> {
    const { address, key } = this.#options;
    const patient = { ...usual, ...this.#options.patience };
    return exchange({ address, path, ...(body && { body }), key: await key(), signal, patience: patient });
  }

  /** What a server may lack is no reason to fail. */
  async #tried<T>(run: () => Promise<T | undefined> | undefined, signal: AbortSignal): Promise<T | undefined> {
    try {
      return await run();
    } catch (cause) {
      signal.throwIfAborted();
      if (isAbort(cause)) throw cause;
      this.#options.log.debug(`Asking ${this.#options.address.host}: ${errorText(cause)}`);
      return undefined;
    }
  }
}

/** Some servers, or gateways before them, answer all at once in spite of `stream`. */
async function* eventsIn(reply: Reply): AsyncGenerator<string, void> {
  if (/\bjson\b/.test(reply.headers['content-type'] ?? '')) yield await bodyOf(reply, maxJsonBytes);
  else yield* eventsOf(reply.pieces());
}

/** The whole body as text, cut at `maxBytes`. */
async function bodyOf(reply: Reply, maxBytes: number): Promise<string> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of reply.pieces()) {
    pieces.push(piece);
    bytes += piece.length;
    if (bytes > maxBytes) break;
  }
  return Buffer.concat(pieces).subarray(0, maxBytes).toString('utf8');
}
