import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { readChunk } from '../../../../src/inference/server/answerChunk.ts';

const chunk = (value: unknown) => readChunk(JSON.stringify(value));
const delta = (said: unknown, finish: string | null = null) =>
  chunk({ choices: [{ delta: said, finish_reason: finish, index: 0 }] });

describe('readChunk', () => {
  it('reads text, the end and the counts', () => {
    assert.deepEqual(delta({ role: 'assistant', content: null }), { text: '', thinks: false });
    assert.deepEqual(delta({ content: 'Hello' }), { text: 'Hello', thinks: false });
    assert.deepEqual(delta({}, 'stop'), { text: '', thinks: false, end: 'complete' });
    assert.deepEqual(delta({ content: '.' }, 'length'), { text: '.', thinks: false, end: 'length' });
    assert.deepEqual(chunk({ choices: [], usage: { prompt_tokens: 9, completion_tokens: 4, total_tokens: 13 } }), {
      text: '',
      thinks: false,
      promptTokens: 9,
      tokens: 4,
    });
  });

  it('takes the speed that llama-server measured', () => {
    const last = {
      choices: [],
      usage: { prompt_tokens: 9, completion_tokens: 4 },
      timings: { predicted_per_second: 31.5 },
    };
    assert.equal(chunk(last).tokensPerSecond, 31.5);
  });

  it('sees thoughts by both of their names, and shows none', () => {
    for (const name of ['reasoning_content', 'reasoning'])
      assert.deepEqual(delta({ [name]: 'hm', content: '' }), { text: '', thinks: true });
  });

  it('reads a whole message where a server does not stream', () => {
    const whole = {
      choices: [{ message: { role: 'assistant', content: 'All of it.' }, finish_reason: 'stop' }],
      usage: { completion_tokens: 4 },
    };
    assert.deepEqual(chunk(whole), { text: 'All of it.', thinks: false, end: 'complete', tokens: 4 });
  });

  it('hands on an error in the middle of an answer', () => {
    for (const error of [{ error: { message: 'gone' } }, { error: 'gone' }, { object: 'error', message: 'gone' }])
      assert.equal(chunk(error).error, JSON.stringify(error));
    assert.equal(chunk({ error: null, choices: [{ delta: { content: 'a' } }] }).text, 'a');
  });

  it('makes something valid of any object, and refuses all else', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        const value: unknown = JSON.parse(json);
        if (typeof value !== 'object' || value === null || Array.isArray(value)) {
          assert.throws(() => readChunk(json), SyntaxError);
          return;
        }
        const read = readChunk(json);
        assert.equal(typeof read.text, 'string');
        for (const number of [read.promptTokens, read.tokens, read.tokensPerSecond])
          assert.ok(number === undefined || number >= 0);
      }),
    );
    assert.throws(() => readChunk('{"choices"'), SyntaxError);
  });
});
