import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { silentLogger } from '../../../../src/base/logger.ts';
import { parseServerAddress } from '../../../../src/inference/server/serverAddress.ts';
import { cautiousContext, ServerClient } from '../../../../src/inference/server/serverClient.ts';
import { ProblemError } from '../../../../src/protocol/problems.ts';
import { allOf, answerEvents, answerJson, type Asked, type Script, ScriptedServer } from './scriptedServer.ts';

const { signal } = new AbortController();
const question = { messages: [{ role: 'user', content: 'hi' }], maxTokens: 50, temperature: 0.5 } as const;

function clientOf(server: ScriptedServer, key?: string): ServerClient {
  return new ServerClient({ address: parseServerAddress(server.url), key: async () => key, log: silentLogger });
}

/** Answers by path; 404 elsewhere. */
function table(answers: Readonly<Record<string, unknown>>): Script {
  return ({ url }, response) => {
    const path = url.replace(/\?.*/, '');
    if (Object.hasOwn(answers, path)) answerJson(response, answers[path]);
    else answerJson(response, { error: { message: 'File Not Found', type: 'not_found_error', code: 404 } }, 404);
  };
}
const models = (...data: unknown[]) => ({ object: 'list', data });
const pathsOf = (asked: readonly Asked[]) => asked.map(({ method, url }) => `${method} ${url}`);
const codeOf = (code: string) => (cause: unknown) => cause instanceof ProblemError && cause.problem.code === code;

// Doubles of servers that cannot be had on every machine, by their documentation; llama-server itself is asked in llamaServer.test.ts.
describe('ServerClient.identify', () => {
  it('needs no second request where the list tells the context', async () => {
    await using server = await ScriptedServer.start(
      table({ '/v1/models': models({ id: 'Q', owned_by: 'vllm', max_model_len: 4000 }) }),
    );
    const { id, contextSize, kind } = await clientOf(server).identify('', signal);
    assert.deepEqual([id, contextSize, kind.id], ['Q', 4000, 'vLLM']);
    assert.deepEqual(pathsOf(server.asked), ['GET /v1/models']);
  });

  it('asks llama-server for its properties without making it load a model', async () => {
    const answers = {
      '/v1/models': models({ id: 'a b.gguf', owned_by: 'llamacpp' }),
      '/props': { default_generation_settings: { n_ctx: 2048 } },
    };
    await using server = await ScriptedServer.start(table(answers));
    assert.equal((await clientOf(server).identify('', signal)).contextSize, 2048);
    assert.deepEqual(pathsOf(server.asked), ['GET /v1/models', 'GET /props?model=a%20b.gguf&autoload=false']);
  });

  it("knows what Ollama's and LM Studio's models that are loaded may have", async () => {
    const ollama = {
      '/v1/models': models({ id: 'q:7b', owned_by: 'library' }, { id: 'r:1b', owned_by: 'library' }),
      '/api/ps': { models: [{ name: 'q:7b', model: 'q:7b', context_length: 16384 }] },
    };
    await using first = await ScriptedServer.start(table(ollama));
    assert.equal((await clientOf(first).identify('', signal)).contextSize, 16384);
    assert.equal((await clientOf(first).identify('r:1b', signal)).contextSize, cautiousContext);
    const studio = {
      '/v1/models': models({ id: 'q', owned_by: 'organization_owner' }),
      '/api/v0/models': {
        data: [{ id: 'q', state: 'loaded', max_context_length: 32768, loaded_context_length: 8192 }],
      },
    };
    await using second = await ScriptedServer.start(table(studio));
    assert.equal((await clientOf(second).identify('', signal)).contextSize, 8192);
  });

  it('is careful where nobody tells', async () => {
    await using server = await ScriptedServer.start(table({ '/v1/models': models({ id: 'q' }) }));
    assert.equal((await clientOf(server).identify('', signal)).contextSize, cautiousContext);
  });

  it('says what is missing: the model that is wanted, any model, the API', async () => {
    await using some = await ScriptedServer.start(table({ '/v1/models': models({ id: 'q' }) }));
    await assert.rejects(clientOf(some).identify('r', signal), codeOf('server.noModel'));
    await using none = await ScriptedServer.start(table({ '/v1/models': models() }));
    await assert.rejects(clientOf(none).identify('', signal), codeOf('server.noModel'));
    await using web = await ScriptedServer.start((_, response) => response.writeHead(404).end('<html>'));
    await assert.rejects(clientOf(web).identify('', signal), codeOf('server.noApi'));
    await using other = await ScriptedServer.start(table({ '/v1/models': { hello: 'world' } }));
    await assert.rejects(clientOf(other).identify('', signal), codeOf('server.noApi'));
    await using page = await ScriptedServer.start((_, response) => response.writeHead(200).end('<html>'));
    await assert.rejects(clientOf(page).identify('', signal), codeOf('server.malformed'));
  });
});

const messages = [{ role: 'user', content: 'hi' }] as const;
const countedBy = async (owner: string, answers: Readonly<Record<string, unknown>>) => {
  await using server = await ScriptedServer.start(
    table({ '/v1/models': models({ id: 'q', owned_by: owner, max_model_len: 1 }), ...answers }),
  );
  const client = clientOf(server);
  const tokens = await client.count(await client.identify('', signal), messages, signal);
  return { tokens, paths: pathsOf(server.asked).slice(1), last: server.asked.at(-1)?.body };
};

describe('ServerClient.count', () => {
  it('asks an older llama-server in two steps', async () => {
    const counted = await countedBy('llamacpp', {
      '/apply-template': { prompt: '<user>hi' },
      '/tokenize': { tokens: [1, 2, 3] },
    });
    assert.equal(counted.tokens, 3);
    // `contextSize` was asked for as well: this list has none in its `meta`.
    assert.deepEqual(counted.paths.slice(-3), [
      'POST /v1/chat/completions/input_tokens',
      'POST /apply-template',
      'POST /tokenize',
    ]);
    assert.equal(counted.last, '{"model":"q","content":"<user>hi","add_special":true}');
  });

  it('lets vLLM count the messages', async () => {
    const counted = await countedBy('vllm', { '/tokenize': { count: 12, max_model_len: 4096, tokens: [] } });
    assert.equal(counted.tokens, 12);
    assert.equal(
      counted.last,
      '{"model":"q","messages":[{"role":"user","content":"hi"}],"add_generation_prompt":true}',
    );
  });

  it('is undefined where a server cannot count, or says nonsense', async () => {
    assert.deepEqual(await countedBy('sglang', {}), { tokens: undefined, paths: [], last: '' });
    assert.equal((await countedBy('vllm', {})).tokens, undefined);
    assert.equal((await countedBy('vllm', { '/tokenize': { count: 'many' } })).tokens, undefined);
  });
});

const text = (content: string, finish: string | null = null) => ({
  choices: [{ delta: { content }, finish_reason: finish }],
});
const answered = async (script: Script, key?: string) => {
  await using server = await ScriptedServer.start((asked, response) =>
    asked.url === '/v1/models'
      ? answerJson(response, models({ id: 'q', owned_by: 'llamacpp', meta: { n_ctx: 512 } }))
      : script(asked, response),
  );
  const client = clientOf(server, key);
  const chunks = await allOf(client.answer(await client.identify('', signal), question, signal));
  return { chunks, asked: server.asked.slice(1), text: chunks.map((chunk) => chunk.text).join('') };
};
const streams = (...events: unknown[]) => answered((_, response) => answerEvents(response, ...events));

describe('ServerClient.answer', () => {
  it('asks for a stream with counts, once, with what this make of server understands', async () => {
    const { text: whole, asked } = await answered(
      (_, response) => answerEvents(response, text('Hel'), text('lo', 'stop'), '[DONE]'),
      'k',
    );
    assert.equal(whole, 'Hello');
    assert.deepEqual(pathsOf(asked), ['POST /v1/chat/completions']);
    assert.equal(asked[0]?.headers.authorization, 'Bearer k');
    assert.deepEqual(JSON.parse(asked[0]?.body ?? ''), {
      cache_prompt: true,
      model: 'q',
      messages: question.messages,
      max_tokens: 50,
      temperature: 0.5,
      stream: true,
      stream_options: { include_usage: true },
    });
  });

  it('takes a stream without [DONE], and a whole answer in spite of `stream`', async () => {
    assert.equal((await streams(text('a', 'stop'))).text, 'a');
    const whole = await answered((_, response) =>
      answerJson(response, { choices: [{ message: { content: 'all' }, finish_reason: 'length' }] }),
    );
    // JSON without `data:` is no event: such a server is told apart by what its answer claims to be.
    assert.equal(whole.text, 'all');
  });

  it('reads what comes after the end: the counts', async () => {
    const { chunks } = await streams(
      text('a', 'stop'),
      { choices: [], usage: { prompt_tokens: 5, completion_tokens: 1 } },
      '[DONE]',
    );
    assert.deepEqual(chunks.at(-1), { text: '', thinks: false, promptTokens: 5, tokens: 1 });
  });

  it('says when an answer breaks off, or says something else', async () => {
    await assert.rejects(streams(text('a')), codeOf('server.brokeOff'));
    await assert.rejects(streams(), codeOf('server.brokeOff'));
    await assert.rejects(streams('{"choices":'), codeOf('server.malformed'));
    await assert.rejects(
      streams(text('a'), { error: { message: 'Context size has been exceeded.', code: 500 } }),
      codeOf('server.context'),
    );
    await assert.rejects(streams(text('a'), { error: { message: 'boom' } }), codeOf('server.failed'));
    await assert.rejects(
      answered((_, response) => answerJson(response, { error: 'busy' }, 503)),
      codeOf('server.busy'),
    );
  });

  it('closes the connection when the loop is left, and when it is aborted', async () => {
    await using server = await ScriptedServer.start(async (_, response) => {
      response.writeHead(200);
      for (let at = 0; at < 1_000 && !response.destroyed; at++) {
        response.write(`data: ${JSON.stringify(text('a'))}\n\n`);
        await delay(5);
      }
    });
    const client = clientOf(server);
    const served = { id: 'q', kind: { id: 'x', ownedBy: '', count: [], options: {} }, contextSize: 1 };
    const closed = async () => {
      for (const deadline = Date.now() + 2_000; server.sockets.size > 0; await delay(5))
        assert.ok(Date.now() < deadline);
    };
    for await (const _ of client.answer(served, question, signal)) break;
    await closed();
    const abort = new AbortController();
    await assert.rejects(
      async () => {
        for await (const _ of client.answer(served, question, abort.signal)) abort.abort();
      },
      { name: 'AbortError' },
    );
    await closed();
  });
});
