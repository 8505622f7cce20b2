import { strict as assert } from 'node:assert';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import * as vscode from 'vscode';
import { writeChatModel } from '../../chatModelFile.ts';
import { answerEvents, answerJson, type Script, ScriptedServer } from '../../unit/inference/server/scriptedServer.ts';
import { hearth, note, quietMs, until } from '../hearth.ts';
import { onScreen, press, screenshot, type } from '../screen.ts';

const section = () => vscode.workspace.getConfiguration('hearth');
const models = () => vscode.lm.selectChatModels({ vendor: 'hearth' });
const user = (text: string) => vscode.LanguageModelChatMessage.User(text);

async function useModel(path: string | undefined): Promise<void> {
  await section().update('model', path, vscode.ConfigurationTarget.Global);
  const api = await hearth();
  await until(
    'the model is loaded',
    () => api.status().state === 'ready' && api.status().model?.id === (path ?? 'starter'),
    60_000,
  );
}

const enter = (server: string | undefined) => section().update('server', server, vscode.ConfigurationTarget.Global);

/** Waits until the engine knows what a server has. */
const served = async ({ port }: ScriptedServer) => {
  const api = await hearth();
  const status = await until('the server is known', () => {
    const { server: known } = api.status();
    return known?.host === `127.0.0.1:${port}` && (known.model ?? known.problem) && known;
  });
  assert.equal(status.model, 'scripted');
};

/** How many elements of answers in the chat view would load something, or run it. */
const fromThere = (page: Page, { port }: { port: number }) =>
  page.locator(`.interactive-response :is([src*=":${port}/"], iframe, script, style)`).count();

const said = (content: string, finish: string | null = null) => ({
  choices: [{ delta: { content }, finish_reason: finish }],
});

/** A search for what the sample workspace has under another name. */
async function search(input: object): Promise<string> {
  const { content } = await vscode.lm.invokeTool('hearth_search', { input, toolInvocationToken: undefined });
  return content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : '')).join('');
}

describe("VS Code's own chat", function () {
  // Models are loaded, which takes its time on a busy machine.
  this.timeout(120_000);
  const extension = vscode.extensions.getExtension('hearth.hearth');
  const file = join(process.env['HEARTH_HOME'] ?? '', 'chat-model.gguf');
  before(async () => {
    await (await hearth()).whenReady();
    await until('the index is ready', async () => (await hearth()).indexStatus().state === 'ready', 40_000);
    await writeChatModel(join(extension?.extensionPath ?? '', 'models/starter.gguf'), file);
  });
  after(async () => {
    await useModel(undefined);
    rmSync(file);
  });

  it('has no model of ours while none can chat', async () => {
    assert.deepEqual(await models(), []);
  });

  it('has it as soon as one can, and hears the answer as it is written', async () => {
    await useModel(file);
    const [model] = await until('the model is offered', async () =>
      (await models()).length === 1 ? models() : undefined,
    );
    assert(model);
    assert.equal(model.id, 'local');
    assert(model.maxInputTokens > 1_000, String(model.maxInputTokens));
    const started = performance.now();
    let first = 0;
    const pieces: string[] = [];
    const response = await model.sendRequest([user('function add(a, b) {')], {
      modelOptions: { temperature: 0, max_tokens: 24 },
    });
    for await (const piece of response.text) {
      first ||= performance.now() - started;
      pieces.push(piece);
    }
    assert(pieces.length > 1, JSON.stringify(pieces));
    const again = await model.sendRequest([user('function add(a, b) {')], {
      modelOptions: { temperature: 0, max_tokens: 24 },
    });
    let text = '';
    for await (const piece of again.text) text += piece;
    assert.equal(text, pieces.join(''));
    note(`VS Code's language model API: first text after ${first.toFixed(0)} ms, ${pieces.length} pieces`);
  });

  it('stops it, and counts tokens', async () => {
    const [model] = await models();
    assert(model);
    const cancel = new vscode.CancellationTokenSource();
    const response = await model.sendRequest([user('x')], { modelOptions: { temperature: 0 } }, cancel.token);
    let pieces = 0;
    await assert.rejects(async () => {
      for await (const _ of response.text) {
        pieces++;
        cancel.cancel();
      }
    });
    assert(pieces < 50, String(pieces));
    const [short, long] = [await model.countTokens('let x'), await model.countTokens(user('let x = 1; '.repeat(100)))];
    assert(short > 0 && long > 100 && long < 1_200, `${short}, ${long}`);
  });

  it('says in words why a question cannot be answered', async () => {
    const [model] = await models();
    assert(model);
    const response = await model.sendRequest([user('word '.repeat(60_000))]);
    await assert.rejects(async () => {
      for await (const _ of response.text);
    }, /has \d+ tokens, and the model takes \d+/);
  });

  it('searches the workspace by our tool', async () => {
    const tool = vscode.lm.tools.find(({ name }) => name === 'hearth_search');
    assert(tool?.inputSchema && tool.description.length > 100);
    assert.match(
      await search({ query: 'how many words are in a text' }),
      /src\/text\.ts:\d+-\d+[^\n]*\n```typescript\n[^`]*function countWords/,
    );
    const few = await search({ query: 'text', limit: 1 });
    assert.equal(few.match(/^[^\n]+:\d+-\d+/gm)?.length, 1);
    assert.match(await search({ query: 'no such thing zzz qqq', limit: 1 }), /\S/);
  });

  it('keeps a key for the server that is entered, in no setting, and for no other', async () => {
    const keys: (string | undefined)[] = [];
    const script: Script = ({ headers }, response) => {
      keys.push(headers.authorization);
      answerJson(response, { data: [{ id: 'scripted' }] });
    };
    await using server = await ScriptedServer.start(script);
    await using other = await ScriptedServer.start(script);
    try {
      await enter(server.url);
      await served(server);
      const done = vscode.commands.executeCommand('hearth.setServerKey');
      await onScreen((page) => page.locator('.quick-input-widget input:focus').first().waitFor(), undefined);
      await type('sk-only-for-this-one');
      await screenshot('server-key');
      await press('Enter');
      await done;
      await enter(undefined);
      await enter(server.url);
      await until('the key is sent', () => keys.includes('Bearer sk-only-for-this-one'));
      keys.length = 0;
      await enter(other.url);
      await served(other);
      assert.deepEqual([...new Set(keys)], [undefined]);
      assert(!JSON.stringify(section()).includes('sk-only'));
    } finally {
      await enter(undefined);
    }
  });

  // A double of a server: what it answers is hostile, which no real model is on demand.
  it('answers @hearth in the chat view, with what that rests on; nothing in the answer loads or runs', async () => {
    let poison = '';
    await using server = await ScriptedServer.start(({ url }, response) => {
      if (url === '/v1/models')
        answerJson(response, { data: [{ id: 'scripted', max_model_len: 8192, owned_by: 'vllm' }] });
      else if (url === '/v1/chat/completions')
        answerEvents(response, said('Words are counted in src/text.ts:8.\n\n'), said(poison, 'stop'), '[DONE]');
      else answerJson(response, {}, 404);
    });
    poison = [
      `![a](${server.url}/image.png) ![b][c] <img src="${server.url}/html.png">`,
      `<script src="${server.url}/script.js"></script><style>@import url(${server.url}/style.css);</style>`,
      `[run](command:workbench.action.closeAuxiliaryBar) <iframe src="${server.url}/frame"></iframe>`,
      `\n[c]: ${server.url}/reference.png`,
    ].join('\n');
    const chat = vscode.workspace.getConfiguration('chat');
    await enter(server.url);
    await chat.update('disableAIFeatures', false, vscode.ConfigurationTarget.Global);
    try {
      const model = await until('the server is offered', async () =>
        (await models()).find(({ name }) => name === 'scripted'),
      );
      assert.equal(model.id, 'server');
      await vscode.commands.executeCommand('workbench.action.chat.open', { mode: 'ask' });
      const { vendor, id, family } = model;
      await vscode.commands.executeCommand('workbench.action.chat.changeModel', { vendor, id, family });
      // It ends when the answer does.
      void vscode.commands.executeCommand('workbench.action.chat.open', {
        mode: 'ask',
        query: '@hearth how many words are in a text?',
      });
      const answer = await until('the answer is there', async () => {
        const texts = await onScreen((page) => page.locator('.interactive-response').allTextContents(), undefined);
        const last = texts.at(-1) ?? '';
        return last.includes('Words are counted in') && last.includes('references') && last;
      });
      await screenshot('chat-participant');
      assert.doesNotMatch(answer, /Language model unavailable/);
      const asked = server.asked.find(({ url }) => url === '/v1/chat/completions');
      assert.match(asked?.body ?? '', /function countWords.*how many words are in a text\?/);
      await new Promise((resolve) => setTimeout(resolve, quietMs));
      const paths = new Set(server.asked.map(({ url }) => url));
      assert.deepEqual([...paths].toSorted(), ['/tokenize', '/v1/chat/completions', '/v1/models']);
      assert.equal(await onScreen(fromThere, { port: server.port }), 0);
    } finally {
      await enter(undefined);
      await chat.update('disableAIFeatures', undefined, vscode.ConfigurationTarget.Global);
      await vscode.commands.executeCommand('workbench.action.closeAuxiliaryBar');
    }
  });
});
