/** How weights are called in GGUF files, by their names in PEFT and Hugging Face: those that an adapter may change. */
const kinds: ReadonlyMap<string, string> = new Map([
  ['self_attn.q_proj', 'attn_q'],
  ['self_attn.k_proj', 'attn_k'],
  ['self_attn.v_proj', 'attn_v'],
  ['self_attn.o_proj', 'attn_output'],
  ['mlp.gate_proj', 'ffn_gate'],
  ['mlp.up_proj', 'ffn_up'],
  ['mlp.down_proj', 'ffn_down'],
]);
const moduleNames: ReadonlyMap<string, string> = new Map([...kinds].map(([name, kind]) => [kind, name]));

interface Architecture {
  /** Whether the rows of q and k are in another order than in Hugging Face's files (`headRows.ts`). */
  readonly interleavesHeads: boolean;
}

/** Architectures whose adapters can be converted and checked, by GGUF's names. Source: llama.cpp's `conversion/`. */
const architectures: ReadonlyMap<string, Architecture> = new Map([
  ['llama', { interleavesHeads: true }],
  ['qwen2', { interleavesHeads: false }],
  ['qwen3', { interleavesHeads: false }],
]);

export const knownArchitectures: readonly string[] = [...architectures.keys()];

/** Whether B of this weight has its rows in another order than in Hugging Face's files. */
export function interleavesHeads(architecture: string, weight: string): boolean {
  const kind = kindOf(weight);
  return (kind === 'attn_q' || kind === 'attn_k') && architectures.get(architecture)?.interleavesHeads === true;
}

/** `layers.3.mlp.up_proj` → `blk.3.ffn_up.weight`; undefined for what no adapter of ours changes. */
export function weightOf(layerModule: string): string | undefined {
  const [, layer, name = ''] = /^layers\.(0|[1-9]\d{0,3})\.([a-z_.]+)$/.exec(layerModule) ?? [];
  const kind = kinds.get(name);
  return kind === undefined ? undefined : `blk.${layer}.${kind}.weight`;
}

/** `blk.3.ffn_up.weight` → `layers.3.mlp.up_proj`; undefined for what no adapter of ours changes. */
export function layerModuleOf(weight: string): string | undefined {
  const name = moduleNames.get(kindOf(weight) ?? '');
  return name === undefined ? undefined : `layers.${/\d+/.exec(weight)?.[0]}.${name}`;
}

/** `blk.3.ffn_up.weight` → `ffn_up`; undefined for what no adapter of ours changes. */
export function kindOf(weight: string): string | undefined {
  const kind = /^blk\.(?:0|[1-9]\d{0,3})\.([a-z_]+)\.weight$/.exec(weight)?.[1];
  return kind !== undefined && moduleNames.has(kind) ? kind : undefined;
}
