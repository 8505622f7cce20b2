import { strict as assert } from 'node:assert';
import { stableWithinLine } from '../../../../../src/inference/completion/context/stableWithinLine.ts';
import type { ContextQuery, ContextSource, Snippet } from '../../../../../src/inference/completion/types.ts';
import { queryAt, whileTyping } from './fixtures.ts';

const noAbort = new AbortController().signal;
const start = queryAt('above;\nconst a = █;\nbelow;\n');

/** Answers each time with a snippet that counts the calls. */
function counting(): ContextSource & { readonly signals: AbortSignal[] } {
  const signals: AbortSignal[] = [];
  return {
    name: 'counting',
    signals,
    async snippets(_query, signal): Promise<readonly Snippet[]> {
      signals.push(signal);
      return [{ source: 'counting', path: 'a', text: `call ${signals.length}`, score: 1 }];
    },
  };
}

describe('stableWithinLine', () => {
  it('asks once while a line is typed', async () => {
    const source = counting();
    const stable = stableWithinLine(source);
    const first = await stable.snippets(start, noAbort);
    for (const query of whileTyping(start, 'compute(first, two);')) {
      assert.equal(await stable.snippets(query, noAbort), first);
    }
    assert.equal(source.signals.length, 1);
  });

  const elsewhere: Readonly<Record<string, ContextQuery>> = {
    'the cursor is on another line': { ...start, offset: 2 },
    'the lines above change': queryAt('above!\nconst a = █;\nbelow;\n'),
    'the lines below change': queryAt('above;\nconst a = █;\nbelow!\n'),
    'the document is another': queryAt('above;\nconst a = █;\nbelow;\n', 'other.ts'),
    'the budget changes': { ...start, budgetCharacters: 5 },
  };
  for (const [when, query] of Object.entries(elsewhere)) {
    it(`asks again when ${when}`, async () => {
      const source = counting();
      const stable = stableWithinLine(source);
      await stable.snippets(start, noAbort);
      assert.equal((await stable.snippets(query, noAbort))[0]?.text, 'call 2');
      assert.equal((await stable.snippets(start, noAbort))[0]?.text, 'call 3', 'an answer outlived its line');
    });
  }

  it('lets an obsolete keystroke finish its work, and stops it when the line changes', async () => {
    const source = counting();
    const stable = stableWithinLine(source);
    const keystroke = new AbortController();
    await stable.snippets(start, keystroke.signal);
    keystroke.abort();
    assert.equal(source.signals[0]?.aborted, false);
    await stable.snippets({ ...start, offset: 2 }, noAbort);
    assert.equal(source.signals[0]?.aborted, true);
  });

  it('asks again after a failure', async () => {
    let calls = 0;
    const stable = stableWithinLine({
      name: 'failing',
      snippets: () => (calls++ === 0 ? Promise.reject(new Error('once')) : Promise.resolve([])),
    });
    await assert.rejects(stable.snippets(start, noAbort), { message: 'once' });
    assert.deepEqual(await stable.snippets(start, noAbort), []);
  });
});
