import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { parsePeftConfig } from '../../../../src/personalize/adapters/peftConfig.ts';
import { ProblemError } from '../../../../src/protocol/problems.ts';

const good = { peft_type: 'LORA', r: 8, lora_alpha: 16, target_modules: ['q_proj', 'v_proj'], bias: 'none' };
const parse = (changes: Readonly<Record<string, unknown>> = {}) =>
  parsePeftConfig(JSON.stringify({ ...good, ...changes }), '/a/adapter_config.json');

describe('a configuration of PEFT', () => {
  it('says rank, alpha and what is changed', () => {
    const config = parse();
    assert.deepEqual([config.rank, config.otherRanks, config.targets], [8, [], ['q_proj', 'v_proj']]);
    assert.equal(config.alphaOf(8), 16);
    assert.equal(parse({ target_modules: 'all-linear' }).targets, undefined);
  });

  it('of rsLoRA divides by the root of the rank', () => {
    const config = parse({ use_rslora: true, alpha_pattern: { v_proj: 4 } });
    assert.equal(config.alphaOf(16) / 16, 16 / Math.sqrt(16));
    assert.equal(config.alphaOf(9, 'layers.0.self_attn.v_proj') / 9, 4 / 3);
  });

  it('gives some modules another alpha, by the end of their names or by all of it', () => {
    const { alphaOf, otherRanks } = parse({
      alpha_pattern: { '^model.layers.0.q_proj': 1, q_proj: 2, 'layers.1.v_proj': 3 },
      rank_pattern: { q_proj: 4, v_proj: 2 },
    });
    const alphas = [
      'model.layers.0.q_proj',
      'x.model.layers.0.q_proj',
      'q_proj',
      'xq_proj',
      'model.layers.1.v_proj',
      'model.layers.11.v_proj',
    ];
    assert.deepEqual(
      alphas.map((module) => alphaOf(8, module)),
      [1, 2, 2, 16, 3, 16],
    );
    assert.deepEqual(otherRanks, [4, 2]);
  });

  const contradictions: readonly (readonly [
    what: string,
    changes: Readonly<Record<string, unknown>>,
    reason: RegExp,
  ])[] = [
    ['no type', { peft_type: undefined }, /peft_type is missing, not LORA/],
    ['another type', { peft_type: 'PREFIX_TUNING' }, /peft_type is "PREFIX_TUNING"/],
    ['no rank', { r: undefined }, /its r is missing/],
    ['a rank of 0', { r: 0 }, /its r is 0/],
    ['half a rank', { r: 1.5 }, /not a whole number/],
    ['a rank that is a text', { r: '8' }, /its r is "8"/],
    ['no alpha', { lora_alpha: null }, /lora_alpha is null/],
    ['an alpha of 0', { lora_alpha: 0 }, /lora_alpha is 0/],
    ['an alpha below 0', { lora_alpha: -16 }, /lora_alpha is -16/],
    ['a pattern that is a list', { rank_pattern: [8] }, /rank_pattern is no object/],
    ['a rank of nothing', { rank_pattern: { q_proj: 'x' } }, /its q_proj is "x"/],
  ];
  for (const [what, changes, reason] of contradictions)
    it(`is refused with ${what}`, () => assert.throws(() => parse(changes), { name: 'ProblemError', message: reason }));

  const variants: readonly (readonly [feature: string, changes: Readonly<Record<string, unknown>>])[] = [
    ['use_dora', { use_dora: true }],
    ['use_qalora', { use_qalora: true }],
    ['use_something_new', { use_something_new: { a: 1 } }],
    ['bias "all"', { bias: 'all' }],
    ['lora_bias', { lora_bias: true }],
    ['fan_in_fan_out', { fan_in_fan_out: true }],
    ['modules_to_save', { modules_to_save: ['lm_head'] }],
    ['layer_replication', { layer_replication: [[0, 2]] }],
    ['trainable_token_indices', { trainable_token_indices: [1] }],
    ['target_parameters', { target_parameters: ['mlp.experts.gate_up_proj'] }],
    ['alora_invocation_tokens', { alora_invocation_tokens: [5] }],
    ['init_lora_weights "pissa_niter_4"', { init_lora_weights: 'pissa_niter_4' }],
    ['alpha_pattern with regular expressions', { alpha_pattern: { '(a+)+$': 8 } }],
  ];
  for (const [feature, changes] of variants)
    it(`is refused by name: ${feature}`, () => {
      assert.throws(
        () => parse(changes),
        (cause) =>
          cause instanceof ProblemError &&
          cause.problem.code === 'adapter.unsupported' &&
          cause.problem.feature === feature,
      );
    });

  it('may have everything that PEFT writes, switched off', () => {
    const off = { use_dora: false, modules_to_save: null, megatron_config: {}, layer_replication: [], bias: undefined };
    assert.equal(parse({ ...off, init_lora_weights: 'gaussian', qalora_group_size: 16, loftq_config: {} }).rank, 8);
  });

  it('is read or refused whatever it holds', () =>
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc
            .dictionary(fc.constantFrom(...Object.keys(good), 'alpha_pattern'), fc.jsonValue())
            .map((changes) => JSON.stringify({ ...good, ...changes })),
        ),
        (text) => {
          try {
            parsePeftConfig(text, 'x');
          } catch (cause) {
            assert.ok(cause instanceof ProblemError, String(cause));
          }
        },
      ),
      { numRuns: 500 },
    ));
});
