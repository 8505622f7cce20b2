import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { NoteStore } from './notes.ts';
import { countWords, slugify } from './text.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

const store = new NoteStore();
const routes = new Map<string, Handler>();

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}

routes.set('GET /notes', (request, response) => {
  sendJson(response, 200, store.list());
});

routes.set('GET /titles', (request, response) => {
  const titles = store.list().map((note) => slugify(note.title));
  sendJson(response, 200, titles);
});

routes.set('GET /words', (request, response) => {
  let total = 0;
  for (const note of store.list()) {
    total += countWords(note.body);
  }
  sendJson(response, 200, { total });
});

const server = createServer((request, response) => {
  const handler = routes.get(`${request.method} ${request.url}`);
  if (handler) {
    handler(request, response);
  } else {
    sendJson(response, 404, { error: 'not found' });
  }
});

server.listen(8080, () => {
  console.log('Listening on http://localhost:8080');
});
