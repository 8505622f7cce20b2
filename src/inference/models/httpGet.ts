import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { ProblemError } from '../../protocol/problems.ts';

export interface GetOptions {
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Longest wait for a next byte, in ms. */
  readonly stallMs: number;
}

/** The network failed us; asking again may help. */
export class ConnectionLost extends Error {
  readonly host: string;
  constructor(host: string, cause: unknown) {
    super(`connection to ${host} lost`, { cause });
    this.name = 'ConnectionLost';
    this.host = host;
  }
}

export interface Answer {
  readonly response: IncomingMessage;
  /** Who answered in the end. */
  readonly host: string;
}

const maxRedirects = 5;

/**
 * GETs `url` over https, following up to 5 redirects, each of them https too. Plain http is for tests and mirrors on
 * this machine: allowed only when `url` itself names the loopback. Sends the given headers and no others of its own:
 * no cookies, no credentials, no user agent. Throws `ConnectionLost`, or a `ProblemError` (`download.refused`) for a
 * redirect that must not be followed; any status that is no redirect is the caller's to judge.
 */
export async function get(url: string, options: GetOptions): Promise<Answer> {
  const first = new URL(url);
  let current = first;
  let status = 0;
  for (let hop = 0; hop <= maxRedirects; hop++) {
    if (!isAllowed(current, first)) break;
    const response = await send(current, options);
    status = response.statusCode ?? 0;
    const { location } = response.headers;
    if (status < 300 || status > 399 || location === undefined) return { response, host: current.host };
    response.destroy();
    current = new URL(location, current);
    current.username = '';
    current.password = '';
  }
  throw new ProblemError({ code: 'download.refused', host: current.host, status });
}

/** Yields the body. Throws `ConnectionLost` when it breaks off or stalls. */
export async function* bodyOf({ response, host }: Answer): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of response) yield chunk;
  } catch (cause) {
    throw new ConnectionLost(host, cause);
  } finally {
    response.destroy();
  }
}

function send(url: URL, { headers, signal, stallMs }: GetOptions): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const start = url.protocol === 'https:' ? requestHttps : requestHttp;
    const request = start(url, { headers, signal }, resolve);
    request.setTimeout(stallMs, () => request.destroy(new Error(`no byte for ${stallMs} ms`)));
    request.on('error', (cause) => reject(new ConnectionLost(url.host, cause)));
    request.end();
  });
}

/** Were loopback allowed after any first address, a server out there could poke at servers in here. */
function isAllowed(url: URL, first: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url) && isLoopback(first));
}

function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
