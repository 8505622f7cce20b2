import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { NewestSearch } from '../../../src/editor/newestSearch.ts';

const delayMs = 150;
const settle = () => new Promise((resolve) => setImmediate(resolve));

interface Asked {
  readonly query: string;
  readonly signal: AbortSignal;
  readonly resolve: (answer: string) => void;
  readonly reject: (cause: Error) => void;
}

describe('NewestSearch', () => {
  let asked: Asked[];
  let shown: string[];
  let failed: unknown[];
  let search: NewestSearch<string>;

  const answerTo = (query: string) => {
    const found = asked.find((each) => each.query === query);
    assert(found, `${query} was not asked`);
    return found;
  };

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] });
    [asked, shown, failed] = [[], [], []];
    search = new NewestSearch({
      delayMs,
      run: (query, signal) =>
        new Promise((resolve, reject) => {
          asked.push({ query, signal, resolve, reject });
        }),
      show: (answer) => shown.push(answer),
      fail: (cause) => failed.push(cause),
    });
  });
  afterEach(() => mock.timers.reset());

  it('asks only what has stood for a while', () => {
    search.ask('p');
    mock.timers.tick(delayMs - 1);
    search.ask('pa');
    mock.timers.tick(delayMs);
    assert.deepEqual(
      asked.map(({ query }) => query),
      ['pa'],
    );
  });

  it('aborts the older one, and shows only the answer to the newest, whichever comes first', async () => {
    search.ask('old');
    mock.timers.tick(delayMs);
    search.ask('new');
    assert.equal(answerTo('old').signal.aborted, true);
    mock.timers.tick(delayMs);
    answerTo('new').resolve('new');
    answerTo('old').resolve('old');
    await settle();
    assert.deepEqual(shown, ['new']);
  });

  it('tells of a failure, but not of one that was aborted', async () => {
    search.ask('a', 0);
    mock.timers.tick(0);
    search.cancel();
    answerTo('a').reject(new Error('cancelled'));
    search.ask('b', 0);
    mock.timers.tick(0);
    answerTo('b').reject(new Error('the engine is gone'));
    await settle();
    assert.deepEqual(
      failed.map((cause) => cause instanceof Error && cause.message),
      ['the engine is gone'],
    );
  });

  it('does nothing more once it was cancelled', async () => {
    search.ask('waiting');
    search.cancel();
    mock.timers.tick(delayMs);
    assert.deepEqual(asked, []);
    search.ask('running', 0);
    mock.timers.tick(0);
    search.cancel();
    answerTo('running').resolve('late');
    await settle();
    assert.deepEqual(shown, []);
  });
});
