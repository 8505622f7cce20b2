import { type GgufTensor, type GgufValue, writeGguf } from '../../formats/gguf/ggufWriter.ts';
import type { Architecture } from './architectures.ts';
import { randomFrom } from '../../base/random.ts';

/** Sizes of a model that is trained in milliseconds, for checking the trainer's arithmetic. */
export const tinySizes = {
  layers: 2,
  width: 32,
  heads: 4,
  kvHeads: 2,
  headWidth: 8,
  feedForward: 64,
  vocabulary: 96,
} as const;

/**
 * Writes a model with made-up weights in F32. The numbers come from the tensors' names, so that any program can make the
 * same model: test/unit/personalize/trainer/fixtures/make.py does, for PyTorch.
 */
export async function writeTinyModel(path: string, architecture: Architecture['name']): Promise<void> {
  const { layers, width, heads, kvHeads, headWidth, feedForward, vocabulary } = tinySizes;
  const at = (key: string) => `${architecture}.${key}`;
  const metadata: Record<string, GgufValue> = {
    'general.architecture': architecture,
    [at('block_count')]: { uint32: layers },
    [at('context_length')]: { uint32: 256 },
    [at('embedding_length')]: { uint32: width },
    [at('feed_forward_length')]: { uint32: feedForward },
    [at('attention.head_count')]: { uint32: heads },
    [at('attention.head_count_kv')]: { uint32: kvHeads },
    [at('attention.key_length')]: { uint32: headWidth },
    [at('attention.value_length')]: { uint32: headWidth },
    [at('attention.layer_norm_rms_epsilon')]: { float32: 1e-6 },
    [at('rope.freq_base')]: { float32: 10_000 },
  };
  const tensors = [
    tensor('token_embd.weight', width, vocabulary),
    tensor('output_norm.weight', width),
    ...(architecture === 'llama' ? [tensor('output.weight', width, vocabulary)] : []),
  ];
  const [queries, keys] = [heads * headWidth, kvHeads * headWidth];
  for (let layer = 0; layer < layers; layer++) {
    const add = (name: string, ...shape: number[]) => tensors.push(tensor(`blk.${layer}.${name}`, ...shape));
    add('attn_norm.weight', width);
    add('attn_q.weight', width, queries);
    add('attn_k.weight', width, keys);
    add('attn_v.weight', width, keys);
    add('attn_output.weight', queries, width);
    add('ffn_norm.weight', width);
    add('ffn_gate.weight', width, feedForward);
    add('ffn_up.weight', width, feedForward);
    add('ffn_down.weight', feedForward, width);
    if (architecture === 'qwen2')
      for (const [name, length] of [['q', queries] as const, ['k', keys] as const, ['v', keys] as const])
        add(`attn_${name}.bias`, length);
    if (architecture === 'qwen3') for (const name of ['q', 'k']) add(`attn_${name}_norm.weight`, headWidth);
  }
  await writeGguf(path, metadata, tensors);
}

function tensor(name: string, ...shape: number[]): GgufTensor {
  const values = madeUp(
    name,
    shape.reduce((product, length) => product * length, 1),
  );
  return { name, shape, type: 'F32', values };
}

/** Norms near 1; all else within a bound that keeps activations lively. */
export function madeUp(name: string, count: number): Float32Array {
  const random = randomFrom(seedOf(name));
  const spread = name.endsWith('bias') ? 0.1 : 0.35;
  return Float32Array.from({ length: count }, () => {
    const u = random() * 2 - 1;
    return name.includes('norm') ? 1 + 0.2 * u : u * spread;
  });
}

/** FNV-1a, 32 bits. */
function seedOf(name: string): number {
  let value = 0x811c9dc5;
  for (const byte of Buffer.from(name)) value = Math.imul(value ^ byte, 0x01000193) >>> 0;
  return value;
}
