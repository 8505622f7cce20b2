import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger } from '../../../../src/base/logger.ts';
import { type Random, randomFrom } from '../../../../src/base/random.ts';
import { ChatHistory } from '../../../../src/chat/history/chatHistory.ts';
import { lineOf } from '../../../../src/chat/history/records.ts';
import type { ChatTurn } from '../../../../src/protocol/chatMessages.ts';
import { answer, question } from '../conversation/turns.ts';

/**
 * Sizes that nobody reaches soon, and what they may cost: processor time, and the best of a few, so that a busy machine does
 * not fail it.
 */
describe('a large history', function () {
  this.timeout(120_000);
  let chats = '';
  before(async () => {
    chats = await mkdtemp(join(tmpdir(), 'hearth-chats-'));
  });
  after(() => rm(chats, { recursive: true, force: true, maxRetries: 5 }));
  const openHistory = () => new ChatHistory(chats, '', { log: silentLogger, onProblem() {} });

  it('opens 10,000 turns in 150 ms and takes one more in 5', async () => {
    const history = openHistory();
    const random = randomFrom(1);
    const { id } = await history.create('long', 0);
    const [folder = ''] = await readdir(chats);
    await writeFile(join(chats, folder, `${id}.jsonl`), fileOf('long', conversation(10_000, random)));
    assert.ok((await fastestMs(5, () => history.open(id))) < 150);
    assert.equal((await history.open(id)).turns.length, 10_000);
    assert.ok((await fastestMs(5, (at) => history.addTurn(id, question(`new${at}`, null)))) < 5);
    await history.delete(id);
  });

  it('lists 2,000 conversations and searches them in 300 ms', async () => {
    const history = openHistory();
    const random = randomFrom(2);
    await history.create('first', 0);
    const [folder = ''] = await readdir(chats);
    for (let at = 0; at < 2000; at += 20)
      await Promise.all(
        Array.from({ length: 20 }, (_, index) => {
          const id = `20260101-${(at + index).toString(16).padStart(12, '0')}`;
          return writeFile(join(chats, folder, `${id}.jsonl`), fileOf(`chat ${at + index}`, conversation(10, random)));
        }),
      );
    await history.list({ limit: 50 });
    const [common = '', rare = '', rarest = ''] = [3, 700, 1900].map((rank) => vocabulary[rank]);
    assert.ok((await fastestMs(3, () => openHistory().list({ limit: 50 }))) < 300);
    for (const query of ['chat 1234', common, `${common} ${rare}`, `${rare} ${rarest}`, 'nowhere', 'a e'])
      assert.ok((await fastestMs(3, () => history.list({ query, limit: 50 }))) < 300, query);
    assert.equal((await history.list({ query: 'chat 1234', limit: 50 })).conversations.length, 1);
  });
});

const letters = 'etaoinsrhldcumfpgwybvk';
const vocabulary = wordsFrom(randomFrom(3));
const texts = textsFrom(randomFrom(4));

function wordsFrom(random: Random): readonly string[] {
  const letter = () => letters[Math.floor(random() ** 2 * letters.length)];
  return Array.from({ length: 2000 }, () => Array.from({ length: 3 + Math.floor(random() * 6) }, letter).join(''));
}

/** As in a language, the nth word is said once for n times the first. */
function textFrom(random: Random): string {
  return Array.from({ length: 120 }, () => vocabulary[Math.floor(2000 ** random())]).join(' ');
}

function textsFrom(random: Random): readonly string[] {
  return Array.from({ length: 2000 }, () => textFrom(random));
}

function conversation(turns: number, random: Random): readonly ChatTurn[] {
  return Array.from({ length: turns }, (_, at) => {
    const [id, said] = [`t${at}`, texts[Math.floor(random() * texts.length)] ?? ''];
    return at % 2 === 0 ? question(id, at === 0 ? null : `t${at - 1}`, said) : answer(id, `t${at - 1}`, said);
  });
}

function fileOf(title: string, turns: readonly ChatTurn[]): string {
  return [lineOf({ kind: 'start', title, createdMs: 0 }), ...turns.map((turn) => lineOf({ kind: 'turn', turn }))].join(
    '',
  );
}

async function fastestMs(times: number, work: (at: number) => Promise<unknown>): Promise<number> {
  let fastest = Number.POSITIVE_INFINITY;
  for (let at = 0; at < times; at++) {
    const before = process.cpuUsage();
    await work(at);
    const { user, system } = process.cpuUsage(before);
    fastest = Math.min(fastest, (user + system) / 1000);
  }
  return fastest;
}
