import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type ChatBegan,
  type ChatDelta,
  ChatMessage,
  type ChatTurn,
  type CommandList,
  type Conversation,
  type ConversationPage,
  type ExportedChat,
  type Mention,
  type PromptContents,
  type SendChat,
} from '../../src/protocol/chatMessages.ts';
import { writeChatModel } from '../chatModelFile.ts';
import { BareClient } from './bareClient.ts';

const cart = `import { taxOn } from './tax.js';

/** Adds up what everything in the cart costs. */
export function sumOfCart(items) {
  return items.reduce((sum, item) => sum + item.price * item.count, 0);
}
`;
const tax = `const rates = { kr: 0.1, de: 0.19 };

/** The tax that has to be paid on an amount in a country. */
export function taxOn(amount, country) {
  return amount * rates[country];
}
`;
/** Made up, and put together here so that no scanner takes this file for a leak. */
const awsKey = ['AKIA', 'Z3MHPQX7', 'TLW5RKVN'].join('');

/** A client that chats. */
class Chatter implements AsyncDisposable {
  readonly client: BareClient;
  readonly began: ChatBegan[] = [];
  readonly deltas: ChatDelta[] = [];
  /** Called with each delta. */
  onDelta: (delta: ChatDelta) => void = () => {};

  constructor(client: BareClient) {
    this.client = client;
    client.connection.onNotification(ChatMessage.began, (began: ChatBegan) => void this.began.push(began));
    client.connection.onNotification(ChatMessage.delta, (delta: ChatDelta) => {
      this.deltas.push(delta);
      this.onDelta(delta);
    });
  }

  get folder(): string {
    return pathToFileURL(this.client.folder).href;
  }

  params(text: string, more: Partial<SendChat> & { parent?: string; attachments?: readonly Mention[] } = {}): SendChat {
    const { parent = null, attachments = [], ...rest } = more;
    return {
      folder: this.folder,
      conversation: null,
      ask: { kind: 'question', text, parent, attachments },
      editor: {},
      ...rest,
    };
  }

  ask(...args: Parameters<Chatter['params']>): Promise<ChatTurn> {
    return this.request(ChatMessage.send, this.params(...args));
  }

  /** Stops the answer as soon as it begins. */
  async askAndStop(...args: Parameters<Chatter['params']>): Promise<ChatTurn> {
    const stopped = new Promise<void>((settle) => {
      this.onDelta = ({ conversation }) => {
        this.onDelta = () => {};
        void this.request<void>(ChatMessage.stop, { folder: this.folder, id: conversation }).then(settle);
      };
    });
    const answer = await this.ask(...args);
    await stopped;
    return answer;
  }

  preview(...args: Parameters<Chatter['params']>): Promise<PromptContents> {
    return this.request(ChatMessage.preview, this.params(...args));
  }

  request<R>(message: string, params: object): Promise<R> {
    return this.client.connection.sendRequest(message, params);
  }

  open(id: string): Promise<Conversation> {
    return this.request(ChatMessage.open, { folder: this.folder, id });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.client[Symbol.asyncDispose]();
  }
}

describe('chat over the language server protocol', function () {
  this.timeout(120_000);
  let scratch = '';
  let modelPath = '';
  before(async () => {
    scratch = mkdtempSync(join(tmpdir(), 'hearth-chat-'));
    modelPath = join(scratch, 'chatty.gguf');
    await writeChatModel(resolve('models/starter.gguf'), modelPath);
  });
  after(() => rmSync(scratch, { recursive: true, force: true }));

  async function start(files: Readonly<Record<string, string>>, settings: Readonly<Record<string, unknown>> = {}) {
    const folder = mkdtempSync(join(scratch, 'workspace-'));
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    const chatter = new Chatter(await BareClient.start({ folder, settings }));
    await chatter.client.ready();
    return chatter;
  }

  describe('with a model that chats', () => {
    let chatter: Chatter;
    before(async () => {
      const files = {
        'src/cart.js': cart,
        'src/tax.js': tax,
        'src/key.js': `const key = '${awsKey}';\n`,
        '.env': 'PASSWORD=hunter2\n',
        'blob.bin': 'a\0b',
        '.hearth/prompts/changelog.md': '---\ncontext: [file:src/tax.js]\n---\nWrite an entry.',
        '.hearth/prompts/broken.md': '---\nname: [\n---\n',
      };
      chatter = await start(files, { model: modelPath });
      symlinkSync('/etc/hostname', join(chatter.client.folder, 'outside.txt'));
    });
    after(() => chatter[Symbol.asyncDispose]());

    it('streams an answer that is kept, and continues the conversation', async () => {
      const answer = await chatter.ask('How is the tax computed?', {
        attachments: [{ kind: 'file', path: 'src/tax.js' }],
      });
      assert(['chat.full', 'chat.repeating', undefined].includes(answer.problem?.code), answer.problem?.code);
      assert.equal(answer.role, 'assistant');
      assert.equal(answer.answeredBy?.kind, 'local');
      const [began] = chatter.began;
      assert(began);
      assert.equal(began.answer, answer.id);
      assert.deepEqual(
        began.question.context?.map(({ path, startLine, endLine }) => [path, startLine, endLine]),
        [['src/tax.js', 1, 6]],
      );
      const streamed = chatter.deltas.filter(({ turn }) => turn === answer.id).map(({ text }) => text);
      assert.equal(streamed.join(''), answer.text);
      assert.ok(answer.text.length > 0);
      assert.ok((answer.answeredBy?.promptTokens ?? 0) > 20);

      const { id } = began.conversation;
      const next = await chatter.ask('And in Korea?', { conversation: id, parent: answer.id });
      const { turns, head, title } = await chatter.open(id);
      assert.equal(title, 'How is the tax computed?');
      assert.deepEqual(
        turns.map(({ role }) => role),
        ['user', 'assistant', 'user', 'assistant'],
      );
      assert.equal(head, next.id);

      const again = await chatter.request<ChatTurn>(ChatMessage.send, {
        ...chatter.params(''),
        conversation: id,
        ask: { kind: 'again', question: turns[0]?.id ?? '' },
      });
      assert.equal(again.parent, turns[0]?.id);
      const chosen = await chatter.request<Conversation>(ChatMessage.choose, {
        folder: chatter.folder,
        id,
        turn: answer.id,
      });
      assert.equal(chosen.head, next.id);
      const { markdown } = await chatter.request<ExportedChat>(ChatMessage.export, { folder: chatter.folder, id });
      assert.match(markdown, /^# How is the tax computed\?/);
      const page = await chatter.request<ConversationPage>(ChatMessage.list, {
        folder: chatter.folder,
        query: 'KOREA tax',
        limit: 10,
      });
      assert.deepEqual(
        page.conversations.map((each) => each.id),
        [id],
      );
    });

    it('stops within a moment and keeps what is there', async () => {
      const answer = await chatter.askAndStop('Write a very long story about code.');
      assert.equal(answer.stopped, true);
      const { turns } = await chatter.open(chatter.began.at(-1)?.conversation.id ?? '');
      assert.deepEqual(turns.at(-1), answer);
    });

    it('the newest question of a conversation ends the answer before it', async () => {
      const first = chatter.ask('Tell me everything.');
      const began = await new Promise<ChatDelta>((settle) => {
        chatter.onDelta = settle;
      });
      chatter.onDelta = () => {};
      const second = await chatter.ask('Now something else.', { conversation: began.conversation });
      assert.equal((await first).stopped, true);
      assert.notEqual(second.id, (await first).id);
    });

    it('survives the death of the model while it answers', async () => {
      const killed = new Promise<void>((settle) => {
        chatter.onDelta = () => {
          chatter.onDelta = () => {};
          for (const pid of modelHostsOf(chatter.client)) process.kill(pid, 'SIGKILL');
          settle();
        };
      });
      const answer = await chatter.ask('What is a cart?');
      await killed;
      assert.equal(answer.stopped, undefined);
      assert.notEqual(answer.problem?.code, 'chat.modelGone');
      const texts = chatter.deltas.filter(({ turn }) => turn === answer.id).map(({ text }) => text);
      assert.equal(texts.join(''), answer.text);
    });

    it('shows a model nothing from outside, nothing excluded, and no secret', async () => {
      const attachments = ['../../etc/passwd', '/etc/hostname', 'outside.txt', '.env', 'blob.bin', 'missing.js'].map(
        (path): Mention => ({ kind: 'file', path }),
      );
      const { items, problems } = await chatter.preview('What?', {
        attachments: [...attachments, { kind: 'file', path: 'src/key.js' }],
      });
      assert.deepEqual(
        problems.map((problem) => problem.code === 'context.notFound' && problem.what),
        attachments.map((each) => 'path' in each && each.path),
      );
      assert.deepEqual(
        items.map(({ text }) => text),
        ["const key = '[secret]';\n"],
      );
    });

    it('asks git only where it is trusted, and shows nothing excluded', async () => {
      const { folder } = chatter.client;
      const git = (...args: string[]) =>
        execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], { cwd: folder });
      git('init', '-q');
      // What a hostile repository would run.
      const trap = join(folder, 'trap.sh');
      writeFileSync(trap, `#!/bin/sh\ntouch ${join(folder, 'trapped')}\ncat\n`, { mode: 0o755 });
      for (const key of ['core.fsmonitor', 'diff.external', 'core.pager']) git('config', key, trap);
      git('-c', 'core.fsmonitor=false', 'add', '-f', '.env', 'src/tax.js');
      git('-c', 'core.fsmonitor=false', 'commit', '-qm', 'Tax');
      writeFileSync(join(folder, '.env'), 'PASSWORD=hunter3\n');
      writeFileSync(join(folder, 'src/tax.js'), tax.replace('0.19', '0.07'));
      rmSync(join(folder, 'trapped'), { force: true });
      const asked = { attachments: [{ kind: 'git', what: 'diff' } as const] };
      const untrusted = await chatter.preview('Why?', asked);
      assert.deepEqual(
        untrusted.problems.map(({ code }) => code),
        ['context.untrusted'],
      );
      const { items, problems } = await chatter.preview('Why?', { ...asked, editor: { isTrusted: true } });
      assert.deepEqual(problems, []);
      assert.match(items[0]?.text ?? '', /\+const rates = \{ kr: 0.1, de: 0.07 \};/);
      assert.doesNotMatch(items[0]?.text ?? '', /hunter/);
      assert.equal(existsSync(join(folder, 'trapped')), false);
    });

    it('knows the commands of the workspace, and says which cannot be used', async () => {
      const { commands, problems } = await chatter.request<CommandList>(ChatMessage.commands, {
        folder: chatter.folder,
      });
      assert.ok(commands.some(({ name, source }) => name === 'changelog' && source === 'workspace'));
      assert.deepEqual(
        problems.map((problem) => problem.code === 'prompt.invalid' && problem.path),
        ['.hearth/prompts/broken.md'],
      );
      const { items } = await chatter.preview('/changelog for the tax');
      assert.deepEqual(
        items.map(({ path }) => path),
        ['src/tax.js'],
      );
    });

    it('leaves out what does not fit, and says what', async () => {
      writeFileSync(join(chatter.client.folder, 'long.txt'), 'a line of text that is long enough\n'.repeat(20_000));
      const { items, promptTokens, budgetTokens } = await chatter.preview('What is in it?', {
        attachments: [
          { kind: 'file', path: 'long.txt' },
          { kind: 'file', path: 'src/tax.js' },
        ],
      });
      assert.equal(items[0]?.cut, true);
      assert.ok(promptTokens <= budgetTokens, `${promptTokens} of ${budgetTokens}`);
      assert.ok(promptTokens > budgetTokens * 0.6, `${promptTokens} of ${budgetTokens}`);
    });

    it('deletes for good', async () => {
      const said = 'a word that nobody else says: xylophonist';
      await chatter.askAndStop(said);
      const { id } = chatter.began.at(-1)?.conversation ?? { id: '' };
      assert.ok(holds(join(chatter.client.home, 'chats'), 'xylophonist'));
      await chatter.request(ChatMessage.delete, { folder: chatter.folder, id });
      assert.ok(!holds(chatter.client.home, 'xylophonist'));
      await assert.rejects(chatter.open(id), /deleted/);
    });
  });

  it('searches where no model chats, and says so', async () => {
    await using chatter = await start({ 'src/cart.js': cart, 'src/tax.js': tax });
    await chatter.client.indexed();
    const answer = await chatter.ask('Where is the tax on an amount computed?');
    assert.equal(answer.answeredBy?.kind, 'search', JSON.stringify(answer));
    assert.match(answer.text, /^No model that can chat is loaded/);
    const [first] = answer.citations ?? [];
    assert.ok(first?.uri.endsWith('/src/tax.js'), JSON.stringify(answer));
    const { answeredBy, whyNoModel } = await chatter.preview('tax?');
    assert.equal(answeredBy?.kind, 'search');
    assert.equal(whyNoModel?.code, 'model.noChat');
  });
});

/** Whether any file below a folder holds these bytes. */
function holds(folder: string, text: string): boolean {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).some(
    (entry) => entry.isFile() && readFileSync(join(entry.parentPath, entry.name)).includes(text),
  );
}

/** The model hosts that write into a client's home. */
function modelHostsOf({ home }: BareClient): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && openIn(name).some((path) => path.startsWith(home)))
    .filter((pid) => read(`/proc/${pid}/comm`).startsWith('hearth-model'))
    .map(Number);
}

function openIn(pid: string): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).map((name) => readlinkSync(`/proc/${pid}/fd/${name}`));
  } catch {
    return [];
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
