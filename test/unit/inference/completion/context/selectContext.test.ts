import { strict as assert } from 'node:assert';
import * as fc from 'fast-check';
import { type Logger, silentLogger } from '../../../../../src/base/logger.ts';
import { gatherContext } from '../../../../../src/inference/completion/context/selectContext.ts';
import type { ContextSource, Snippet } from '../../../../../src/inference/completion/types.ts';
import { queryAt } from './fixtures.ts';

/** A source that offers `path: text` pairs, the first one best. */
function offering(name: string, ...snippets: readonly (readonly [path: string, text: string])[]): ContextSource {
  const offered = snippets.map(([path, text], rank): Snippet => ({ source: name, path, text, score: -rank }));
  return { name, snippets: async () => offered };
}

const query = queryAt('function here() {\n  const nearby = 1;\n  █\n}\n');
const roomy = { budgetCharacters: 10_000, timeoutMs: 10_000, log: silentLogger };
const noAbort = new AbortController().signal;

const gather = (sources: readonly ContextSource[], options: Partial<typeof roomy> = {}, signal = noAbort) =>
  gatherContext(sources, query, { ...roomy, ...options }, signal);
const texts = (snippets: readonly Snippet[]) => snippets.map(({ text }) => text);

function logging(): { readonly lines: string[]; readonly log: Logger } {
  const lines: string[] = [];
  const push = (message: string) => lines.push(message);
  return { lines, log: { debug: push, info: push, warn: push, error: push } };
}

const equal = (...listed: string[]): ContextSource => ({
  name: 'one',
  snippets: async () => listed.map((text) => ({ source: 'one', path: 'a', text, score: 1 })),
});
const sixLines = (letter: string) => Array.from({ length: 6 }, (_, i) => `${letter.repeat(9)}${i}`).join('\n');

describe('gatherContext', () => {
  it('puts the best of every source last, first sources nearest to the file', async () => {
    const found = await gather([offering('one', ['a', 'a1'], ['a', 'a2']), offering('two', ['b', 'b1'], ['b', 'b2'])]);
    assert.deepEqual(texts(found), ['b2', 'a2', 'b1', 'a1']);
  });

  it('prefers what two sources agree on', async () => {
    const found = await gather([offering('one', ['a', 'a1'], ['c', 'both']), offering('two', ['c', 'both'])]);
    assert.deepEqual(texts(found), ['a1', 'both']);
  });

  it('answers the same whatever the order in which a source lists equals', async () => {
    assert.deepEqual(await gather([equal('x', 'y', 'z')]), await gather([equal('z', 'x', 'y')]));
  });

  it('does not wait for a slow source', async () => {
    const never: ContextSource = { name: 'never', snippets: () => new Promise(() => {}) };
    const { lines, log } = logging();
    const found = await gather([never, offering('two', ['b', 'b1'])], { timeoutMs: 5, log });
    assert.deepEqual(texts(found), ['b1']);
    assert.deepEqual(lines, ['never: nothing within 5 ms']);
  });

  it('goes on without a source that throws, at once or later, and logs it', async () => {
    const atOnce: ContextSource = {
      name: 'atOnce',
      snippets() {
        throw new Error('first');
      },
    };
    const later: ContextSource = { name: 'later', snippets: () => Promise.reject(new Error('second')) };
    const { lines, log } = logging();
    const found = await gather([atOnce, later, offering('two', ['b', 'b1'])], { log });
    assert.deepEqual(texts(found), ['b1']);
    assert.deepEqual(lines.toSorted(), [
      'atOnce is left out of the prompt: first',
      'later is left out of the prompt: second',
    ]);
  });

  it('survives a source that fails after its time', async () => {
    let fail: (cause: Error) => void = assert.fail;
    const answer = new Promise<never>((_, reject) => (fail = reject));
    const { lines, log } = logging();
    assert.deepEqual(await gather([{ name: 'slow', snippets: () => answer }], { timeoutMs: 1, log }), []);
    fail(new Error('too late'));
    await answer.catch(() => {});
    await new Promise(setImmediate);
    assert.deepEqual(lines, ['slow: nothing within 1 ms', 'slow is left out of the prompt: too late']);
  });

  it('rejects as soon as the signal aborts', async () => {
    const never: ContextSource = { name: 'never', snippets: () => new Promise(() => {}) };
    const controller = new AbortController();
    const gathering = gather([never], {}, controller.signal);
    controller.abort();
    await assert.rejects(gathering, { name: 'AbortError' });
    await assert.rejects(gather([], {}, controller.signal), { name: 'AbortError' });
  });

  it('shows nothing twice: not the same code, not a part of it, not what surrounds the cursor', async () => {
    const found = await gather([
      offering(
        'one',
        ['a', 'if (a) {\n  b();\n}'],
        ['b', '  b();'],
        ['c', 'x;\nif (a) {\n\n    b();\n}\ny;'],
        ['d', 'function here() {\n const nearby = 1;'],
        ['e', 'b()'],
      ),
    ]);
    assert.deepEqual(texts(found), ['b()', 'if (a) {\n  b();\n}']);
  });

  it('cuts a snippet between lines to fit, or leaves it out', async () => {
    const source = offering('one', ['f', sixLines('a')], ['f', sixLines('b')]);
    const [cut, whole, ...none] = await gather([source], { budgetCharacters: 65 + 3 + 40 + 3 });
    assert.equal(whole?.text, sixLines('a'));
    assert.equal(cut?.text, sixLines('b').slice(0, 32));
    assert.deepEqual(none, []);
    assert.equal((await gather([source], { budgetCharacters: 65 + 3 + 30 })).length, 1);
  });

  it('never exceeds the budget', async () => {
    const snippet = fc.tuple(
      fc.string({ maxLength: 12 }),
      fc.string({ maxLength: 300, unit: fc.constantFrom('a', 'b', '\n') }),
    );
    const source = fc.array(snippet, { maxLength: 6 }).map((snippets) => offering('any', ...snippets));
    await fc.assert(
      fc.asyncProperty(fc.array(source, { maxLength: 3 }), fc.nat(800), async (sources, budgetCharacters) => {
        const found = await gather(sources, { budgetCharacters });
        const used = found.reduce((sum, { path, text }) => sum + path.length + text.length + 2, 0);
        assert.ok(used <= budgetCharacters, `${used} of ${budgetCharacters}`);
        assert.ok(found.every(({ text }) => text !== ''));
      }),
    );
  });

  it('removes characters that only the model would see', async () => {
    const hidden = '\u202e\u2066\u200b\u200d\ufeff\u{e0041}\u{e007f}\ufe0f';
    const found = await gather([offering('one', [`a${hidden}\n.ts`, `\n\nconst${hidden} naïve = '漢😀';  \n`])]);
    assert.deepEqual(
      found.map(({ path, text }) => [path, text]),
      [['a .ts', "const naïve = '漢😀';"]],
    );
  });
});
