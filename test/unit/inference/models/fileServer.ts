import assert from 'node:assert/strict';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';

export interface Served {
  readonly bytes: Buffer;
  readonly etag?: string;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

const notFound: Handler = (_, response) => response.writeHead(404).end();

/** A real HTTP server on this machine that notes every request; starts and ends with each test of the calling suite. */
export function fileServer(): {
  /** `http://127.0.0.1:PORT`. */
  readonly origin: () => string;
  readonly requests: () => readonly { readonly url: string; readonly headers: IncomingHttpHeaders }[];
  /** What answers from now on. */
  readonly answerWith: (handler: Handler) => void;
} {
  let handler = notFound;
  let requests: { url: string; headers: IncomingHttpHeaders }[] = [];
  const server = createServer((request, response) => {
    requests.push({ url: request.url ?? '', headers: request.headers });
    handler(request, response);
  });
  let origin = '';
  beforeEach(async () => {
    requests = [];
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    assert.ok(typeof address === 'object' && address);
    origin = `http://127.0.0.1:${address.port}`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return {
    origin: () => origin,
    requests: () => requests,
    answerWith(next) {
      handler = next;
    },
  };
}

/** Answers as a server should, ranges and versions included. */
export function serving({ bytes, etag = '"v1"' }: Served): Handler {
  return (request, response) => {
    const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const current = (request.headers['if-range'] ?? etag) === etag;
    if (start > 0 && current && start >= bytes.length)
      return response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end();
    if (start === 0 || !current) return response.writeHead(200, { 'content-length': bytes.length, etag }).end(bytes);
    const range = `bytes ${start}-${bytes.length - 1}/${bytes.length}`;
    return response
      .writeHead(206, { 'content-length': bytes.length - start, 'content-range': range, etag })
      .end(bytes.subarray(start));
  };
}

/** Promises everything and sends the bytes up to `end`, then either says nothing more or hangs up. */
export function servingUntil(end: number, { bytes, etag = '"v1"' }: Served, then: 'wait' | 'hangUp'): Handler {
  return (request, response) => {
    const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const range = start > 0 && { 'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` };
    response.writeHead(start > 0 ? 206 : 200, { 'content-length': bytes.length - start, etag, ...range });
    response.flushHeaders();
    response.write(bytes.subarray(start, Math.max(start, end)), () => {
      if (then === 'hangUp') response.destroy();
    });
  };
}
