import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { staleWhileLate } from '../../../src/engine/staleWhileLate.ts';
import type { ContextQuery, ContextSource, Snippet } from '../../../src/inference/completion/types.ts';

const never = new AbortController().signal;
const snippet = (text: string): Snippet => ({ source: 'slow', path: 'a.ts', text, score: 1 });

function queryIn(uri: string, timeoutMs?: number): ContextQuery {
  const document = { uri, path: 'b.ts', languageId: 'typescript', version: 1, text: '', before: '', after: '' };
  return { document, offset: 0, budgetCharacters: 100, ...(timeoutMs === undefined ? {} : { timeoutMs }) };
}

/** Answers `1`, `2`, ... after as long as it is told. */
function slowSource(delaysMs: readonly number[]): ContextSource {
  let asked = 0;
  return {
    name: 'slow',
    async snippets() {
      const number = asked++;
      await setTimeout(delaysMs[number] ?? 0);
      return [snippet(String(number + 1))];
    },
  };
}

const textsOf = (snippets: readonly Snippet[]) => snippets.map(({ text }) => text);

describe('a source that may be late', () => {
  it('answers fresh while it is in time', async () => {
    const source = staleWhileLate(slowSource([0, 0]));
    assert.deepEqual(textsOf(await source.snippets(queryIn('file:///a', 1_000), never)), ['1']);
    assert.deepEqual(textsOf(await source.snippets(queryIn('file:///a', 1_000), never)), ['2']);
  });

  it('lets its last answer for the file stand in when it is late, and has the late one for the next time', async () => {
    const source = staleWhileLate(slowSource([0, 60, 1_000]));
    await source.snippets(queryIn('file:///a', 1_000), never);
    assert.deepEqual(textsOf(await source.snippets(queryIn('file:///a', 20), never)), ['1']);
    await setTimeout(80);
    assert.deepEqual(textsOf(await source.snippets(queryIn('file:///a', 20), never)), ['2']);
  });

  it('has nothing to stand in for another file', async () => {
    const source = staleWhileLate(slowSource([0, 60]));
    await source.snippets(queryIn('file:///a', 1_000), never);
    assert.deepEqual(textsOf(await source.snippets(queryIn('file:///b', 20), never)), ['2'], 'fresh, and late');
  });

  it('waits for as long as it takes when nobody is in a hurry', async () => {
    const source = staleWhileLate(slowSource([0, 60]));
    await source.snippets(queryIn('file:///a'), never);
    assert.deepEqual(textsOf(await source.snippets(queryIn('file:///a'), never)), ['2']);
  });
});
