// A proxy that forwards nothing and notes who asked for what: put into the environment of a VS Code, it shows whether
// anything inside wants the network.
import { createServer } from 'node:http';

/** Resolves to `{ env, requests, close() }`; requests are like `CONNECT example.org:443`. */
export async function startCatcher() {
  const requests = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    response.writeHead(502).end();
  });
  server.on('connect', (request, socket) => {
    requests.push(`CONNECT ${request.url}`);
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${server.address().port}`;
  return {
    requests,
    env: {
      HTTP_PROXY: address,
      HTTPS_PROXY: address,
      http_proxy: address,
      https_proxy: address,
      NO_PROXY: '127.0.0.1,localhost',
      no_proxy: '127.0.0.1,localhost',
      NODE_USE_ENV_PROXY: '1', // Node's own clients obey the variables above only with this
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
