import assert from 'node:assert/strict';
import { Emitter } from '../../../../src/base/emitter.ts';
import { silentLogger } from '../../../../src/base/logger.ts';
import { answerOfServer } from '../../../../src/engine/chat/serverAnswer.ts';
import { createServerModel } from '../../../../src/engine/chat/serverModel.ts';
import type { AnswerChunk } from '../../../../src/inference/server/answerChunk.ts';
import { unknownKind } from '../../../../src/inference/server/serverKinds.ts';
import type { Problem } from '../../../../src/protocol/problems.ts';
import { defaultSettings, type Settings } from '../../../../src/protocol/settings.ts';
import { answerJson, ScriptedServer } from '../../inference/server/scriptedServer.ts';

const { signal } = new AbortController();

/** The model of a server; `change` changes settings as the client does. Without a key nothing is ever sent. */
function modelFor(initial: Partial<Settings>, keyFor: () => Promise<string | undefined> = () => new Promise(() => {})) {
  let now: Settings = { ...defaultSettings, ...initial };
  const onChange = new Emitter<{ readonly before: Settings; readonly now: Settings }>();
  const problems: Problem[] = [];
  const settings = {
    get now() {
      return now;
    },
    onChange,
  };
  const model = createServerModel({
    settings,
    keyFor,
    log: silentLogger,
    onProblem: (problem) => void problems.push(problem),
  });
  const change = (changed: Partial<Settings>) => {
    const before = now;
    now = { ...now, ...changed };
    onChange.fire({ before, now });
  };
  return { model, problems, change };
}

describe('createServerModel', () => {
  it('is nobody while the setting is empty', () => {
    const { model, problems } = modelFor({});
    model.start();
    assert.deepEqual([model.now(), model.status, problems], [undefined, undefined, []]);
  });

  it('tells when plain http leaves this machine and its networks, and not otherwise', () => {
    for (const [server, isTold] of [
      ['http://server.example.org:8080', true],
      ['https://server.example.org', false],
      ['http://192.168.1.5:8080', false],
      ['http://localhost:8080', false],
    ] as const) {
      const { model, problems } = modelFor({ server });
      model.start();
      assert.deepEqual(
        problems.map(({ code }) => code),
        isTold ? ['server.exposed'] : [],
        server,
      );
      model[Symbol.dispose]();
    }
  });

  it('answers for nobody when the setting is no address, and says so without what is secret in it', () => {
    const { model, problems } = modelFor({ server: 'http://me:hunter2@box:8080' });
    model.start();
    assert.equal(model.now(), undefined);
    assert.deepEqual(problems, [{ code: 'server.credentials', host: 'box:8080' }]);
  });

  it('is careful before it knows the server, and follows what it has', async () => {
    let contextSize = 1000;
    await using server = await ScriptedServer.start((_, response) =>
      answerJson(response, { data: [{ id: '/models/some.Q4.gguf', owned_by: 'vllm', max_model_len: contextSize }] }),
    );
    const { model, change } = modelFor({ server: server.url }, async () => undefined);
    let told = 0;
    model.onStatus.on(() => told++);
    model.start();
    assert.equal(model.now()?.contextSize, 4096);
    await model.known(signal);
    const { name, contextSize: known } = model.now() ?? {};
    assert.deepEqual([name, known], ['some.Q4', 1000]);
    assert.deepEqual(model.status, { host: `127.0.0.1:${server.port}`, model: 'some.Q4' });
    assert.equal(told, 2);
    contextSize = 2000;
    change({ serverModel: '/models/some.Q4.gguf' });
    await model.known(signal);
    assert.equal(model.now()?.contextSize, 2000);
    change({ server: '' });
    assert.deepEqual([model.now(), model.status], [undefined, undefined]);
  });

  it('counts rather more tokens than less where the server cannot count', async () => {
    await using server = await ScriptedServer.start(({ url }, response) =>
      url === '/v1/models' ? answerJson(response, { data: [{ id: 'm' }] }) : answerJson(response, {}, 404),
    );
    const { model } = modelFor({ server: server.url }, async () => undefined);
    model.start();
    const now = model.now() ?? assert.fail('there is one');
    for (const text of ['for (let i = 0; i < values.length; i++) total += values[i];', '한국어로 답해 주세요', ''])
      assert.ok(now.estimate(text) >= Buffer.byteLength(text) / 3, text);
    const tokens = await now.tokensOf([{ role: 'user', content: 'let x' }], signal);
    assert.ok(tokens >= now.estimate('let x') + now.perMessage, String(tokens));
  });

  it('ends to wait for a server when the question is withdrawn', async () => {
    const { model } = modelFor({ server: 'http://127.0.0.1:9' });
    model.start();
    const abort = new AbortController();
    const answer = model.now()?.answer({ messages: [], maxTokens: 1, temperature: 0 }, () => {}, abort.signal);
    abort.abort();
    await assert.rejects(answer ?? Promise.resolve(), { name: 'AbortError' });
  });
});

describe('answerOfServer', () => {
  const served = { id: 'm', kind: unknownKind, contextSize: 100 };
  const answered = async (...chunks: Partial<AnswerChunk>[]) => {
    const client = {
      async *answer() {
        for (const chunk of chunks) yield { text: '', thinks: false, ...chunk };
      },
    };
    const told: string[] = [];
    const question = { messages: [], maxTokens: 10, temperature: 0 };
    const answer = await answerOfServer(client, served, question, (text) => void told.push(text), signal);
    return { answer, told };
  };

  it('tells the answer without thoughts, whether the server parts them or not', async () => {
    const parted = await answered({ thinks: true }, { text: 'Yes' }, { text: '.', end: 'complete' });
    assert.deepEqual([parted.told, parted.answer.text], [['Yes', '.'], 'Yes.']);
    const mixed = await answered(
      { text: '<thi' },
      { text: 'nk>hm' },
      { text: '</think>\n\nYes' },
      { text: '.', end: 'length' },
    );
    assert.deepEqual([mixed.told.join(''), mixed.answer.text, mixed.answer.end], ['Yes.', 'Yes.', 'length']);
  });

  it("takes the server's counts, and its own where there are none", async () => {
    const told = await answered({ text: 'a' }, { promptTokens: 7, tokens: 3, tokensPerSecond: 20, end: 'complete' });
    const { promptTokens, tokens, tokensPerSecond } = told.answer;
    assert.deepEqual([promptTokens, tokens, tokensPerSecond], [7, 3, 20]);
    assert.equal((await answered({ text: 'a' }, { text: 'b', end: 'complete' })).answer.tokens, 2);
  });
});
