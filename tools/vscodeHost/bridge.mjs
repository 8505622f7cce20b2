// Lets a test inside the extension host press real keys and read the real screen: it posts the body of a function,
// which runs here with Playwright's `page` and what the catcher caught.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { join } from 'node:path';

const AsyncFunction = (async () => {}).constructor;

/**
 * Resolves to `{ address, use(page), close() }`. The address holds a secret, because the body is run as code. A script
 * that throws leaves a picture in `out`.
 */
export async function startBridge(requests, out) {
  const path = `/${randomUUID()}`;
  let page;
  let failures = 0;
  const server = createServer(async (request, response) => {
    if (request.url !== path) {
      response.writeHead(403).end();
      return;
    }
    try {
      const chunks = [];
      for await (const chunk of request) chunks.push(chunk);
      const run = new AsyncFunction('page', 'requests', Buffer.concat(chunks).toString());
      response.end(JSON.stringify({ value: (await run(page, requests)) ?? null }));
    } catch (error) {
      failures++;
      await page?.screenshot({ path: join(out, `failed-${failures}.png`) }).catch(() => {});
      response.end(JSON.stringify({ error: String(error.stack ?? error) }));
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${server.address().port}${path}`,
    use(browserPage) {
      page = browserPage;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
