import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { getLlama, type LlamaContextSequence, type LlamaModel, LlamaLogLevel, type Token } from 'node-llama-cpp';
import type { ModelRunner } from '../../../../src/inference/host/modelRunner.ts';
import type { Sample } from '../../../../src/inference/score.ts';
import { adapterFile } from './adapterFile.ts';
import { answer, endMarker, Hosts, qwenMarkers, request, starter } from './hosts.ts';

const never = new AbortController().signal;
const { prompt } = request();
const sample = (parts: Partial<Sample> = {}): Sample => ({ prompt, typed: '', text: '    return a + b\n', ...parts });

describe('scores and tokens from the model host', () => {
  const hosts = new Hosts();
  let runner: ModelRunner;
  let adapter: string;
  /** The same model in this process: what the host says is held against all its logits. */
  let model: LlamaModel;

  before(async () => {
    const folder = await hosts.folder();
    runner = hosts.runner(folder);
    await runner.use(starter);
    adapter = join(folder, 'adapter.gguf');
    await writeFile(adapter, await adapterFile());
    const llama = await getLlama({
      gpu: false,
      build: 'never',
      skipDownload: true,
      maxThreads: 1,
      logLevel: LlamaLogLevel.error,
    });
    model = await llama.loadModel({ modelPath: starter.path });
  });
  after(async () => {
    await hosts.clean();
    await model.llama.dispose();
  });

  const encoded = async (each: Sample) => {
    const [one] = await runner.encode({ samples: [each] }, never);
    assert.ok(one);
    return one;
  };

  /** Softmax over the whole vocabulary in double precision. */
  async function scoreByLogits(each: Sample, lora?: { filePath: string; scale: number }): Promise<number> {
    const { tokens, from } = await encoded(each);
    const options = { contextSize: 512, batchSize: 512, swaFullCache: true };
    await using context = await model.createContext({
      ...options,
      ...(lora === undefined ? {} : { lora: { adapters: [lora] } }),
    });
    const logits = await logitsAfterEach(context.getSequence(), tokens.slice(0, -1));
    let logProbability = 0;
    for (let at = from; at < tokens.length; at++) {
      const row = logits[at - 1] ?? new Map<number, number>();
      const highest = Math.max(...row.values());
      let sum = 0;
      for (const logit of row.values()) sum += Math.exp(logit - highest);
      logProbability += (row.get(tokens[at] ?? -1) ?? Number.NaN) - highest - Math.log(sum);
    }
    return logProbability;
  }

  it('are the logarithm of the softmax over the whole vocabulary, with and without adapters', async () => {
    for (const each of [
      sample(),
      sample({ end: endMarker }),
      sample({ text: '', end: endMarker }),
      sample({ typed: '    ret', text: 'urn a' }),
      sample({ text: 'λ = "an unlikely text" 🙂' }),
    ])
      for (const scale of [0, 1]) {
        const { logProbability, tokens } = await runner.score({ ...each, adapters: [{ path: adapter, scale }] }, never);
        const expected = await scoreByLogits(each, scale === 0 ? undefined : { filePath: adapter, scale });
        assert.ok(logProbability < 0);
        assert.ok(Math.abs(logProbability - expected) < 1e-4 * tokens, `${logProbability} for ${expected}`);
      }
  });

  it('count the tokens of the text and its end, and nothing else', async () => {
    for (const each of [sample(), sample({ end: endMarker }), sample({ typed: '    ret', text: 'urn a' })]) {
      const { tokens, from } = await encoded(each);
      assert.equal((await runner.score(each, never)).tokens, tokens.length - from);
    }
    assert.deepEqual(await runner.score(sample({ text: '' }), never), { logProbability: 0, tokens: 0 });
  });

  it('of long texts are those of their halves, whatever the slices', async () => {
    const half = 'const one = compute(two, three);\n'.repeat(25);
    const whole = await runner.score(sample({ text: half + half }), never);
    const first = await runner.score(sample({ text: half }), never);
    const second = await runner.score(sample({ prompt: [...prompt, { text: half }], text: half }), never);
    assert.equal(whole.tokens, first.tokens + second.tokens);
    assert.ok(Math.abs(whole.logProbability / (first.logProbability + second.logProbability) - 1) < 0.01);
  });

  it('read a common prompt once', async () => {
    const long = request({ prefix: 'const common = "prompt";\n'.repeat(30) });
    await runner.score({ ...long, text: 'one\n' }, never);
    const { promptTokens, reusedTokens } = (await answer(runner, { ...long, maxTokens: 1 })).stats;
    assert.equal(promptTokens - reusedTokens, 1);
    const texts = ['two\n', 'three\n', 'four\n'];
    const together = await Promise.all(texts.map((text) => runner.score({ ...long, text }, never)));
    for (const [at, text] of texts.entries()) {
      const { logProbability } = await runner.score({ ...long, text }, never);
      assert.ok(Math.abs(logProbability - (together[at]?.logProbability ?? 0)) < 0.05);
    }
  });

  it('refuse what does not fit by both sizes, what has no beginning, and an end that is no token', async () => {
    const long = 'a b c d '.repeat(505);
    const { tokens } = await encoded(sample({ prompt: [{ text: long }], text: long }));
    assert.ok(tokens.length > 4000, 'tokens are counted at any length');
    await assert.rejects(
      runner.score(sample({ prompt: [{ text: long }], text: long }), never),
      new RegExp(`${tokens.length} tokens.*2048`),
    );
    await assert.rejects(runner.score(sample({ prompt: [], text: 'a' }), never), /empty/);
    await assert.rejects(runner.score(sample({ end: '<no_such_token>' }), never), /<no_such_token>/);
    await assert.rejects(runner.encode({ samples: [sample({ end: '<no_such_token>' })] }, never), /<no_such_token>/);
    const full = sample({ prompt: [{ text: `a${' b'.repeat(2037)}` }], text: ' b'.repeat(10) });
    assert.equal((await encoded(full)).tokens.length, 2048);
    assert.equal((await runner.score(full, never)).tokens, 10);
    await assert.rejects(runner.score({ ...full, end: endMarker }, never), /2049 tokens.*2048/);
  });

  it('can be left at any time', async () => {
    const text = 'value = compute(one, two)\n'.repeat(100);
    for (const delayMs of [0, 5, 60]) {
      const abort = new AbortController();
      setTimeout(() => abort.abort(), delayMs);
      await assert.rejects(runner.score(sample({ text }), abort.signal), { name: 'AbortError' });
      const samples = Array.from({ length: 10_000 }, (_, at) => sample({ text: text + at }));
      const left = new AbortController();
      setTimeout(() => left.abort(), delayMs);
      await assert.rejects(runner.encode({ samples }, left.signal), { name: 'AbortError' });
    }
    assert.equal(
      (await runner.score(sample(), never)).tokens,
      (await encoded(sample())).tokens.length - (await encoded(sample({ text: '' }))).tokens.length,
    );
  });

  it('are tokens only while nobody types', async () => {
    const done: string[] = [];
    await Promise.all([
      answer(runner, request({ prefix: 'x = 1\n'.repeat(300), maxTokens: 0 })).then(() => done.push('typing')),
      runner.encode({ samples: [sample(), sample(), sample()] }, never).then(() => done.push('encode')),
    ]);
    assert.deepEqual(done, ['typing', 'encode']);
  });

  it('say how this model ends a middle, where its vocabulary can', async () => {
    const { state } = runner;
    assert.ok(state.kind === 'ready');
    assert.equal(state.model.fimEnd, endMarker);
    const fimFormats = [{ name: 'qwen', markers: qwenMarkers, end: '<no_such_token>' }];
    const other = await hosts.runner(await hosts.folder(), { fimFormats }).use(starter);
    assert.deepEqual([other.fimFormat, other.fimEnd], ['qwen', undefined]);
  });

  it('are made of the tokens that generation uses', async () => {
    const typing = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.constantFrom('    ret', 'x = ', 'a.b', ''),
    );
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 30 }), typing, async (prefix, typed) => {
        const asked = request({ prefix, typed, maxTokens: 6 });
        const { text } = await answer(runner, asked);
        const { tokens, from } = await encoded({ ...asked, text });
        const before = await encoded({ ...asked, text: '' });
        assert.deepEqual(tokens.slice(0, from), before.tokens.slice(0, from));
        assert.ok(from === before.tokens.length || tokens[from] !== before.tokens[from]);
        assert.equal(before.from, before.tokens.length);
        assert.deepEqual(tokens, (await encoded({ ...asked, typed: '', text: typed + text })).tokens);
      }),
      { numRuns: 40 },
    );
    for (const typed of ['', '    ret']) {
      const asked = request({ typed, maxTokens: 4 });
      const { text, stats } = await answer(runner, asked);
      const { from } = await encoded({ ...asked, text });
      assert.equal(from, stats.promptTokens, 'the text begins where healing lets the model begin');
    }
  });

  it('are those of the vocabulary: markers as markers, text as text', async () => {
    const [start = '', after = '', middle = ''] = qwenMarkers;
    const ids = (text: string, isControl = false) => [...model.tokenize(text, isControl)];
    const { tokens, from, markers } = await encoded({
      prompt: [{ control: start }, { text: `a${middle}` }, { control: after }, { text: '\n' }, { control: middle }],
      typed: 'x = ret',
      text: `urn y ${endMarker}`,
      end: endMarker,
    });
    const before = [...ids(start, true), ...ids(`a${middle}`), ...ids(after, true), ...ids('\n'), ...ids(middle, true)];
    assert.deepEqual(tokens, [...before, ...ids(`x = return y ${endMarker}`), ...ids(endMarker, true)]);
    const texts = [ids(`a${middle}`).length, ids('\n').length];
    assert.deepEqual(markers, [0, 1 + (texts[0] ?? 0), before.length - 1]);
    assert.equal(markers[1], before.length - 2 - (texts[1] ?? 0));
    assert.equal(ids(endMarker, true).length, 1);
    assert.ok(ids(endMarker).length > 1);
    assert.deepEqual(tokens.slice(from), [...ids(` return y ${endMarker}`), ...ids(endMarker, true)]);
    assert.equal(model.detokenize(ids('x = ret').slice(0, from - before.length)), 'x =');
  });
});

async function logitsAfterEach(sequence: LlamaContextSequence, tokens: readonly number[]) {
  const known = new Map<number, Token>([...sequence.model.iterateAllTokens()].map((token) => [token, token]));
  const outputs = await sequence.controlledEvaluate(
    tokens
      .flatMap((token) => known.get(token) ?? [])
      .map((token) => [token, { generateNext: { logits: true, options: { temperature: 0 } } }]),
  );
  return outputs.map((output) => output?.next.logits);
}
