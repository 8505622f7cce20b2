import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { portOf } from '../../../freePort.ts';
import { selfSigned } from './selfSigned.ts';

/** What was asked of it. */
export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** Answers a request; the connection is closed where it throws. */
export type Script = (asked: Asked, response: ServerResponse) => unknown;

/**
 * A double: an HTTP server that does what a test tells it, for faults that no real model server can be made to show, and for
 * makes of servers that cannot be had on every machine. What a real one does is tested with llama-server.
 */
export class ScriptedServer implements AsyncDisposable {
  readonly asked: Asked[] = [];
  /** Connections that are open now. */
  readonly sockets = new Set<Socket>();
  /** What it shows to whoever connects by https, in PEM. */
  readonly certificate: string;
  readonly #server: Server;
  readonly #scheme: 'http' | 'https';

  constructor(script: Script, scheme: 'http' | 'https' = 'http') {
    const answer = async (request: IncomingMessage, response: ServerResponse) => {
      const { method = '', url = '', headers } = request;
      const asked = { method, url, headers, body: await text(request) };
      this.asked.push(asked);
      await script(asked, response);
    };
    const onRequest = (request: IncomingMessage, response: ServerResponse) =>
      void answer(request, response).catch(() => response.destroy());
    this.#scheme = scheme;
    const { key, cert } = selfSigned();
    this.certificate = cert;
    this.#server = scheme === 'http' ? createServer(onRequest) : createTlsServer({ key, cert }, onRequest);
    this.#server.on('connection', (socket: Socket) => {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
  }

  static async start(script: Script, scheme?: 'http' | 'https'): Promise<ScriptedServer> {
    const server = new ScriptedServer(script, scheme);
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get port(): number {
    return portOf(this.#server);
  }

  get url(): string {
    return `${this.#scheme}://127.0.0.1:${this.port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

export function answerJson(response: ServerResponse, value: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

/** Streams events, each a JSON value or the words of one. */
export function answerEvents(response: ServerResponse, ...events: readonly unknown[]): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const event of events) response.write(`data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`);
  response.end();
}

/** All that a generator gives. */
export async function allOf<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
