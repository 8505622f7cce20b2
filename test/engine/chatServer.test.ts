import assert from 'node:assert/strict';
import { readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { CancellationToken, CancellationTokenSource } from 'vscode-jsonrpc/node';
import {
  type AskChat,
  ChatMessage,
  type ChatModelInfo,
  chatProblemCode,
  type ChatTurn,
  type CompleteChat,
  type CompletedChat,
  type CompletionDelta,
  type ConversationPage,
  type PromptContents,
  type SendChat,
  type ServerKeyQuery,
} from '../../src/protocol/chatMessages.ts';
import { serverKinds } from '../../src/inference/server/serverKinds.ts';
import type { Problem } from '../../src/protocol/problems.ts';
import { LlamaServer, needLlamaServer } from '../llamaServer.ts';
import { answerJson, ScriptedServer } from '../unit/inference/server/scriptedServer.ts';
import { BareClient } from './bareClient.ts';

const user = (content: string) => ({ role: 'user', content }) as const;

/** A client that asks the engine's model; `key` is what the user keeps for its server. */
class Asker implements AsyncDisposable {
  readonly client: BareClient;
  readonly deltas: CompletionDelta[] = [];
  readonly keyQueries: string[] = [];
  onDelta = () => {};

  constructor(client: BareClient, key?: string) {
    this.client = client;
    client.connection.onNotification(ChatMessage.completionDelta, (delta: CompletionDelta) => {
      this.deltas.push(delta);
      this.onDelta();
    });
    if (key !== undefined)
      client.connection.onRequest(ChatMessage.serverKey, ({ origin }: ServerKeyQuery) => {
        this.keyQueries.push(origin);
        return key;
      });
  }

  static async start(
    settings: Readonly<Record<string, unknown>>,
    options: { key?: string; env?: Readonly<Record<string, string>> } = {},
  ) {
    const client = await BareClient.start({ settings, ...(options.env && { env: options.env }) });
    await client.until(({ state }) => state === 'ready', 45_000);
    return new Asker(client, options.key);
  }

  complete(asked: Omit<CompleteChat, 'id'>, token?: CancellationTokenSource): Promise<CompletedChat> {
    const params: CompleteChat = { id: 'a', temperature: 0, ...asked };
    return this.client.connection.sendRequest(ChatMessage.complete, params, token?.token ?? CancellationToken.None);
  }

  get model(): Promise<ChatModelInfo | null> {
    return this.client.connection.sendRequest(ChatMessage.model);
  }

  question(text: string): SendChat {
    const folder = pathToFileURL(this.client.folder).href;
    return { folder, conversation: null, ask: { kind: 'question', text, parent: null, attachments: [] }, editor: {} };
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.client[Symbol.asyncDispose]();
  }
}

async function problemOf(promise: Promise<unknown>): Promise<Problem> {
  const cause: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(cause instanceof Error && 'code' in cause && 'data' in cause, String(cause));
  assert.equal(cause.code, chatProblemCode);
  const { data: problem }: { data: Problem } = Object(cause);
  return problem;
}

describe('a chat with a real llama-server', function () {
  this.timeout(60_000);
  let server: LlamaServer;
  let asker: Asker;
  before(needLlamaServer);
  before(async () => {
    server = await LlamaServer.start();
    asker = await Asker.start({ server: server.url });
    await asker.client.until(({ server: known }) => known?.model !== undefined);
  });
  after(async () => {
    await asker?.[Symbol.asyncDispose]();
    await server?.[Symbol.asyncDispose]();
  });
  beforeEach(() => asker.deltas.splice(0));

  it('is shown in the status, and knows what context the server gives', async () => {
    const { server: shown } = asker.client.statuses.at(-1) ?? {};
    assert.deepEqual(shown, { host: `127.0.0.1:${server.port}`, model: 'starter' });
    assert.deepEqual(await asker.model, { kind: 'server', name: 'starter', contextSize: 512 });
  });

  it('streams an answer, counts its tokens, and measures it', async () => {
    const answer = await asker.complete({ messages: [user('function add(a, b) {')], maxTokens: 24 });
    assert.ok(answer.text.length > 0);
    assert.ok(asker.deltas.length > 3, `${asker.deltas.length} deltas`);
    assert.equal(asker.deltas.map(({ text }) => text).join(''), answer.text);
    assert.equal(answer.end, 'length');
    const { kind, name, contextSize, promptTokens = 0, firstTokenMs = 0, tokensPerSecond = 0 } = answer.answeredBy;
    assert.deepEqual([kind, name, contextSize], ['server', 'starter', 512]);
    assert.ok(promptTokens > 10 && firstTokenMs > 0 && tokensPerSecond > 1, JSON.stringify(answer.answeredBy));
  });

  it('answers the same as when the server is asked directly', async () => {
    const messages = [
      { role: 'system', content: 'Be brief.' } as const,
      user('const x ='),
      { role: 'assistant', content: ' 1;' } as const,
      user('const y ='),
    ];
    const { text } = await asker.complete({ messages, maxTokens: 16 });
    const direct = await fetch(`${server.url}/v1/chat/completions`, {
      method: 'POST',
      body: JSON.stringify({ messages, max_tokens: 16, temperature: 0 }),
    });
    assert.equal(text, JSON.parse(await direct.text()).choices[0].message.content);
  });

  it('has its tokens counted as the server counts them, by new and by old ways', async () => {
    const messages = [
      { role: 'system', content: 'Be brief.' } as const,
      user('const y = 한국어;'),
      { role: 'assistant', content: '1' } as const,
      user('?'),
    ];
    const { usage } = await postTo(server, '/v1/chat/completions', { messages, max_tokens: 1 });
    const ways = serverKinds.find(({ id }) => id === 'llama-server')?.count ?? [];
    assert.equal(ways.length, 2);
    const ask = (path: string, body?: object) => postTo(server, path, body);
    for (const way of ways) assert.equal(await way(ask, 'starter', messages), usage.prompt_tokens);
    const { answeredBy } = await asker.complete({ messages, maxTokens: 1 });
    assert.equal(answeredBy.promptTokens, usage.prompt_tokens);
  });

  it('stops within moments when it is told to, and so does the server', async () => {
    const cancel = new CancellationTokenSource();
    asker.onDelta = () => cancel.cancel();
    const began = performance.now();
    await assert.rejects(asker.complete({ messages: [user('x')], maxTokens: 480 }, cancel));
    asker.onDelta = () => {};
    assert.ok(performance.now() - began < 5_000);
    for (const deadline = Date.now() + 2_000; ; await delay(20)) {
      const slots: { is_processing: boolean }[] = JSON.parse(await (await fetch(`${server.url}/slots`)).text());
      if (!slots.some(({ is_processing: busy }) => busy)) break;
      assert.ok(Date.now() < deadline, 'the server goes on for nobody');
    }
  });

  it('goes through the whole chat, and says who answered', async () => {
    const preview: PromptContents = await asker.client.connection.sendRequest(
      ChatMessage.preview,
      asker.question('What is this?'),
    );
    assert.deepEqual(preview.answeredBy, { kind: 'server', name: 'starter' });
    const turn: ChatTurn = await asker.client.connection.sendRequest(ChatMessage.send, asker.question('What is this?'));
    assert.equal(turn.answeredBy?.kind, 'server');
    assert.equal(turn.answeredBy.promptTokens, preview.promptTokens);
    assert.ok(turn.text.length > 0);
  });

  it('tells a question that is too long before anything is sent', async () => {
    const problem = await problemOf(asker.complete({ messages: [user('word '.repeat(2_000))] }));
    assert.ok(
      problem.code === 'chat.tooLong' && problem.contextSize === 512 && problem.promptTokens > 2_000,
      JSON.stringify(problem),
    );
  });

  it('connects to that server and to nowhere else', async () => {
    const writing = asker.complete({ messages: [user('x')], maxTokens: 150 });
    const seen = new Set<string>();
    const look = setInterval(() => {
      for (const remote of remotesOf(asker.client.server.pid ?? 0)) seen.add(remote);
    }, 5);
    await writing.finally(() => clearInterval(look));
    assert.deepEqual([...seen], [`127.0.0.1:${server.port}`]);
    await delay(100);
    assert.deepEqual(remotesOf(asker.client.server.pid ?? 0), [], 'the connection is closed');
  });
});

describe('a model server that wants a key', function () {
  this.timeout(60_000);
  let server: LlamaServer;
  before(needLlamaServer);
  before(async () => {
    server = await LlamaServer.start({ args: ['--api-key', 'right-key'] });
  });
  after(() => server?.[Symbol.asyncDispose]());

  it('gets the one that the client keeps for it', async () => {
    await using asker = await Asker.start({ server: `${server.url}/v1/` }, { key: 'right-key' });
    const { text } = await asker.complete({ messages: [user('x')], maxTokens: 4 });
    assert.ok(text.length > 0);
    assert.deepEqual([...new Set(asker.keyQueries)], [server.url]);
    assert.ok(!asker.client.log.join('\n').includes('right-key'), 'no log knows it');
  });

  it('refuses another, and one that is missing: the user is told what to do', async () => {
    for (const key of ['wrong-key', undefined]) {
      await using asker = await Asker.start({ server: server.url }, key === undefined ? {} : { key });
      const problem = await problemOf(asker.complete({ messages: [user('x')], maxTokens: 4 }));
      assert.deepEqual(problem, { code: 'server.key', host: `127.0.0.1:${server.port}` });
    }
  });
});

// Doubles where a real server would have to fail, or be somebody else.
describe('the setting hearth.server', function () {
  this.timeout(60_000);
  before(needLlamaServer);

  it('is empty at first: then no socket is opened, and the model here answers or nobody', async () => {
    await using asker = await Asker.start({});
    assert.equal(await asker.model, null, 'the starter does not chat');
    assert.equal(asker.client.statuses.at(-1)?.server, undefined);
    assert.equal((await problemOf(asker.complete({ messages: [user('x')] }))).code, 'model.noChat');
    assert.deepEqual(remotesOf(asker.client.server.pid ?? 0), []);
  });

  it('takes effect at once, and is told what is wrong with it', async () => {
    await using asker = await Asker.start({});
    await asker.client.configure({ server: 'localhost:8080' });
    await untilProblem(asker.client, 'server.address');
    assert.equal(await asker.model, null);
    await asker.client.configure({ server: 'http://127.0.0.1:9' });
    await untilProblem(asker.client, 'server.unreachable');
    assert.equal((await problemOf(asker.complete({ messages: [user('x')] }))).code, 'server.unreachable');
    await using server = await LlamaServer.start();
    await asker.client.configure({ server: server.url });
    const { text } = await asker.complete({ messages: [user('x')], maxTokens: 4 });
    assert.ok(text.length > 0);
    await asker.client.configure({ server: server.url, serverModel: 'no-such-model' });
    assert.equal((await problemOf(asker.complete({ messages: [user('x')] }))).code, 'server.noModel');
    await asker.client.configure({ server: '' });
    await asker.client.until(({ server: known }) => known === undefined);
    assert.equal(await asker.model, null);
  });

  it('is not told of a server that is down at a start before somebody asks it, and finds it when it came up', async () => {
    await using first = await LlamaServer.start();
    const { url, port } = first;
    await first[Symbol.asyncDispose]();
    await using asker = await Asker.start({ server: url });
    assert.equal((await problemOf(asker.complete({ messages: [user('x')] }))).code, 'server.unreachable');
    const turn: ChatTurn = await asker.client.connection.sendRequest(ChatMessage.send, asker.question('What is this?'));
    assert.equal(turn.problem?.code, 'server.unreachable', 'the question is kept, with what became of it');
    assert.deepEqual(
      asker.client.problems.filter(({ code }) => code.startsWith('server.')),
      [],
    );
    await using again = await LlamaServer.start({ port });
    assert.equal(again.url, url);
    assert.ok((await asker.complete({ messages: [user('x')], maxTokens: 4 })).text.length > 0);
  });

  it('is the only place that decides: no variable of the environment redirects it', async () => {
    await using trap = await ScriptedServer.start((_, response) => answerJson(response, { data: [{ id: 'trap' }] }));
    await using server = await LlamaServer.start();
    const names = ['OPENAI_BASE_URL', 'OPENAI_API_BASE', 'HTTP_PROXY', 'http_proxy', 'ALL_PROXY'];
    const env = {
      ...Object.fromEntries(names.map((name) => [name, trap.url])),
      OPENAI_API_KEY: 'leak',
      NODE_USE_ENV_PROXY: '1',
    };
    await using asker = await Asker.start({ server: server.url }, { env });
    await asker.complete({ messages: [user('x')], maxTokens: 4 });
    assert.deepEqual(trap.asked, []);
  });

  it('leads nowhere else when the server redirects', async () => {
    await using trap = await ScriptedServer.start((_, response) => answerJson(response, { data: [{ id: 'trap' }] }));
    await using server = await ScriptedServer.start((_, response) =>
      response.writeHead(307, { location: `${trap.url}/v1/models` }).end(),
    );
    await using asker = await Asker.start({ server: server.url }, { key: 'secret' });
    assert.equal((await problemOf(asker.complete({ messages: [user('x')] }))).code, 'server.redirected');
    assert.deepEqual(trap.asked, []);
  });
});

describe('a question that others in the editor keep', function () {
  this.timeout(60_000);

  it('is answered by a search where no model can, and kept nowhere', async () => {
    await using asker = await Asker.start({});
    const { client } = asker;
    writeFileSync(join(client.folder, 'cart.js'), 'export function sumOfCart(items) {\n  return items.length;\n}\n');
    await client.changed('cart.js');
    await client.indexed();
    const params: AskChat = {
      id: 'b',
      folder: pathToFileURL(client.folder).href,
      text: 'where is the cart added up?',
      attachments: [{ kind: 'codebase' }],
      earlier: [user('hello'), { role: 'assistant', content: 'Hello.' }],
      editor: {},
    };
    const answer: CompletedChat = await client.connection.sendRequest(ChatMessage.ask, params);
    assert.equal(answer.answeredBy.kind, 'search');
    assert.match(answer.text, /cart\.js/);
    assert.equal(asker.deltas.map(({ text }) => text).join(''), answer.text);
    assert.deepEqual(
      answer.context.map(({ path }) => path),
      ['cart.js'],
    );
    assert.ok(answer.citations.some(({ uri, startLine }) => uri.endsWith('/cart.js') && startLine === 1));
    const { folder } = params;
    const { conversations }: ConversationPage = await client.connection.sendRequest(ChatMessage.list, {
      folder,
      limit: 10,
    });
    assert.deepEqual(conversations, []);
  });
});

/** What it answers when nothing of ours stands between. */
async function postTo({ url }: LlamaServer, path: string, body?: object) {
  return JSON.parse(await (await fetch(url + path, { method: 'POST', body: JSON.stringify(body) })).text());
}

async function untilProblem(client: BareClient, code: Problem['code']): Promise<void> {
  for (const deadline = Date.now() + 15_000; !client.problems.some((each) => each.code === code); await delay(20))
    assert.ok(Date.now() < deadline, `${code} is not among ${JSON.stringify(client.problems)}`);
}

/** `address:port` of whomever a process has a TCP connection with, or asks for one. */
function remotesOf(pid: number): string[] {
  const own = new Set(
    readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(join(`/proc/${pid}/fd`, fd)))?.[1] ?? [];
      } catch {
        return [];
      }
    }),
  );
  return ['tcp', 'tcp6', 'udp', 'udp6'].flatMap((kind) =>
    readFileSync(`/proc/${pid}/net/${kind}`, 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((columns) => own.has(columns[9] ?? ''))
      .map(([, , remote = '']) => readable(remote)),
  );
}

/** `0100007F:1F90` is 127.0.0.1:8080. Addresses of version 6 stay as they are. */
function readable(remote: string): string {
  const [address = '', port = ''] = remote.split(':');
  const bytes =
    address.length === 8
      ? (address.match(/../g) ?? [])
          .toReversed()
          .map((hex) => Number.parseInt(hex, 16))
          .join('.')
      : address;
  return `${bytes}:${Number.parseInt(port, 16)}`;
}
