import assert from 'node:assert/strict';
import {
  interleavesHeads,
  kindOf,
  layerModuleOf,
  weightOf,
} from '../../../../src/personalize/adapters/architectures.ts';

const names = {
  'self_attn.q_proj': 'attn_q',
  'self_attn.k_proj': 'attn_k',
  'self_attn.v_proj': 'attn_v',
  'self_attn.o_proj': 'attn_output',
  'mlp.gate_proj': 'ffn_gate',
  'mlp.up_proj': 'ffn_up',
  'mlp.down_proj': 'ffn_down',
};

describe('names of weights', () => {
  it('are translated both ways, in every layer', () => {
    for (const [module, kind] of Object.entries(names))
      for (const layer of [0, 9, 79, 9999]) {
        assert.equal(weightOf(`layers.${layer}.${module}`), `blk.${layer}.${kind}.weight`);
        assert.equal(layerModuleOf(`blk.${layer}.${kind}.weight`), `layers.${layer}.${module}`);
        assert.equal(kindOf(`blk.${layer}.${kind}.weight`), kind);
      }
  });

  const foreign = [
    'layers.01.self_attn.q_proj',
    'layers.10000.self_attn.q_proj',
    'layers.-1.mlp.up_proj',
    'layers.1.mlp.experts.up_proj',
    'layers.1.mlp.experts.3.up_proj',
    'layers.1.self_attn.qkv_proj',
    'layers.1.constructor',
    'layers.1.',
    'layers.1.self_attn.q_proj\n',
    '../layers.1.self_attn.q_proj',
    'embed_tokens',
  ];
  for (const name of foreign) it(`are none: ${JSON.stringify(name)}`, () => assert.equal(weightOf(name), undefined));

  it('of GGUF that no adapter changes have no name in PEFT', () => {
    for (const weight of [
      'token_embd.weight',
      'output.weight',
      'blk.0.attn_norm.weight',
      'blk.0.ffn_up_exps.weight',
      'blk.00.attn_q.weight',
      'blk.0.attn_q.bias',
    ]) {
      assert.equal(kindOf(weight), undefined, weight);
      assert.equal(layerModuleOf(weight), undefined, weight);
    }
  });

  it('say whose rows are in another order in llama.cpp', () => {
    assert.deepEqual(moved('llama'), ['attn_q', 'attn_k']);
    assert.deepEqual([...moved('qwen2'), ...moved('qwen3'), ...moved('toString')], []);
  });
});

function moved(architecture: string): string[] {
  return Object.values(names).filter((kind) => interleavesHeads(architecture, `blk.3.${kind}.weight`));
}
