import type { LoraAdapter, LoraModule } from '../../../../src/formats/gguf/loraGguf.ts';
import type { NamedTensor } from '../../../../src/formats/safetensorsFile.ts';
import type { BaseModel, WeightShape } from '../../../../src/personalize/adapters/baseModel.ts';
import type { AdapterFacts } from '../../../../src/personalize/adapters/card.ts';
import { peftOfAdapter } from '../../../../src/personalize/adapters/peftAdapter.ts';

/** Outputs and inputs of a layer's weights in the models of fixtures/make.py. */
const shapes = (headRows: number): Readonly<Record<string, readonly [outputs: number, inputs: number]>> => ({
  attn_q: [4 * headRows, 16],
  attn_k: [2 * headRows, 16],
  attn_v: [2 * headRows, 16],
  attn_output: [16, 4 * headRows],
  ffn_gate: [12, 16],
  ffn_up: [12, 16],
  ffn_down: [16, 12],
});

export const toyHash = 'ab'.repeat(32);

/** The models of fixtures/make.py: 2 layers of width 16, 4 heads, 2 of keys and values. */
export function toyBase(architecture = 'qwen3', sha256 = toyHash): BaseModel {
  const weights = new Map<string, WeightShape>([['token_embd.weight', { inputs: 16, outputs: 16 }]]);
  for (const layer of [0, 1])
    for (const [kind, [outputs, inputs]] of Object.entries(shapes(architecture === 'qwen2' ? 4 : 8)))
      weights.set(`blk.${layer}.${kind}.weight`, { inputs, outputs });
  return { sha256, name: 'Toy', architecture, heads: 4, kvHeads: 2, weights };
}

/** An adapter of all layer weights; another `seed` makes other numbers. */
export function toyAdapter(base: BaseModel, rank = 2, seed = 1): LoraAdapter {
  const modules = new Map<string, LoraModule>();
  for (const [weight, { inputs, outputs }] of base.weights)
    if (weight.startsWith('blk.')) modules.set(weight, toyModule(rank, inputs, outputs, seed + modules.size));
  return { architecture: base.architecture, alpha: 2 * rank, modules };
}

export function toyModule(rank: number, inputs: number, outputs: number, seed: number): LoraModule {
  const numbers = (count: number, phase: number) =>
    Float32Array.from({ length: count }, (_, at) => Math.sin(seed * 12.9 + phase + at * 78.2) / 10);
  return { rank, inputs, outputs, a: numbers(rank * inputs, 0), b: numbers(outputs * rank, 1) };
}

export const facts = (name = 'Toy adapter'): AdapterFacts => ({
  name,
  kind: 'personal',
  examples: 7,
  training: { steps: 3, seed: 1, schedule: 'cosine' },
  proof: { numbers: { 'loss before': 2.5, 'loss after': 2 }, samples: [{ text: 'const x = 1;', exact: true }] },
  notes: '',
});

/** What PEFT would have saved of an adapter: its tensors and its configuration, to be spoilt. */
export function peftParts(base: BaseModel, rank = 2): { tensors: NamedTensor[]; config: Record<string, unknown> } {
  const { tensors, config } = peftOfAdapter(toyAdapter(base, rank), base);
  return { tensors, config: { ...config } };
}

/** What a module makes of an input: alpha / rank · B · (A · x). */
export function product({ rank, inputs, outputs, a, b }: LoraModule, alpha: number, x: Float32Array): number[] {
  const inner = Array.from({ length: rank }, (_, k) => sum(inputs, (i) => (a[k * inputs + i] ?? 0) * (x[i] ?? 0)));
  return Array.from(
    { length: outputs },
    (_, o) => (alpha / rank) * sum(rank, (k) => (b[o * rank + k] ?? 0) * (inner[k] ?? 0)),
  );
}

function sum(count: number, term: (at: number) => number): number {
  let total = 0;
  for (let at = 0; at < count; at++) total += term(at);
  return total;
}
