import assert from 'node:assert/strict';
import type { LoraAdapter, LoraModule } from '../../../../src/formats/gguf/loraGguf.ts';
import { checkAdapter } from '../../../../src/personalize/adapters/checkAdapter.ts';
import { ProblemError } from '../../../../src/protocol/problems.ts';
import { toyAdapter, toyBase, toyModule } from './toyAdapters.ts';

const weight = 'blk.0.attn_q.weight';

describe('checkAdapter', () => {
  const base = toyBase();
  const codeOf = (adapter: LoraAdapter, model = base): string => {
    try {
      checkAdapter(adapter, model);
      return 'none';
    } catch (cause) {
      assert.ok(cause instanceof ProblemError, String(cause));
      return cause.problem.code;
    }
  };
  /** The toy adapter with one module more or other. */
  const withModule = (name: string, module: LoraModule): LoraAdapter => {
    const adapter = toyAdapter(base);
    return { ...adapter, modules: new Map([...adapter.modules, [name, module]]) };
  };
  const spoilt = (change: (module: LoraModule) => void): LoraAdapter => {
    const module = toyModule(2, 16, 32, 3);
    change(module);
    return withModule(weight, module);
  };

  it('takes adapters of every architecture it knows, of any part of the weights, of several ranks', () => {
    for (const architecture of ['llama', 'qwen2', 'qwen3']) {
      const model = toyBase(architecture);
      for (const rank of [1, 256]) assert.equal(codeOf(toyAdapter(model, rank), model), 'none');
    }
    assert.equal(codeOf(withModule(weight, toyModule(5, 16, 32, 1))), 'none');
  });

  it('wants the architecture of the model', () => {
    assert.equal(codeOf({ ...toyAdapter(base), architecture: 'qwen2' }), 'adapter.misfit');
    const gemma = toyBase('gemma');
    assert.equal(codeOf(toyAdapter(gemma), gemma), 'adapter.architecture');
  });

  it('wants weights that the model has, in their shapes', () => {
    assert.equal(codeOf({ ...toyAdapter(base), modules: new Map() }), 'adapter.misfit');
    assert.equal(codeOf(withModule('blk.2.attn_q.weight', toyModule(2, 16, 32, 1))), 'adapter.misfit');
    assert.equal(codeOf(withModule(weight, toyModule(2, 17, 32, 1))), 'adapter.misfit');
    assert.equal(codeOf(withModule(weight, toyModule(2, 16, 31, 1))), 'adapter.misfit');
  });

  it('wants none of the weights that may break llama.cpp or the vocabulary', () => {
    for (const name of [
      'token_embd.weight',
      'output.weight',
      'blk.0.ffn_up_exps.weight',
      'blk.0.attn_norm.weight',
      '../x',
    ])
      assert.equal(codeOf(withModule(name, toyModule(2, 16, 16, 1))), 'adapter.unsupported', name);
  });

  it('wants a rank of 1 to 256', () => {
    assert.equal(codeOf(withModule(weight, toyModule(257, 16, 32, 1))), 'adapter.unsupported');
    assert.equal(codeOf(withModule(weight, toyModule(0, 16, 32, 1))), 'adapter.unsupported');
  });

  it('wants finite numbers, each of them', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      assert.equal(codeOf(spoilt(({ a }) => a.fill(value, 31))), 'adapter.values');
      assert.equal(codeOf(spoilt(({ b }) => b.fill(value, 0, 1))), 'adapter.values');
    }
    for (const alpha of [Number.NaN, Number.POSITIVE_INFINITY, 0, -1])
      assert.equal(codeOf({ ...toyAdapter(base), alpha }), 'adapter.values');
  });

  it('wants a change that a model can survive', () => {
    assert.equal(codeOf(spoilt(({ b }) => b.fill(1))), 'none');
    assert.equal(codeOf(spoilt(({ b }) => b.fill(1000))), 'adapter.values');
    assert.equal(codeOf({ ...toyAdapter(base), alpha: 1e5 }), 'adapter.values');
  });

  it('finds numbers that are missing', () => {
    const module = { ...toyModule(2, 16, 32, 1), a: new Float32Array(31) };
    assert.throws(() => checkAdapter(withModule(weight, module), base), RangeError);
  });
});
