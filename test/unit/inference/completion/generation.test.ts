import assert from 'node:assert/strict';
import type { Drafted } from '../../../../src/inference/completion/completionCache.ts';
import { Generation } from '../../../../src/inference/completion/generation.ts';
import { situationAt } from './fixture.ts';

const never = new AbortController().signal;

/** A generation driven by the test, chunk by chunk. */
function driven(marked: string) {
  let write: ((text: string) => void) | undefined;
  let finish: ((drafted: Drafted) => void) | undefined;
  let aborted = false;
  const generation = new Generation(situationAt(marked), (signal, onText) => {
    write = onText;
    return new Promise((resolve, reject) => {
      finish = resolve;
      signal.addEventListener('abort', () => {
        aborted = true;
        reject(signal.reason);
      });
    });
  });
  return {
    generation,
    write: (text: string) => write?.(text),
    finish: (text: string) =>
      finish?.({ text, meanLogProbability: 0, multiline: false, origin: 'model', snippets: [] }),
    isAborted: () => aborted,
  };
}

describe('generation', () => {
  it('agrees with typing that follows what it writes', async () => {
    const { generation, write } = driven('ret█\n}');
    write('urn x');
    assert.equal(await generation.agreesWith(situationAt('retur█\n}'), never), true);
    assert.equal(await generation.agreesWith(situationAt('reto█\n}'), never), false);
    assert.equal(await generation.agreesWith(situationAt('ret█\n})'), never), false);
  });

  it('waits until it has written enough to tell', async () => {
    const { generation, write } = driven('ret█\n}');
    write('u');
    const agrees = generation.agreesWith(situationAt('retur█\n}'), never);
    write('urn');
    assert.equal(await agrees, true);
    const differs = generation.agreesWith(situationAt('return (█\n}'), never);
    write('urn x;');
    assert.equal(await differs, false);
  });

  it('gives its draft to everyone who joined', async () => {
    const { generation, finish } = driven('ret█\n}');
    const both = Promise.all([generation.join(never), generation.join(never)]);
    finish('urn x;');
    assert.deepEqual(
      (await both).map((draft) => draft?.text),
      ['urn x;', 'urn x;'],
    );
  });

  it('ends soon after the last one left, not before', async () => {
    const { generation, isAborted } = driven('ret█\n}');
    const request = new AbortController();
    const answer = generation.join(request.signal);
    request.abort();
    assert.equal(await answer, undefined);
    assert.equal(isAborted(), false);
    assert.equal(await generation.done, undefined);
    assert.equal(isAborted(), true);
  });

  it('goes on when another request joins in time', async () => {
    const { generation, finish } = driven('ret█\n}');
    const request = new AbortController();
    const left = generation.join(request.signal);
    request.abort();
    await left;
    const answer = generation.join(never);
    await new Promise((resolve) => setTimeout(resolve, 300));
    finish('urn x;');
    assert.equal((await answer)?.text, 'urn x;');
  });

  it('reports a failure to whoever waits', async () => {
    const generation = new Generation(situationAt('x█'), () => Promise.reject(new Error('host died')));
    await assert.rejects(generation.join(never), /host died/);
  });
});
