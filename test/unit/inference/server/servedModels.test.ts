import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { chosenModel, readModelList } from '../../../../src/inference/server/servedModels.ts';

const list = (...data: unknown[]) => readModelList({ object: 'list', data });
const shown = (...data: unknown[]) => {
  const read = list(...data);
  return read && { kind: read.kind.id, models: read.models.map(({ id, contextSize }) => [id, contextSize]) };
};

describe('readModelList', () => {
  it('knows who answers, and what context a model has where the list says so', () => {
    assert.deepEqual(shown({ id: 'a.gguf', owned_by: 'llamacpp', meta: { n_ctx: 8192, n_ctx_train: 32768 } }), {
      kind: 'llama-server',
      models: [['a.gguf', 8192]],
    });
    assert.deepEqual(shown({ id: 'a.gguf', owned_by: 'llamacpp', meta: { n_ctx_train: 32768 } }), {
      kind: 'llama-server',
      models: [['a.gguf', undefined]],
    });
    assert.deepEqual(shown({ id: 'Qwen/Q', owned_by: 'vllm', max_model_len: 4096 }), {
      kind: 'vLLM',
      models: [['Qwen/Q', 4096]],
    });
    assert.deepEqual(shown({ id: 'Q', owned_by: 'sglang', max_model_len: 4096 }), {
      kind: 'SGLang',
      models: [['Q', 4096]],
    });
    assert.deepEqual(shown({ id: 'q:7b', owned_by: 'library' }, { id: 'b', owned_by: 'library' }), {
      kind: 'Ollama',
      models: [
        ['q:7b', undefined],
        ['b', undefined],
      ],
    });
    assert.deepEqual(shown({ id: 'q', owned_by: 'organization_owner' }), {
      kind: 'LM Studio',
      models: [['q', undefined]],
    });
    assert.deepEqual(shown({ id: 'q', object: 'model' }), { kind: 'other', models: [['q', undefined]] });
    assert.deepEqual(shown(), { kind: 'other', models: [] });
  });

  it('is undefined for whatever is no list, and leaves out what is no model', () => {
    for (const answer of [undefined, null, [], 'x', {}, { data: 'x' }, { models: [] }])
      assert.equal(readModelList(answer), undefined);
    assert.deepEqual(shown(null, 7, { id: 7 }, { id: '' }, { id: 'ok', max_model_len: -1 }), {
      kind: 'other',
      models: [['ok', undefined]],
    });
    fc.assert(
      fc.property(fc.anything(), fc.array(fc.anything()), (answer, data) => {
        readModelList(answer);
        readModelList({ data });
      }),
    );
  });
});

describe('chosenModel', () => {
  const { models } = list({ id: 'a', aliases: ['first'] }, { id: 'b' }) ?? { models: [] };
  it('takes the one that is wanted, by name or alias; the first where none is', () => {
    assert.equal(chosenModel(models, '')?.id, 'a');
    assert.equal(chosenModel(models, 'b')?.id, 'b');
    assert.equal(chosenModel(models, 'first')?.id, 'a');
    assert.equal(chosenModel(models, 'c'), undefined);
    assert.equal(chosenModel([], ''), undefined);
  });
});
