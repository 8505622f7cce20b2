/** A linear map of a block that an adapter can sit on; the names of GGUF. */
export const moduleNames = ['attn_q', 'attn_k', 'attn_v', 'attn_output', 'ffn_gate', 'ffn_up', 'ffn_down'] as const;

export type ModuleName = (typeof moduleNames)[number];

/** What a family of models has beside the common block: RMSNorm, rotary grouped-query attention, RMSNorm, SwiGLU. */
export interface Architecture {
  /** GGUF `general.architecture`. */
  readonly name: 'llama' | 'qwen2' | 'qwen3';
  /** Which numbers of a head are turned together: neighbours (0), or those half a head apart (2). */
  readonly ropeMode: 0 | 2;
  /** Tensors that a block may have beside the seven maps and the two norms. */
  readonly extras: readonly (
    | 'attn_q.bias'
    | 'attn_k.bias'
    | 'attn_v.bias'
    | 'attn_q_norm.weight'
    | 'attn_k_norm.weight'
  )[];
}

/** The models that can be trained. Whatever else a file holds is refused by its name, never ignored. */
export const architectures: readonly Architecture[] = [
  // Also Mistral, Codestral, Seed-Coder, DeepSeek-Coder, CodeLlama. q and k may have biases in its relatives.
  { name: 'llama', ropeMode: 0, extras: ['attn_q.bias', 'attn_k.bias', 'attn_v.bias'] },
  { name: 'qwen2', ropeMode: 2, extras: ['attn_q.bias', 'attn_k.bias', 'attn_v.bias'] },
  { name: 'qwen3', ropeMode: 2, extras: ['attn_q_norm.weight', 'attn_k_norm.weight'] },
];
