import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type GenerateRequest, PromptTooLong } from '../../../../src/inference/generate.ts';
import type { ModelRunner } from '../../../../src/inference/host/modelRunner.ts';
import { answer, Hosts, request, starter, until } from './hosts.ts';

const never = new AbortController().signal;

function chatting(parts: Partial<GenerateRequest> & { prefix?: string } = {}): GenerateRequest {
  return request({
    prefix: 'numbers = [1, 2, 3,',
    suffix: '',
    maxTokens: 200,
    priority: 'chat',
    room: 'long',
    ...parts,
  });
}

async function completionMs(runner: ModelRunner): Promise<number> {
  const startMs = performance.now();
  await answer(runner, request({ typed: '    value = ', maxTokens: 40 }));
  return performance.now() - startMs;
}

describe('chat in the model host', () => {
  const hosts = new Hosts();
  let runner: ModelRunner;

  before(async () => {
    runner = hosts.runner(await hosts.folder());
    await runner.use(starter);
  });
  after(() => hosts.clean());

  /** An answer under way. */
  function begin(asked: GenerateRequest, signal: AbortSignal = never) {
    const progress = { text: '', chunks: 0, isOver: false };
    const done = (async () => {
      for await (const chunk of runner.generate(asked, signal)) {
        progress.text += chunk.text;
        progress.chunks++;
      }
      progress.isOver = true;
    })();
    return { progress, done };
  }

  /**
   * How many chunks of the work under way come between the first and the last of a request. They come in the order in
   * which they were written; one may have been on its way.
   */
  async function chunksDuring(progress: { readonly chunks: number }, asked: GenerateRequest): Promise<number> {
    let before: number | undefined;
    for await (const chunk of runner.generate(asked, never)) if (chunk) before ??= progress.chunks;
    return progress.chunks - (before ?? 0);
  }

  const unread = async (asked: GenerateRequest) => {
    const { promptTokens, reusedTokens } = (await answer(runner, asked)).stats;
    return promptTokens - reusedTokens;
  };

  it('says how a model chats, where it does', async () => {
    const folder = await hosts.folder();
    const chatOf = async (name: string, bytes: Buffer) => {
      const path = join(folder, name);
      await writeFile(path, bytes);
      return (await hosts.runner(folder).use({ id: name, name, path })).chat;
    };
    const bytes = await readFile(starter.path);
    const without = (key: string) => {
      const changed = Buffer.from(bytes);
      changed.write('x', changed.indexOf(key));
      return changed;
    };
    const { template, ...chat } = (await chatOf('noBos.gguf', without('tokenizer.ggml.bos_token_id'))) ?? {};
    assert.match(template ?? '', /^\{% for message in messages %\}.*<\|im_start\|>assistant\\n' \}\}\{% endif %\}$/s);
    assert.deepEqual(chat, { bos: '', eos: '<|endoftext|>', contextSize: 2048 });
    assert.equal(await chatOf('noTemplate.gguf', without('tokenizer.chat_template')), undefined);
  });

  it('gives way to typing at once, and goes on with the very text, in either room', async () => {
    const { room, ...short } = chatting();
    assert.equal(room, 'long');
    for (const chatIn of [chatting(), short]) {
      const alone = await answer(runner, chatIn);
      const { progress, done } = begin(chatIn);
      for (let keys = 0; keys < 3; keys++) {
        const before = progress.chunks;
        await until(() => progress.chunks > before, 'the chat went on');
        assert.ok((await chunksDuring(progress, request({ typed: '    return', maxTokens: 60 }))) <= 1);
      }
      await done;
      assert.equal(progress.text, alone.text);
    }
  });

  it('goes before background work, which goes on with the very text, too', async () => {
    const background = request({ prefix: 'letters = ["a", "b",', suffix: '', maxTokens: 300 });
    const alone = await answer(runner, background);
    const { progress, done } = begin({ ...background, priority: 'background' });
    await until(() => progress.chunks > 0, 'the background work began');
    assert.ok((await chunksDuring(progress, chatting({ maxTokens: 100 }))) <= 1);
    await done;
    assert.equal(progress.text, alone.text);
  });

  it('lets several chats share: each goes on while the others do', async () => {
    const prompts = ['numbers = [1, 2, 3,', 'letters = ["a", "b",'].map((prefix) => chatting({ prefix }));
    const alone = [];
    for (const asked of prompts) alone.push((await answer(runner, asked)).text);
    const chats = prompts.map((asked) => begin(asked));
    await until(() => chats.every(({ progress }) => progress.chunks > 2), 'both are under way');
    const before = chats.map(({ progress }) => progress.chunks);
    await until(() => chats.every(({ progress }, at) => progress.chunks > (before[at] ?? 0) + 2), 'both go on');
    await answer(runner, request({ maxTokens: 20 }));
    await Promise.all(chats.map(({ done }) => done));
    assert.deepEqual(
      chats.map(({ progress }) => progress.text),
      alone,
    );
  });

  it('serves more chats than it has sequences for, one after the other', async () => {
    const prompts = [1, 2, 3, 4, 5].map((number) => chatting({ prefix: `x${number} = [${number},`, maxTokens: 30 }));
    const alone = [];
    for (const asked of prompts) alone.push((await answer(runner, asked)).text);
    const together = await Promise.all(prompts.map((asked) => answer(runner, asked)));
    assert.deepEqual(
      together.map(({ text }) => text),
      alone,
    );
  });

  it('keeps what it has read, however much is typed; and typing what it has', async () => {
    const conversation = chatting({ prefix: 'const said = "in a conversation";\n'.repeat(20), maxTokens: 4 });
    const typing = request({ prefix: 'const typed = "in an editor";\n'.repeat(20), maxTokens: 4 });
    await answer(runner, conversation);
    await answer(runner, typing);
    for (let file = 0; file < 6; file++) {
      await answer(runner, request({ prefix: `const file${file} = "another";\n`.repeat(20), maxTokens: 2 }));
    }
    assert.equal(await unread(conversation), 1);
    await answer(runner, typing);
    for (let other = 0; other < 4; other++)
      await answer(runner, chatting({ prefix: `const chat${other} = "another";\n`.repeat(20), maxTokens: 2 }));
    assert.equal(await unread(typing), 1);
  });

  it('keeps its place while typing goes on, though another chat waits for one', async () => {
    const prompts = [1, 2, 3].map((number) => chatting({ prefix: `x${number} = [${number},`, maxTokens: 200 }));
    const alone = [];
    for (const asked of prompts) alone.push((await answer(runner, asked)).text);
    const chats = prompts.map((asked) => begin(asked));
    await until(() => chats.filter(({ progress }) => progress.chunks > 1).length === 2, 'two are under way');
    const waiting = chats.find(({ progress }) => progress.chunks === 0);
    for (let keys = 0; keys < 3; keys++) await answer(runner, request({ typed: '    return', maxTokens: 30 }));
    await until(() => waiting?.progress.chunks !== 0, 'the third began');
    assert.ok(
      chats.some(({ progress }) => progress.isOver),
      'it waited for one of the two to end',
    );
    await Promise.all(chats.map(({ done }) => done));
    assert.deepEqual(
      chats.map(({ progress }) => progress.text),
      alone,
    );
  });

  it('costs those who type hardly any time', async () => {
    await completionMs(runner);
    const ratios: number[] = [];
    for (let pair = 0; pair < 15; pair++) {
      const aloneMs = await completionMs(runner);
      const abort = new AbortController();
      const { progress, done } = begin(chatting({ maxTokens: 1900 }), abort.signal);
      await until(() => progress.chunks > 0, 'the chat began');
      ratios.push((await completionMs(runner)) / aloneMs);
      abort.abort();
      await assert.rejects(done, { name: 'AbortError' });
    }
    const [median = 0] = ratios.toSorted((a, b) => a - b).slice(7);
    // A pass of the chat that is under way; computing side by side would cost twice the time.
    assert.ok(median < 1.5, `${median} times as long beside a chat`);
  });

  it('counts tokens as they are read, of any length', async () => {
    const prompts = [
      request().prompt,
      [{ text: '<|endoftext|>' }],
      [{ control: '<|endoftext|>' }, { text: 'x = 1\n'.repeat(2000) }],
      [],
    ];
    const [first, second, third, empty] = await runner.countTokens(prompts, never);
    assert.equal(first, (await answer(runner, request({ maxTokens: 0 }))).stats.promptTokens);
    assert.equal(
      second,
      (await answer(runner, request({ prompt: prompts[1] ?? [], maxTokens: 0 }))).stats.promptTokens,
    );
    assert.ok(third !== undefined && third > 4000);
    assert.equal(empty, 0);
    await assert.rejects(runner.countTokens(prompts, AbortSignal.abort()), { name: 'AbortError' });
  });

  it('says by how much a prompt is too long', async () => {
    const prefix = 'x = 1\n'.repeat(2000);
    for (const asked of [chatting({ prefix }), request({ prefix })]) {
      const [promptTokens] = await runner.countTokens([asked.prompt], never);
      await assert.rejects(answer(runner, asked), (cause) => {
        assert.ok(cause instanceof PromptTooLong);
        assert.deepEqual([cause.promptTokens, cause.contextSize], [promptTokens, 2048]);
        return true;
      });
    }
  });
});
