import type { GgufSummary } from './gguf.ts';

/** What a model is good for. */
export type ModelUse = 'completion' | 'chat' | 'embedding' | 'rerank';

/** llama.cpp's architectures that read a text in both directions and write none. */
const encoders = new Set([
  'bert',
  'modern-bert',
  'nomic-bert',
  'nomic-bert-moe',
  'neo-bert',
  'jina-bert-v2',
  'jina-bert-v3',
  'eurobert',
  'gemma-embedding',
  'llama-embed',
]);
/** GGUF's `pooling_type`: 0 none, 1 mean, 2 first token, 3 last token, 4 a classifier on top. */
const rankPooling = 4;

/**
 * What a file is for, as far as it says. Embedding models that were made of models that write (Qwen2.5-Coder and the
 * like) often lack the pooling type; then only their name tells.
 */
export function useOf(
  summary: Pick<GgufSummary, 'architecture' | 'name' | 'poolingType' | 'classifies'>,
): Exclude<ModelUse, 'chat'> {
  const { architecture, name, poolingType, classifies } = summary;
  if (poolingType === rankPooling || /rerank/i.test(name)) return 'rerank';
  if (poolingType > 0) return 'embedding';
  if (classifies) return 'rerank';
  return encoders.has(architecture) || /embed/i.test(name) ? 'embedding' : 'completion';
}
