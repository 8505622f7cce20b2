import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { OutputText } from '../../../../src/inference/host/outputText.ts';
import { latin1 } from '../../../../src/inference/host/vocabulary.ts';

/** Pushes the text cut into pieces of some bytes; answers what came out, and why it ended. */
function run(text: string, stop: readonly string[], bytesPerToken: number): { chunks: string[]; end?: string } {
  const output = new OutputText(stop);
  const bytes = latin1(text);
  const chunks: string[] = [];
  for (let at = 0; at < bytes.length; at += bytesPerToken) {
    const { text: chunk, end } = output.push(bytes.slice(at, at + bytesPerToken));
    chunks.push(chunk);
    if (end !== undefined) return { chunks, end };
  }
  chunks.push(output.rest());
  return { chunks };
}

/** Where the stop string begins that a reader of the text, character by character, sees completed first. */
function firstStop(text: string, stop: readonly string[]): number | undefined {
  for (let end = 1; end <= text.length; end++) {
    const completed = stop.filter((each) => each !== '' && text.slice(0, end).endsWith(each));
    if (completed.length > 0) return end - Math.max(...completed.map((each) => each.length));
  }
  return undefined;
}

describe('OutputText', () => {
  it('cuts at the first stop string, however the tokens fall', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n', 'é', '한', '😀'), maxLength: 20 });
    const stops = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', '\n', '한'), maxLength: 4 }), { maxLength: 3 });
    fc.assert(
      fc.property(text, stops, fc.integer({ min: 1, max: 5 }), (whole, stop, bytesPerToken) => {
        const { chunks, end } = run(whole, stop, bytesPerToken);
        const first = firstStop(whole, stop);
        assert.equal(chunks.join(''), whole.slice(0, first));
        assert.equal(end, first === undefined ? undefined : 'stop');
        for (const chunk of chunks) assert.doesNotMatch(chunk, /\p{Surrogate}|\ufffd/u);
      }),
    );
  });

  it('cuts at the stop string that is completed first, also when a longer one began before', () => {
    for (const bytesPerToken of [1, 2, 5])
      assert.deepEqual(run('ba한', ['a', 'ba한'], bytesPerToken).chunks.join(''), 'b');
  });

  it('gives out text as soon as it cannot become a stop string', () => {
    assert.deepEqual(run('abc', ['\n\n'], 1).chunks, ['a', 'b', 'c', '']);
    assert.deepEqual(run('a\nb', ['\n\n'], 1).chunks, ['a', '', '\nb', '']);
  });

  it('ends at bytes that are no text, and drops an unfinished character', () => {
    const output = new OutputText([]);
    assert.deepEqual(output.push('ok\xed'), { text: 'ok' });
    assert.deepEqual(output.push('!'), { text: '', end: 'endOfText' });
    const unfinished = new OutputText([]);
    assert.equal(unfinished.push(`x${latin1('한').slice(0, 2)}`).text + unfinished.rest(), 'x');
  });
});
