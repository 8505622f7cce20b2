import { isFloatType } from '../../formats/floats.ts';
import { printable } from '../../formats/gguf/ggufMetadata.ts';
import { type LoraAdapter, type LoraModule, rankOf } from '../../formats/gguf/loraGguf.ts';
import { TensorFileFault } from '../../formats/safetensors.ts';
import type { NamedTensor, SafetensorsFile } from '../../formats/safetensorsFile.ts';
import { ProblemError } from '../../protocol/problems.ts';
import { interleavesHeads, layerModuleOf, weightOf } from './architectures.ts';
import type { AdapterBase, BaseModel } from './baseModel.ts';
import { checkAdapter, checkShapes, type ModuleShape } from './checkAdapter.ts';
import { FieldFault } from './fields.ts';
import { interleaveHeads, separateHeads } from './headRows.ts';
import { isNamed, type PeftConfig } from './peftConfig.ts';

/**
 * Makes our adapter of PEFT's, checked against the model: names and shapes before any number is read, so that nothing
 * larger than the model could use is allocated. Throws `ProblemError` (`adapter.*`), `FieldFault` where the file and its
 * configuration contradict each other, `TensorFileFault`.
 */
export async function adapterOfPeft(file: SafetensorsFile, config: PeftConfig, base: BaseModel): Promise<LoraAdapter> {
  const pairs = pairsOf(file);
  checkShapes(base.architecture, new Map([...pairs].map(([weight, { shape }]) => [weight, shape])), base);
  // llama.cpp knows one alpha for all: what a module has beyond it goes into its B.
  const alpha = Math.fround(config.alphaOf(config.rank));
  const modules = new Map<string, LoraModule>();
  for (const [weight, { module, shape, a, b }] of pairs) {
    const { rank } = shape;
    checkConfig(module, rank, config);
    const beyond = Math.fround(config.alphaOf(rank, module)) / alpha;
    const rows = await file.floats(b);
    const scaled = beyond === 1 ? rows : rows.map((value) => value * beyond);
    modules.set(weight, { ...shape, a: await file.floats(a), b: toGguf(scaled, weight, shape, base) });
  }
  const adapter = { architecture: base.architecture, alpha, modules };
  checkAdapter(adapter, base);
  return adapter;
}

/** The adapter as PEFT's tensors and configuration; modules of smaller rank are padded with zeros to the largest. */
export function peftOfAdapter(adapter: LoraAdapter, base: AdapterBase): { tensors: NamedTensor[]; config: object } {
  const rank = rankOf(adapter);
  const targets = new Set<string>();
  const tensors = [...adapter.modules].flatMap(([weight, module]): NamedTensor[] => {
    const name = layerModuleOf(weight);
    if (name === undefined) throw new ProblemError({ code: 'adapter.unsupported', feature: weight });
    targets.add(name.slice(name.lastIndexOf('.') + 1));
    const { inputs, outputs, a, b } = padded({ ...module, b: toPeft(module.b, weight, module, base) }, rank);
    return [
      { name: `base_model.model.model.${name}.lora_A.weight`, shape: [rank, inputs], values: a },
      { name: `base_model.model.model.${name}.lora_B.weight`, shape: [outputs, rank], values: b },
    ];
  });
  const config = {
    peft_type: 'LORA',
    task_type: 'CAUSAL_LM',
    base_model_name_or_path: base.name,
    r: rank,
    lora_alpha: adapter.alpha,
    target_modules: [...targets].toSorted(),
    lora_dropout: 0,
    bias: 'none',
    use_rslora: false,
    use_dora: false,
    fan_in_fan_out: false,
    init_lora_weights: true,
    modules_to_save: null,
    inference_mode: true,
  };
  return { tensors, config };
}

interface Pair {
  /** The module's name without `base_model.model.`. */
  readonly module: string;
  readonly shape: ModuleShape;
  /** Names of its tensors. */
  readonly a: string;
  readonly b: string;
}

/** Puts the tensors of each weight together, by the weight's name in GGUF. */
function pairsOf({ tensors }: SafetensorsFile): ReadonlyMap<string, Pair> {
  const halves = new Map<string, Map<string, { name: string; module: string; shape: readonly number[] }>>();
  for (const [name, { type, shape }] of tensors) {
    const [, module = '', layerModule = '', half = ''] = tensorName.exec(name) ?? [];
    const weight = weightOf(layerModule);
    if (weight === undefined) throw new ProblemError({ code: 'adapter.unsupported', feature: featureOf(name) });
    if (!isFloatType(type)) throw new TensorFileFault(`the tensor ${printable(name)} holds no floats but ${type}`);
    const found = halves.get(weight) ?? new Map();
    if (found.has(half)) throw new TensorFileFault(`there are two tensors for ${half} of ${module}`);
    halves.set(weight, found.set(half, { name, module, shape }));
  }
  const pairs = new Map<string, Pair>();
  for (const [weight, found] of halves) {
    const a = found.get('A');
    const b = found.get('B');
    if (!a || !b) throw new TensorFileFault(`${weight} has only one half of its LoRA`);
    const [rank = 0, inputs = 0] = a.shape;
    const [outputs = 0, sameRank] = b.shape;
    if (a.shape.length !== 2 || b.shape.length !== 2 || rank !== sameRank)
      throw new TensorFileFault(`the halves of ${a.module} do not fit together`);
    pairs.set(weight, { module: a.module, shape: { rank, inputs, outputs }, a: a.name, b: b.name });
  }
  return pairs;
}

/** PEFT leaves the adapter's name out when it saves; in memory it is `default`. */
const tensorName = /^base_model\.model\.((?:model\.)?(layers\.\d+\.[a-z_.]+))\.lora_([AB])(?:\.default)?\.weight$/;

function featureOf(name: string): string {
  if (name.includes('experts')) return 'tensors of experts (mixture of experts)';
  if (/embed|lm_head/.test(name)) return 'changed embeddings or a changed output layer';
  if (name.includes('lora_magnitude')) return 'DoRA';
  return `the tensor ${printable(name)}`;
}

function checkConfig(module: string, rank: number, { rank: usual, otherRanks, targets }: PeftConfig): void {
  if (rank !== usual && !otherRanks.includes(rank))
    throw new FieldFault(`its r is ${usual}, but ${module} has ${rank}`);
  if (targets?.some((name) => isNamed(module, name)) === false)
    throw new FieldFault(`its target_modules do not name ${module}`);
}

function toGguf(b: Float32Array, weight: string, { rank }: ModuleShape, base: AdapterBase): Float32Array {
  return interleavesHeads(base.architecture, weight)
    ? interleaveHeads(b, rank, headsOf(weight, b.length / rank, base))
    : b;
}

function toPeft(b: Float32Array, weight: string, { rank }: ModuleShape, base: AdapterBase): Float32Array {
  return interleavesHeads(base.architecture, weight)
    ? separateHeads(b, rank, headsOf(weight, b.length / rank, base))
    : b;
}

function headsOf(weight: string, rows: number, { heads, kvHeads }: AdapterBase): number {
  const count = weight.endsWith('.attn_k.weight') ? kvHeads : heads;
  if (count === 0 || rows % (2 * count) !== 0)
    throw new ProblemError({ code: 'adapter.unsupported', feature: 'a model with unequal layers' });
  return count;
}

/** The same product at a larger rank, under the same alpha: alpha / rank shrinks, so B grows. */
function padded(module: LoraModule, rank: number): LoraModule {
  if (module.rank === rank) return module;
  const { inputs, outputs } = module;
  const a = new Float32Array(rank * inputs);
  a.set(module.a);
  const b = new Float32Array(outputs * rank);
  for (const [at, value] of module.b.entries())
    b[Math.floor(at / module.rank) * rank + (at % module.rank)] = (value * rank) / module.rank;
  return { rank, inputs, outputs, a, b };
}
