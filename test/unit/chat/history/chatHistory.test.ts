import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFile, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChatHistory } from '../../../../src/chat/history/chatHistory.ts';
import { lineOf } from '../../../../src/chat/history/records.ts';
import { silentLogger } from '../../../../src/base/logger.ts';
import type { ConversationPage } from '../../../../src/protocol/chatMessages.ts';
import type { Problem } from '../../../../src/protocol/problems.ts';
import { answer, question } from '../conversation/turns.ts';

const workspace = 'file:///project';
const titles = ({ conversations }: ConversationPage) => conversations.map(({ title }) => title);

/** A conversation per title, each a second later than the one before. */
const fill = async (history: ChatHistory, ...all: readonly string[]) => {
  for (const [at, title] of all.entries()) {
    const { id } = await history.create(title, at * 1000);
    await history.addTurn(id, { ...question('q', null, `${title} asked`), atMs: at * 1000 + 500 });
  }
};

describe('ChatHistory', () => {
  let chats = '';
  let problems: Problem[] = [];
  beforeEach(async () => {
    chats = await mkdtemp(join(tmpdir(), 'hearth-chats-'));
    problems = [];
  });
  afterEach(() => rm(chats, { recursive: true, force: true, maxRetries: 5 }));

  const openHistory = (folder = workspace) =>
    new ChatHistory(chats, folder, { log: silentLogger, onProblem: (problem) => problems.push(problem) });
  const filesOf = async () =>
    (await readdir(chats, { recursive: true, withFileTypes: true })).filter((each) => each.isFile());
  const pathOf = async (id: string) => {
    const file = (await filesOf()).find(({ name }) => name === `${id}.jsonl`);
    assert.ok(file);
    return join(file.parentPath, file.name);
  };
  it('opens what was said, in another window too', async () => {
    const history = openHistory();
    const { id } = await history.create('  A\nquestion ', 1000);
    await history.addTurn(id, question('q1', null));
    await history.addTurn(id, answer('a1', 'q1', 'half'));
    await history.addTurn(id, answer('a1', 'q1', 'all'));
    await history.addTurn(id, question('q2', 'a1'));
    await history.setHead(id, 'a1');
    assert.deepEqual(await openHistory().open(id), {
      folder: workspace,
      id,
      title: 'A question',
      createdMs: 1000,
      changedMs: 3000,
      turns: [question('q1', null), answer('a1', 'q1', 'all'), question('q2', 'a1')],
      head: 'a1',
    });
  });

  it('is for the eyes of its user', async () => {
    if (process.platform === 'win32') return;
    const history = openHistory();
    await fill(history, ...Array.from({ length: 30 }, (_, at) => `chat ${at}`));
    await history.list({ limit: 1 });
    const files = await filesOf();
    assert.equal(files.length, 31);
    for (const { parentPath, name } of files) {
      assert.equal((await stat(join(parentPath, name))).mode & 0o777, 0o600, name);
      assert.equal((await stat(parentPath)).mode & 0o777, 0o700);
    }
  });

  it('lists the newest first, page by page, those of its folder only', async () => {
    await fill(openHistory('file:///other'), 'elsewhere');
    const history = openHistory();
    await fill(history, 'one', 'two', 'three', 'four', 'five');
    const first = await history.list({ limit: 2 });
    assert.deepEqual(titles(first), ['five', 'four']);
    assert.ok(first.next);
    const second = await history.list({ limit: 2, before: first.next });
    assert.deepEqual(titles(second), ['three', 'two']);
    assert.ok(second.next);
    const third = await history.list({ limit: 2, before: second.next });
    assert.deepEqual(titles(third), ['one']);
    assert.equal(third.next, undefined);
    assert.deepEqual(first.conversations[0], {
      ...first.conversations[0],
      folder: workspace,
      changedMs: 4500,
      turns: 1,
    });
  });

  it('finds what holds all words, in any case and composition', async () => {
    const history = openHistory();
    await fill(
      history,
      'Why does résumé parsing fail?',
      'Fix the PARSER',
      'RE\u0301SUME\u0301 again',
      '파서를 고쳐 줘',
    );
    const find = async (query: string) => titles(await history.list({ query, limit: 10 }));
    assert.deepEqual(await find('RÉSUMÉ'), ['RE\u0301SUME\u0301 again', 'Why does résumé parsing fail?']);
    assert.deepEqual(await find('pars asked'), ['Fix the PARSER', 'Why does résumé parsing fail?']);
    assert.deepEqual(await find(' fail  pars '), ['Why does résumé parsing fail?']);
    assert.deepEqual(await find('고쳐'), ['파서를 고쳐 줘']);
    assert.deepEqual(
      await find('x'),
      ['Fix the PARSER', 'RE\u0301SUME\u0301 again', 'Why does résumé parsing fail?'].filter((title) =>
        title.includes('x'),
      ),
    );
    assert.deepEqual(await find('nowhere'), []);
    assert.equal((await find('')).length, 4);
  });

  it('sees what another window did, and needs no cache', async () => {
    const [here, there] = [openHistory(), openHistory()];
    await fill(there, 'one', 'two');
    assert.deepEqual(titles(await here.list({ limit: 9 })), ['two', 'one']);
    const [two] = (await here.list({ limit: 1 })).conversations;
    assert.ok(two);
    await there.rename(two.id, 'zwei');
    await there.addTurn(two.id, answer('a', 'q', 'deux'));
    assert.deepEqual(titles(await here.list({ limit: 9, query: 'zwei DEUX' })), ['zwei']);
    for (const { parentPath, name } of await filesOf())
      if (name === 'index.json') await writeFile(join(parentPath, name), '{"version":1,"entries":{"x":3}');
    assert.deepEqual(titles(await openHistory().list({ limit: 9 })), ['zwei', 'one']);
  });

  it('takes what several windows say at once', async () => {
    const { id } = await openHistory().create('crowd', 1000);
    await Promise.all(
      Array.from({ length: 8 }, async (_, window) => {
        const history = openHistory();
        for (let at = 0; at < 25; at++)
          await history.addTurn(id, question(`${window}-${at}`, null, 'x'.repeat(at * 200)));
      }),
    );
    const { turns } = await openHistory().open(id);
    assert.equal(new Set(turns.map((turn) => turn.id)).size, 200);
    assert.deepEqual(problems, []);
  });

  it('goes on behind half a line', async () => {
    const history = openHistory();
    const { id } = await history.create('torn', 1000);
    await history.addTurn(id, question('q1', null));
    await appendFile(await pathOf(id), lineOf({ kind: 'turn', turn: answer('lost', 'q1') }).slice(0, 40));
    await history.addTurn(id, answer('a1', 'q1'));
    assert.deepEqual(
      (await history.open(id)).turns.map((turn) => turn.id),
      ['q1', 'a1'],
    );
    assert.deepEqual(problems, []);
  });

  it('sets a damaged file aside, says so once, and goes on with what could be read', async () => {
    const history = openHistory();
    const { id } = await history.create('damaged', 1000);
    await history.addTurn(id, question('q1', null));
    const path = await pathOf(id);
    const damaged = `${await readFile(path, 'utf8')}\0\0\0\n${lineOf({ kind: 'turn', turn: answer('a1', 'q1') })}`;
    await writeFile(path, damaged);
    assert.deepEqual(
      (await history.open(id)).turns.map((turn) => turn.id),
      ['q1', 'a1'],
    );
    await history.open(id);
    const [problem, ...others] = problems;
    assert.ok(problem?.code === 'chat.damaged' && others.length === 0);
    assert.equal(problem.reason, 'line 3 cannot be read');
    assert.equal(await readFile(problem.aside, 'utf8'), damaged);
    await history.addTurn(id, question('q2', 'a1'));
    assert.equal((await history.open(id)).turns.length, 3);
    assert.deepEqual(titles(await history.list({ limit: 9 })), ['damaged']);
  });

  it('deletes for good, also what was set aside, and nothing comes back', async () => {
    const history = openHistory();
    await fill(history, ...Array.from({ length: 30 }, (_, at) => `chat ${at} about secrets`));
    const { conversations } = await history.list({ limit: 30 });
    const [doomed] = conversations;
    assert.ok(doomed);
    await appendFile(await pathOf(doomed.id), '?\n{}\n');
    await history.open(doomed.id);
    assert.equal(problems.length, 1);
    await history.delete(doomed.id);
    await history.delete(doomed.id);
    for (const { parentPath, name } of await filesOf()) {
      assert.ok(!name.includes(doomed.id), name);
      assert.ok(!(await readFile(join(parentPath, name), 'utf8')).includes('chat 29'), name);
    }
    await assert.rejects(history.open(doomed.id), { problem: { code: 'chat.gone' } });
    await assert.rejects(openHistory().addTurn(doomed.id, answer('a', 'q')), { problem: { code: 'chat.gone' } });
    await assert.rejects(openHistory().rename(doomed.id, 'x'), { problem: { code: 'chat.gone' } });
    assert.equal((await openHistory().list({ limit: 99 })).conversations.length, 29);
    await history.deleteAll();
    assert.deepEqual(await filesOf(), []);
    assert.deepEqual(await history.list({ limit: 9 }), { conversations: [] });
    await fill(history, 'new');
    assert.deepEqual(titles(await history.list({ limit: 9 })), ['new']);
  });

  it('leaves nothing of what was deleted in a cache that another window wrote', async () => {
    const [here, there] = [openHistory(), openHistory()];
    await here.list({ limit: 1 });
    await fill(there, ...Array.from({ length: 30 }, (_, at) => `chat ${at}`));
    const [newest] = (await there.list({ limit: 1 })).conversations;
    assert.ok(newest);
    const cache = join((await pathOf(newest.id)).replace(/[^/\\]+$/, ''), 'index.json');
    assert.match(await readFile(cache, 'utf8'), /chat 29/);
    await here.delete(newest.id);
    assert.doesNotMatch(await readFile(cache, 'utf8'), /chat 29/);
    assert.equal((await there.list({ limit: 99 })).conversations.length, 29);
  });

  it('removes what a killed process had not finished', async () => {
    const history = openHistory();
    await fill(history, 'one');
    const [one] = (await history.list({ limit: 1 })).conversations;
    assert.ok(one);
    const gone = Number(execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }));
    const [old, fresh] = [gone, process.pid].map((pid) => `.${pid}-01234567.new`);
    const path = await pathOf(one.id);
    for (const suffix of [old, fresh]) {
      await writeFile(path + suffix, 'half');
      await utimes(path + suffix, 0, 0);
    }
    await history.list({ limit: 1 });
    assert.deepEqual(
      (await filesOf()).map(({ name }) => name).filter((name) => name.endsWith('.new')),
      [`${one.id}.jsonl${fresh}`],
    );
  });

  it('reads nothing outside its folder, whatever id it is asked for', async () => {
    await writeFile(join(chats, 'secret.jsonl'), lineOf({ kind: 'start', title: 'secret', createdMs: 1 }));
    const history = openHistory();
    await fill(history, 'one');
    for (const id of ['../secret', '../../etc/passwd', '', '.', 'index.json', '20260101-0123456789ab/../x'])
      await assert.rejects(history.open(id), { problem: { code: 'chat.gone' } });
    await history.delete('../secret');
    assert.ok(await stat(join(chats, 'secret.jsonl')));
  });
});
