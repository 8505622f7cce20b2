import assert from 'node:assert/strict';
import { fimFormats } from '../../../../src/inference/completion/fimFormats.ts';
import { Layouts } from '../../../../src/inference/completion/layouts.ts';
import type { Snippet } from '../../../../src/inference/completion/types.ts';
import { situationAt } from './fixture.ts';

const model = {
  id: 'm',
  name: 'm',
  architecture: 'qwen2',
  contextSize: 2_048,
  charactersPerToken: 3,
  device: 'cpu',
  fimFormat: 'qwen',
};
const [format] = fimFormats;
const snippet: Snippet = { source: 'index', path: 'b.ts', text: 'b', score: 1 };

/** Lays out at each text in turn; answers how often snippets were gathered and which were shown last. */
const layOutAll = async (texts: readonly string[], isComplete: boolean) => {
  assert.ok(format);
  const layouts = new Layouts();
  let gathered = 0;
  let shown: readonly Snippet[] = [];
  for (const text of texts) {
    const gather = async () => {
      gathered++;
      return gathered === 1 && !isComplete ? { snippets: [], isComplete } : { snippets: [snippet], isComplete: true };
    };
    const options = { model, format, prefillPerSecond: undefined, gather, nowMs: 0 };
    ({ snippets: shown } = await layouts.layOut(situationAt(text), options));
  }
  return { gathered, shown };
};

describe('the prompts laid out for a file', () => {
  it('keep their snippets while the typing goes on, and near by', async () => {
    const { gathered, shown } = await layOutAll(['x\nfoo█\n', 'x\nfoo(█\n', 'z\nfoo(█\n'], true);
    assert.deepEqual([gathered, shown], [1, [snippet]]);
  });

  it('ask again with the next prompt when a source was late, and not before', async () => {
    assert.equal((await layOutAll(['x\nfoo█\n', 'x\nfoo(█\n'], false)).gathered, 1, 'the prompt stays as it is');
    const { gathered, shown } = await layOutAll(['x\nfoo█\n', 'z\nfoo(█\n', 'y\nfoo(█\n'], false);
    assert.deepEqual([gathered, shown], [2, [snippet]]);
  });
});
