import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { GenerateRequest } from '../../../../src/inference/generate.ts';
import { findPlace, Lookup } from '../../../../src/inference/host/lookup.ts';
import type { ModelRunner } from '../../../../src/inference/host/modelRunner.ts';
import { answer, Hosts, request, starter, until } from './hosts.ts';

/** Writes a text by a lookup's guesses; answers how many passes over the weights it took. */
function passesFor(text: readonly number[], wanted: readonly number[]): number {
  const lookup = new Lookup(text);
  const written: number[] = [];
  let passes = 0;
  while (written.length < wanted.length) {
    const tried = lookup.next(written, wanted.length - written.length - 1);
    let taken = 0;
    while (taken < tried.length && tried[taken] === wanted[written.length + taken]) taken++;
    written.push(...wanted.slice(written.length, written.length + taken + 1));
    if (tried.length > 0) lookup.checked(tried.length, taken);
    passes++;
  }
  return passes;
}

const numbers = (count: number, from = 0) => Array.from({ length: count }, (_, at) => from + at);

describe('a lookup', () => {
  it('finds the place that agrees longest, and of equals the one expected', () => {
    const text = [0, 1, 2, 3, 4, 9, 7, 1, 2, 3, 4, 8, 0, 1, 2, 3, 4, 6];
    assert.deepEqual(findPlace(text, [0, 1, 2, 3, 4], 4), { at: 5, matched: 5 });
    assert.deepEqual(findPlace(text, [0, 1, 2, 3, 4], 15), { at: 17, matched: 5 });
    assert.deepEqual(findPlace(text, [7, 1, 2, 3, 4], 0), { at: 11, matched: 5 });
    assert.deepEqual(findPlace(text, [5, 1, 2, 3, 4], 10), { at: 11, matched: 4 });
    assert.equal(findPlace(text, [5, 2, 3, 4], 0), undefined, 'three tokens are no agreement');
    assert.equal(findPlace(text, [2, 3, 4, 6], 0), undefined, 'nothing follows');
    assert.equal(findPlace([], [1, 2, 3, 4], 0), undefined);
  });

  it('tries no more than it may, and nothing where nothing is repeated', () => {
    const lookup = new Lookup(numbers(100));
    assert.deepEqual(lookup.next(numbers(8, 3), 2), [11, 12]);
    assert.deepEqual(lookup.next(numbers(8, 3), 0), []);
    assert.deepEqual(lookup.next(numbers(8, 3), -1), []);
    assert.deepEqual(lookup.next(numbers(8, 300), 10), []);
    assert.deepEqual(
      lookup.next([...numbers(8, 300), ...numbers(8, 3)], 10),
      numbers(6, 11),
      'the longer it agreed, the more',
    );
    assert.equal(lookup.next(numbers(60, 3), 100).length, 31);
  });

  it('copies in a fraction of the passes, also around changes, and counts what it tried', () => {
    const text = numbers(2000);
    assert.ok(passesFor(text, text) < 2000 / 15);
    const changed = text.flatMap((token) =>
      token % 100 === 50 ? [5000 + token, token] : token % 100 === 70 ? [] : [token],
    );
    assert.ok(passesFor(text, changed) < changed.length / 5, String(passesFor(text, changed)));
    const lookup = new Lookup(text);
    lookup.checked(4, 3);
    lookup.checked(4, 4);
    assert.deepEqual(lookup.counts, { tried: 8, taken: 7 });
  });

  it('never takes more passes than tokens, whatever is written', () => {
    const tokens = fc.array(fc.nat({ max: 4 }), { maxLength: 60 });
    fc.assert(fc.property(tokens, tokens, (text, wanted) => assert.ok(passesFor(text, wanted) <= wanted.length)));
  });
});

describe('generation with a lookup', () => {
  const hosts = new Hosts();
  let runner: ModelRunner;

  before(async () => {
    runner = hosts.runner(await hosts.folder());
    await runner.use(starter);
  });
  after(() => hosts.clean());

  /** Repetitive code, which the starter goes on with: its own output is then what a lookup can guess. */
  const prefix = 'const table = [\n  [0, 1, 2, 3],\n  [4, 5, 6, 7],\n';
  const asked = (parts: Partial<GenerateRequest> = {}) => request({ prefix, suffix: '', maxTokens: 120, ...parts });

  it('writes the same, whatever the lookup says, and quicker where it says what is written', async () => {
    const plain = await answer(runner, asked());
    assert.equal(plain.stats.lookup, undefined);
    for (const [what, lookup] of Object.entries({
      same: plain.text,
      changed: plain.text.replaceAll(/\d/g, (digit, at: number) => (at % 5 === 0 ? '9' : digit)),
      prompt: prefix,
      other: 'export function add(a: number, b: number): number {\n  return a + b;\n}\n'.repeat(5),
      markers: '<|endoftext|><|fim_middle|>',
      nothing: '',
    })) {
      const { text, stats, chunks } = await answer(runner, asked({ lookup }));
      assert.equal(text, plain.text, what);
      assert.equal(stats.generatedTokens, plain.stats.generatedTokens, what);
      assert.equal(stats.end, plain.stats.end);
      assert.equal(
        chunks.reduce((sum, { tokens }) => sum + tokens, 0),
        stats.generatedTokens,
      );
      const { tried = -1, taken = -1 } = stats.lookup ?? {};
      assert.ok(taken <= tried && tried >= 0, JSON.stringify(stats));
      if (what === 'same') assert.ok(taken > stats.generatedTokens / 2, JSON.stringify(stats));
    }
  });

  it('writes the same with every temperature and seed', async () => {
    for (const seed of [1, 2, 3]) {
      const warm = asked({ temperature: 0.8, seed, maxTokens: 60 });
      const plain = await answer(runner, warm);
      for (const lookup of [plain.text, prefix])
        assert.equal((await answer(runner, { ...warm, lookup })).text, plain.text);
    }
  });

  it('heals what the cursor cut, ends before stop strings and at the limit as ever', async () => {
    const { text } = await answer(runner, asked());
    for (const parts of [
      { typed: '  [8, 9' },
      { typed: '  [8, 9, 1' },
      ...[10, 31, 50].map((at) => ({ stop: [text.slice(at, at + 4)] })),
      ...[1, 2, 3, 17, 64].map((maxTokens) => ({ maxTokens })),
    ]) {
      const plain = await answer(runner, asked(parts));
      const quick = await answer(runner, asked({ ...parts, lookup: text }));
      assert.equal(quick.text, plain.text, JSON.stringify(parts));
      assert.equal(quick.stats.end, plain.stats.end);
      assert.equal(quick.stats.generatedTokens, plain.stats.generatedTokens);
    }
  });

  it('fills the context to its end and no further', async () => {
    const long = request({ prefix: 'a b c d '.repeat(500), suffix: '', maxTokens: 100 });
    const plain = await answer(runner, long);
    const quick = await answer(runner, { ...long, lookup: 'a b c d '.repeat(100) });
    assert.equal(quick.text, plain.text);
    assert.ok(quick.stats.promptTokens + quick.stats.generatedTokens <= 2048);
  }).timeout(60_000);

  it('leaves nothing in the KV cache that was not written', async () => {
    const { text } = await answer(runner, asked());
    const wrong = text.replaceAll(/\d/g, '7');
    await answer(runner, asked({ lookup: wrong, maxTokens: 40 }));
    const after = await answer(runner, asked({ maxTokens: 120 }));
    assert.equal(after.text, text);
  });

  it('stops when aborted, makes way for typing, and goes on with the same text', async () => {
    const chatIn = asked({ priority: 'chat', room: 'long', maxTokens: 400 });
    const plain = await answer(runner, chatIn);
    const abort = new AbortController();
    const aborted = (async () => {
      for await (const chunk of runner.generate({ ...chatIn, lookup: plain.text }, abort.signal))
        if (chunk) abort.abort();
    })();
    await assert.rejects(aborted, { name: 'AbortError' });

    let text = '';
    const chat = (async () => {
      const generation = runner.generate({ ...chatIn, lookup: plain.text }, new AbortController().signal);
      for await (const chunk of generation) text += chunk.text;
    })();
    await until(() => text !== '', 'the chat began');
    await answer(runner, request({ typed: '    return', maxTokens: 40 }));
    await chat;
    assert.equal(text, plain.text);
  });
});
