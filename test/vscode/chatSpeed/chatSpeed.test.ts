// Not part of `npm test`: `npm run bench:chatView` runs it. See docs/benchmarks.md.
import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { parseLine } from '../../../src/chat/history/records.ts';
import type { ChatTurn } from '../../../src/protocol/chatMessages.ts';
import { ask, inChat, pressInChat, showChat } from '../chatView.ts';
import { hearth, note, until } from '../hearth.ts';

interface Order {
  readonly modelPath: string;
  readonly rounds: number;
  readonly question: string;
}

/** When what happened in the page, in ms of its clock. */
interface Watched {
  readonly sentMs: number;
  readonly firstMs: number;
  readonly lastMs: number;
}

const order: Order = JSON.parse(process.env['HEARTH_BENCH'] ?? '{}');

describe('the chat view', function () {
  this.timeout(1_200_000);
  before(async () => {
    const api = await hearth();
    await api.whenReady();
    await vscode.workspace
      .getConfiguration('hearth')
      .update('model', order.modelPath, vscode.ConfigurationTarget.Global);
    await until(
      'the model is loaded',
      () => api.status().state === 'ready' && api.status().model?.id === order.modelPath,
      60_000,
    );
    await until('the index is ready', () => api.indexStatus().state === 'ready', 60_000);
  });

  it('is timed against the model host behind it', async () => {
    for (let round = 0; round < order.rounds; round++) {
      await vscode.commands.executeCommand('hearth.chat.new');
      await showChat();
      // Another beginning each time, so that nothing of it is in the KV cache.
      note(JSON.stringify({ kind: 'cold', ...(await timed(() => ask(`(${round}) ${order.question}`))) }));
      note(JSON.stringify({ kind: 'warm', ...(await timed(() => pressInChat('Answer Again', '.turn.assistant'))) }));
    }
  });
});

/** What the page saw of an answer, and what the model host said of it. */
async function timed(send: () => Promise<void>) {
  await watch();
  const startMs = Date.now();
  await send();
  const { sentMs, firstMs, lastMs } = await watched();
  const turn = await until('it is kept', () => newestAnswer(startMs));
  assert.equal(turn.problem?.code, 'chat.full', 'it wrote until its context was full');
  const { promptTokens = 0, contextSize = 0, firstTokenMs = 0, tokensPerSecond = 0 } = turn.answeredBy ?? {};
  const tokens = contextSize - promptTokens;
  return {
    promptTokens,
    tokens,
    view: { firstMs: firstMs - sentMs, tokensPerSecond: ((tokens - 1) * 1000) / (lastMs - firstMs) },
    host: { firstMs: firstTokenMs, tokensPerSecond },
  };
}

/** From now on the page notes the key or click that sends a question, and the first and the last text of its answer. */
function watch(): Promise<unknown> {
  return inChat(
    async (frame) =>
      frame.evaluate(`(() => {
        const seen = { sentMs: 0, firstMs: 0, lastMs: 0 };
        const done = Promise.withResolvers();
        globalThis.watched = done.promise;
        const send = (event) => {
          if (event.type === 'click' || event.key === 'Enter') seen.sentMs ||= performance.now();
        };
        const look = new MutationObserver(() => {
          if (seen.sentMs === 0) return;
          const answer = document.querySelector('.turn.writing .answer');
          if (answer === null) return seen.firstMs > 0 && end();
          if (!answer.hasChildNodes()) return;
          seen.firstMs ||= performance.now();
          seen.lastMs = performance.now();
        });
        const end = () => {
          document.removeEventListener('keydown', send, true);
          document.removeEventListener('click', send, true);
          look.disconnect();
          done.resolve(seen);
        };
        document.addEventListener('keydown', send, true);
        document.addEventListener('click', send, true);
        look.observe(document.body, { subtree: true, childList: true, characterData: true });
      })()`),
    undefined,
  );
}

/** Waits in the page until the answer is complete: to ask again and again would cost the model its processor. */
function watched(): Promise<Watched> {
  return inChat(async (frame) => frame.evaluate<Watched>('globalThis.watched'), undefined);
}

/** The last answer of the conversation that was written to since then, as it is kept on disk. */
function newestAnswer(sinceMs: number): ChatTurn | undefined {
  const home = process.env['HEARTH_HOME'] ?? '';
  const files = readdirSync(home, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\bchats\b.*\.jsonl$/.test(path))
    .map((path) => join(home, path))
    .filter((path) => statSync(path).mtimeMs >= sinceMs);
  const turns = files
    .flatMap((path) => readFileSync(path, 'utf8').split('\n'))
    .map(parseLine)
    .flatMap((record) => (record?.kind === 'turn' ? record.turn : []));
  return turns.findLast(({ role, atMs }) => role === 'assistant' && atMs >= sinceMs);
}
