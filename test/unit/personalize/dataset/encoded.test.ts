import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { promptAt } from '../../../../src/inference/completion/promptAt.ts';
import { type Chosen, encoded } from '../../../../src/personalize/dataset/encoded.ts';
import type { Encoder } from '../../../../src/personalize/dataset/encoder.ts';
import { fitting } from '../../../../src/personalize/dataset/fitting.ts';
import type { Sample } from '../../../../src/personalize/dataset/laidOut.ts';
import { example } from './madeUpExamples.ts';

const never = new AbortController().signal;
const model = { charactersPerToken: 4, fimFormat: 'qwen' };
const endToken = 0;
const markerToken = -2;

/** A model whose tokens are characters, but for `ab`, which is one: where typed text ends in `a`, tokens merge. */
function tokensOf(text: string): number[] {
  return Array.from(text.matchAll(/ab|[^]/g), ([token]) => (token === 'ab' ? 1 : token.charCodeAt(0) + 2));
}

function encodeOne({ prompt, typed, text, end }: Sample) {
  const before: number[] = [];
  const markers: number[] = [];
  for (const each of prompt) {
    if ('control' in each) markers.push(before.push(markerToken) - 1);
    else before.push(...tokensOf(each.text));
  }
  const [alone, together] = [tokensOf(typed), tokensOf(typed + text)];
  const differs = alone.findIndex((token, at) => token !== together[at]);
  return {
    tokens: [...before, ...together, ...(end === undefined ? [] : [endToken])],
    from: before.length + (differs < 0 ? alone.length : differs),
    markers,
  };
}

function encoderOf(parts: Partial<Encoder> = {}): Encoder {
  return {
    layOut: (place, contextTokens) => promptAt(place, model, contextTokens),
    encode: async ({ samples }) => samples.map(encodeOne),
    end: '<|endoftext|>',
    contextTokens: 2_048,
    ...parts,
  };
}

const chosen = (place: Chosen['place']): Chosen => ({ place, weight: 1.5, split: 'train', kind: 'accepted' });
const textOf = (tokens: readonly number[]) =>
  tokens
    .map((each) =>
      each === endToken ? '█' : each === markerToken ? '▲' : each === 1 ? 'ab' : String.fromCharCode(each - 2),
    )
    .join('');

async function hasEnd(place: Chosen['place'], encoder: Encoder): Promise<boolean> {
  return (await encoded([chosen(place)], encoder, never)).samples[0]?.tokens.at(-1) === endToken;
}

function layoutOf(place: Chosen['place']) {
  const layout = promptAt({ ...place, snippets: [] }, model, 2_048);
  assert.ok(layout !== undefined);
  return layout;
}

describe('encoded examples', () => {
  it('learn the text and its end, and only read the prompt', async () => {
    const place = example({ prefix: 'x();\nconst y = ', text: 'sum(c', suffix: ');\nz();\n' });
    const { samples } = await encoded([chosen(place)], encoderOf(), never);
    assert.equal(samples.length, 1);
    const [{ tokens, from, markers, ...rest } = { tokens: [], from: 0, markers: [] }] = samples;
    assert.equal(textOf(tokens.slice(from)), 'sum(c);█');
    assert.match(textOf(tokens.slice(0, from)), /x\(\);\n.*\nz\(\);\n.*const y = $/s);
    assert.deepEqual(
      tokens.flatMap((token, at) => (token === markerToken ? [at] : [])),
      markers,
    );
    assert.equal(markers.length, 3);
    assert.deepEqual(rest, { weight: 1.5, split: 'train', kind: 'accepted' });
  });

  it('have no end where it is not known, or where the model has none', async () => {
    const cut = example({ prefix: 'const y = ', text: 'sum', suffix: '\n' });
    const whole = example({ prefix: 'const y = ', text: 'sum();', suffix: '\n' });
    const { end: _, ...endless } = encoderOf();
    assert.equal(await hasEnd(whole, encoderOf()), true);
    assert.equal(await hasEnd(cut, encoderOf()), false);
    assert.equal(await hasEnd(whole, endless), false);
  });

  it('are pairs where something was refused, with the same prompt, also where a token merges with the typed text', async () => {
    const written = fc.constantFrom('b();', 'c();', 'abc;', 'call(x);');
    const typed = fc.constantFrom('', 'a', 'ab', 'ca');
    await fc.assert(
      fc.asyncProperty(typed, written, written, async (left, text, offered) => {
        const place = example({ prefix: `x\n${left}`, text, offered, kind: 'instead' });
        const { samples, pairs } = await encoded([chosen(place)], encoderOf(), never);
        assert.equal(pairs.length, text === offered ? 0 : 1);
        const [sample, pair] = [samples[0], pairs[0]];
        if (pair === undefined || sample === undefined) return;
        assert.deepEqual([...pair.prompt, ...pair.chosen], sample.tokens);
        const refused = encodeOne({ ...layoutOf(place), text: offered, end: '█' });
        assert.deepEqual([...pair.prompt, ...pair.rejected], refused.tokens);
        assert.ok(pair.prompt.length <= sample.from);
      }),
    );
  });

  it('are no pairs where there is no preference', async () => {
    for (const offered of ['f( a );', 'f(a', 'f(a);\ng();', ' ', ''])
      assert.deepEqual((await encoded([chosen(example({ text: 'f(a);', offered }))], encoderOf(), never)).pairs, []);
    const quotes = example({ text: "f('a');", offered: 'f("a");' });
    assert.equal((await encoded([chosen(quotes)], encoderOf(), never)).pairs.length, 1);
  });

  it('are left out when they are too long, in tokens or at a glance, or when the model cannot fill in', async () => {
    const places = ['short();', 'x'.repeat(700), 'x'.repeat(100_000)].map((text) => chosen(example({ text })));
    const short = encoderOf({ contextTokens: 600 });
    assert.equal((await encoded(places, short, never)).samples.length, 1);
    const kept = await fitting(
      places.map(({ place }) => place),
      short,
      never,
    );
    assert.deepEqual(
      kept.map(({ place }) => place),
      [places[0]?.place],
    );
    const pair = chosen(example({ text: 'a();', offered: 'x'.repeat(700) }));
    assert.deepEqual((await encoded([pair], short, never)).pairs, []);
    const none = await encoded(places, encoderOf({ layOut: () => undefined }), never);
    assert.deepEqual(none, { samples: [], pairs: [] });
  });

  it('are read with the snippets that the model was given', async () => {
    const place = example({ snippets: [{ path: 'lib/other.ts', text: 'export function other() {}' }] });
    const { samples } = await encoded([chosen(place)], encoderOf(), never);
    assert.match(textOf(samples[0]?.tokens ?? []), /lib\/other\.ts\nexport function other/);
  });

  it('come in batches, in their order, with progress, until aborted', async () => {
    const places = Array.from({ length: 100 }, (_, at) => chosen(example({ text: `f(${at});` })));
    const progress: number[] = [];
    const sizes: number[] = [];
    const encoder = encoderOf({
      onProgress: (done) => progress.push(done),
      encode: async ({ samples }) => {
        sizes.push(samples.length);
        return samples.map(encodeOne);
      },
    });
    const { samples } = await encoded(places, encoder, never);
    assert.deepEqual(
      samples.map(({ tokens, from }) => textOf(tokens.slice(from))),
      places.map(({ place }) => `${place.text}█`),
    );
    assert.equal(progress.at(-1), 100);
    assert.ok(sizes.every((size) => size <= 64) && sizes.length >= 3);

    const aborter = new AbortController();
    const aborting = encoderOf({ onProgress: () => aborter.abort() });
    await assert.rejects(encoded(places, aborting, aborter.signal), { name: 'AbortError' });
  });
});
