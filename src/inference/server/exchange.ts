import { type ClientRequest, type IncomingHttpHeaders, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { ProblemError } from '../../protocol/problems.ts';
import { connectionProblem } from './serverFaults.ts';
import type { ServerAddress } from './serverAddress.ts';
import { trustedCertificates } from './trustedCertificates.ts';

export interface ExchangeRequest {
  readonly address: ServerAddress;
  /** Below the address: `/v1/models`. */
  readonly path: string;
  /** Sent as JSON with POST; absent: GET. */
  readonly body?: object;
  readonly key: string | undefined;
  readonly signal: AbortSignal;
  readonly patience: Patience;
}

/** How long nothing may happen, in ms. */
export interface Patience {
  readonly connectMs: number;
  /** From the request to the head of the answer: a long prompt is read in that time. */
  readonly answerMs: number;
  /** Between two pieces of the answer. */
  readonly silenceMs: number;
}

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Once. Leaving the loop closes the connection. Throws like `exchange`. */
  pieces(): AsyncGenerator<Buffer, void>;
}

/**
 * One request to the server that the user entered and to nowhere else: no proxy (also none that the environment names), no
 * redirect, no second try, a connection of its own that is closed with it. Rejects with the signal's reason, or with a
 * `ProblemError`; a status that is no redirect is the caller's to judge.
 */
export async function exchange(asked: ExchangeRequest): Promise<Reply> {
  const { address, signal, patience } = asked;
  signal.throwIfAborted();
  const request = open(asked);
  const onAbort = () => request.destroy();
  signal.addEventListener('abort', onAbort, { once: true });
  request.once('close', () => signal.removeEventListener('abort', onAbort));
  const failed = (cause: unknown): never => {
    request.destroy();
    signal.throwIfAborted();
    throw cause instanceof ProblemError ? cause : connectionProblem(cause, address.host);
  };
  try {
    const response = await headOf(request, asked);
    const { statusCode: status = 0, headers } = response;
    if (status >= 300 && status < 400)
      throw new ProblemError({ code: 'server.redirected', host: address.host, to: placeOf(headers.location, address) });
    return {
      status,
      headers,
      async *pieces() {
        try {
          yield* piecesOf(response, address.host, patience.silenceMs);
        } catch (cause) {
          failed(cause);
        } finally {
          request.destroy();
        }
      },
    };
  } catch (cause) {
    return failed(cause);
  }
}

function open({ address, path, body, key }: ExchangeRequest): ClientRequest {
  const url = new URL(address.base + path);
  const text = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
  const options = {
    method: text === undefined ? 'GET' : 'POST',
    headers: {
      accept: 'application/json, text/event-stream',
      ...(text === undefined ? {} : { 'content-type': 'application/json', 'content-length': text.length }),
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
    },
    // A new one for this request: Node's shared ones obey HTTP_PROXY when NODE_USE_ENV_PROXY is set.
    agent: false,
  } as const;
  const request =
    url.protocol === 'https:'
      ? requestHttps(url, { ...options, ca: trustedCertificates() })
      : requestHttp(url, options);
  // Without a listener, an error after the answer began would end the process.
  request.on('error', () => {});
  request.end(text);
  return request;
}

/** The head of the answer, in time. */
function headOf(request: ClientRequest, { address: { host }, patience }: ExchangeRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const within = (ms: number) => setTimeout(() => reject(silence(host, ms)), ms);
    let timer = within(patience.connectMs);
    const connected = () => {
      clearTimeout(timer);
      timer = within(patience.answerMs);
    };
    request.once('socket', (socket) => socket.once('encrypted' in socket ? 'secureConnect' : 'connect', connected));
    request.once('response', resolve);
    request.once('error', reject);
    request.once('close', () => {
      clearTimeout(timer);
      reject(new Error('the connection closed'));
    });
    request.once('response', () => clearTimeout(timer));
  });
}

async function* piecesOf(response: IncomingMessage, host: string, silenceMs: number): AsyncGenerator<Buffer, void> {
  const tooLong = () => response.destroy(silence(host, silenceMs));
  let timer = setTimeout(tooLong, silenceMs);
  try {
    for await (const piece of response) {
      clearTimeout(timer);
      yield piece;
      timer = setTimeout(tooLong, silenceMs);
    }
  } finally {
    clearTimeout(timer);
  }
}

function silence(host: string, ms: number): ProblemError {
  return new ProblemError({ code: 'server.silent', host, seconds: Math.round(ms / 1_000) });
}

/** Host and port that a redirect names; the rest may hold anything. */
function placeOf(location: string | undefined, { base }: ServerAddress): string {
  return location !== undefined && URL.canParse(location, base) ? new URL(location, base).host : '?';
}
