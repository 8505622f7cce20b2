import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { ModelRunner } from '../../../../src/inference/host/modelRunner.ts';
import { answer, endMarker, Hosts, qwenMarkers, request, starter, until } from './hosts.ts';

describe('generation in the model host', () => {
  const hosts = new Hosts();
  let runner: ModelRunner;

  before(async () => {
    runner = hosts.runner(await hosts.folder());
    await runner.use(starter);
  });
  after(() => hosts.clean());

  it('completes code, in chunks that add up, with probabilities', async () => {
    const { text, chunks, stats } = await answer(runner, request({ typed: '    return ', maxTokens: 8 }));
    assert.match(text, /\S/);
    assert.equal(stats.end, 'length');
    assert.equal(stats.generatedTokens, 8);
    assert.equal(
      chunks.reduce((sum, chunk) => sum + chunk.tokens, 0),
      8,
    );
    for (const chunk of chunks)
      assert.ok(chunk.logProbability <= 0 && chunk.logProbability > -80, JSON.stringify(chunk));
  });

  it('is deterministic when greedy, and by its seed when not', async () => {
    const asked = request({ typed: '    ', maxTokens: 16 });
    assert.equal((await answer(runner, asked)).text, (await answer(runner, asked)).text);
    const warm = { ...asked, temperature: 1.5 };
    const [first, again, other] = [
      await answer(runner, { ...warm, seed: 7 }),
      await answer(runner, { ...warm, seed: 7 }),
      await answer(runner, { ...warm, seed: 8 }),
    ];
    assert.equal(first.text, again.text);
    assert.notEqual(first.text, other.text);
  });

  it('evaluates only what typing changed', async () => {
    const prefix = `${'x = compute(alpha, beta)\n'.repeat(40)}def add(a, b):\n`;
    const first = await answer(runner, request({ prefix, typed: '    retur' }));
    assert.ok(first.stats.promptTokens > 300);
    const second = await answer(runner, request({ prefix, typed: '    return' }));
    assert.ok(second.stats.promptTokens - second.stats.reusedTokens <= 3, JSON.stringify(second.stats));
  });

  it('keeps the caches of several documents', async () => {
    const one = request({ prefix: 'class Alpha:\n    name = "alpha"\n'.repeat(10) });
    const two = request({ prefix: 'function beta() { return 2; }\n'.repeat(10), suffix: '' });
    for (const each of [one, two]) await answer(runner, each);
    for (const each of [one, two]) {
      const { promptTokens, reusedTokens } = (await answer(runner, each)).stats;
      assert.equal(promptTokens - reusedTokens, 1);
    }
  });

  it('only warms up when asked for no tokens', async () => {
    const prefix = 'const warm = "up";\n'.repeat(20);
    const cold = await answer(runner, request({ prefix, maxTokens: 0, priority: 'background' }));
    assert.equal(cold.text, '');
    assert.equal(cold.stats.generatedTokens, 0);
    const warm = await answer(runner, request({ prefix }));
    assert.equal(warm.stats.promptTokens - warm.stats.reusedTokens, 1);
  });

  it('heals a token that the cursor cut', async () => {
    const { text } = await answer(runner, request({ typed: '    ret' }));
    assert.match(text, /^urn\b/);
  });

  it('goes on exactly where the typed text ends', async () => {
    // `typed` as an answer's beginning and as plain prompt text lead to the same place: nothing is lost or repeated.
    const whole = '    return a + b\n';
    for (let length = 0; length <= whole.length; length++) {
      const typed = whole.slice(0, length);
      const { text } = await answer(runner, request({ typed, maxTokens: 6 }));
      const line = (typed + text).split('\n', 1)[0] ?? '';
      assert.ok(line.startsWith(typed.split('\n', 1)[0] ?? ''), line);
      if (length >= 7 && length <= 10) assert.match(line, /^ {4}return\b/, `typed ${JSON.stringify(typed)}`);
    }
  });

  it('never treats text as control tokens', async () => {
    const [, , middle = ''] = qwenMarkers;
    const plain = await answer(runner, request({ prefix: 'x = "<|fim_muddle|>"\n', maxTokens: 0 }));
    const hostile = await answer(runner, request({ prefix: `x = "${middle}"\n`, maxTokens: 0 }));
    const asControl = await answer(
      runner,
      request({ prompt: [{ text: 'x = "' }, { control: middle }, { text: '"\n' }], maxTokens: 0 }),
    );
    const asText = await answer(runner, request({ prompt: [{ text: `x = "${middle}"\n` }], maxTokens: 0 }));
    assert.ok(Math.abs(plain.stats.promptTokens - hostile.stats.promptTokens) <= 2);
    assert.ok(asText.stats.promptTokens >= asControl.stats.promptTokens + 3);
    const typed = await answer(runner, request({ typed: middle, maxTokens: 0 }));
    const untyped = await answer(runner, request({ maxTokens: 0 }));
    assert.ok(typed.stats.promptTokens >= untyped.stats.promptTokens + 3);
  });

  it('leaks no special tokens and no broken characters, whatever is asked', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme', maxLength: 30 }),
        fc.string({ unit: 'grapheme', maxLength: 12 }),
        fc.integer({ min: 0, max: 1000 }),
        async (prefix, typed, seed) => {
          const { text, chunks } = await answer(
            runner,
            request({ prefix, suffix: '', typed, temperature: 1, seed, maxTokens: 8 }),
          );
          assert.ok(!text.includes('<|'), text);
          for (const chunk of chunks) assert.ok(chunk.text !== '' && !/\p{Surrogate}/u.test(chunk.text));
        },
      ),
      { numRuns: 25 },
    );
  });

  it('ends before a stop string, also inside a token', async () => {
    const asked = request({ typed: '    return', maxTokens: 16 });
    const { text } = await answer(runner, asked);
    for (let at = 1; at < Math.min(10, text.length); at++) {
      const stop = text.slice(at, at + 3);
      const stopped = await answer(runner, { ...asked, stop: ['never there', stop] });
      assert.equal(stopped.text, text.slice(0, text.indexOf(stop)));
      assert.equal(stopped.stats.end, 'stop');
    }
  });

  it('refuses a prompt that does not fit, and says by how much', async () => {
    await assert.rejects(answer(runner, request({ prefix: 'a b c d '.repeat(2000) })), /\d{4} tokens.*2048/);
    await assert.rejects(answer(runner, request({ prompt: [] })), /empty/);
  });

  it('fills the context to its end and no further', async () => {
    const fits = await answer(runner, request({ prefix: 'a b c d '.repeat(505), suffix: '', maxTokens: 100 }));
    assert.equal(fits.stats.end, 'length');
    assert.equal(fits.stats.promptTokens + fits.stats.generatedTokens, 2048);
  });

  it('stops within a token when aborted or left', async () => {
    const long = request({ prefix: 'values = [0, 1, 2, 3, 4, 5, 6, 7,', suffix: '', maxTokens: 1900 });
    const abort = new AbortController();
    let chunks = 0;
    const aborted = async () => {
      for await (const chunk of runner.generate(long, abort.signal)) if (chunk && ++chunks === 2) abort.abort();
    };
    await assert.rejects(aborted(), { name: 'AbortError' });
    assert.equal(chunks, 2);
    for await (const chunk of runner.generate(long, new AbortController().signal)) if (chunk) break;
    // Both generations left their sequence: one that goes on would hold it and compete for the processor.
    const before = await answer(runner, { ...long, maxTokens: 1 });
    assert.ok(before.stats.reusedTokens > 0);
    assert.equal(before.stats.promptTokens - before.stats.reusedTokens, 1);
    await assert.rejects(answer(runner, long, AbortSignal.abort()), { name: 'AbortError' });
  });

  it('lets background work give way to typing', async () => {
    const asked = request({ prefix: 'numbers = [1, 2, 3,', suffix: '', maxTokens: 300 });
    const alone = await answer(runner, asked);
    let text = '';
    let chunks = 0;
    const background = (async () => {
      const generation = runner.generate({ ...asked, priority: 'background' }, new AbortController().signal);
      for await (const chunk of generation) {
        text += chunk.text;
        chunks++;
      }
    })();
    await until(() => chunks > 0, 'the background work began');
    const before = chunks;
    await answer(runner, request({ typed: '    return', maxTokens: 100 }));
    // What was on its way when typing began, and no more; a hundred tokens take a dozen chunks.
    assert.ok(chunks - before <= 3, `${chunks - before} background chunks while typing`);
    await background;
    assert.equal(text, alone.text);
  });

  it('says what it runs', async () => {
    const { state } = runner;
    assert.ok(state.kind === 'ready');
    const { charactersPerToken, ...model } = state.model;
    assert.deepEqual(model, {
      id: 'starter',
      name: 'Starter',
      architecture: 'qwen3',
      contextSize: 2048,
      fimFormat: 'qwen',
      fimEnd: endMarker,
      device: 'cpu',
    });
    assert.ok(charactersPerToken > 2 && charactersPerToken < 6);
    const info = await runner.info();
    assert.ok(info !== undefined && info.residentBytes > 20e6 && info.clients === 1 && info.pid === runner.hostPid);
  });
});
